package dev.mastic.crawler.source;

/** A target that cannot be crawled at all: its bucket is missing, or its store does not answer. The message names it. */
public final class SourceException extends RuntimeException {
    /** Without a cause, when the cause may hold a secret. */
    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
