/** The HTTP listener: Glue's protocol, the REST API, health and metrics. */
@NullMarked
package dev.mastic.server.http;

import org.jspecify.annotations.NullMarked;
