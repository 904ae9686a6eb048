/** The catalog as a file or a stream, from one endpoint of the Glue API to another. */
@NullMarked
package dev.mastic.server.transfer;

import org.jspecify.annotations.NullMarked;
