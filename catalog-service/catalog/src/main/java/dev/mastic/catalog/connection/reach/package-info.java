/** Whether what a connection leads to answers. */
@NullMarked
package dev.mastic.catalog.connection.reach;

import org.jspecify.annotations.NullMarked;
