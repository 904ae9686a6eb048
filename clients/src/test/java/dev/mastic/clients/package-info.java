/**
 * Clients as they are published, each against one running server: Python's boto3, the AWS command line, the JavaScript
 * SDK. What is not installed is skipped, with the command that installs it.
 */
@NullMarked
package dev.mastic.clients;

import org.jspecify.annotations.NullMarked;
