/** Secrets at rest: the keys of a server, what is encrypted with them, and which keys a database was encrypted with. */
@NullMarked
package dev.mastic.catalog.secret;

import org.jspecify.annotations.NullMarked;
