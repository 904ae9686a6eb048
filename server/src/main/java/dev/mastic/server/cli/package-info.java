/** The mastic command line. */
@NullMarked
package dev.mastic.server.cli;

import org.jspecify.annotations.NullMarked;
