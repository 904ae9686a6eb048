package dev.mastic.crawler.source;

/** One file that gives no columns; the crawl goes on without it. The message says why and does not name the file. */
public final class UnreadableFileException extends RuntimeException {
    public UnreadableFileException(String message) {
        super(message);
    }

    public UnreadableFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
