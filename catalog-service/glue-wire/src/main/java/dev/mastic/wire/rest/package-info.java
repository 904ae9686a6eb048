/** Mastic's own REST API under {@code /api/v1}, free of any HTTP server: routes, requests and answers as data. */
@NullMarked
package dev.mastic.wire.rest;

import org.jspecify.annotations.NullMarked;
