package dev.mastic.crawler.grok;

/** A grok pattern that cannot be used; the message names the pattern, the position and the fix. */
public final class GrokSyntaxException extends RuntimeException {
    GrokSyntaxException(String message) {
        super(message);
    }
}
