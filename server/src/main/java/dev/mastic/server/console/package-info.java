/** What commands show to people while they work. */
@NullMarked
package dev.mastic.server.console;

import org.jspecify.annotations.NullMarked;
