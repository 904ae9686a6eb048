package dev.mastic.crawler.source;

/** A target that cannot be crawled at all: its bucket is missing, or S3 does not answer. The message names it. */
public final class SourceException extends RuntimeException {
    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
