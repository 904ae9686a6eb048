package dev.mastic.embedded.postgres;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL cannot be started or stopped; the message says why and what to do. */
public final class EmbeddedPostgresException extends RuntimeException {
    EmbeddedPostgresException(String message) {
        super(message);
    }

    EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
