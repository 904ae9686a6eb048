/** PostgreSQL from its own binaries, as a durable child process on a data folder. */
@NullMarked
package dev.mastic.embedded.postgres;

import org.jspecify.annotations.NullMarked;
