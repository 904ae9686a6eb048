/** Databases by connections of the catalog: their drivers, sessions that wait for a bounded time, and failures in words. */
@NullMarked
package dev.mastic.warehouse.connection;

import org.jspecify.annotations.NullMarked;
