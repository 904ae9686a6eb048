/** A server and a driver for the tests: real HTTP, a real child process, real multipart uploads, no Spark. */
@NullMarked
package dev.mastic.orchestration.testing;

import org.jspecify.annotations.NullMarked;
