/** The composition root: joins the parts into one process. */
@NullMarked
package dev.mastic.server;

import org.jspecify.annotations.NullMarked;
