/** Settings of the server: one place for names, defaults and precedence. */
@NullMarked
package dev.mastic.server.config;

import org.jspecify.annotations.NullMarked;
