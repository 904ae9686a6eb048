package dev.mastic.server.demo;

/** The demo did not show what it should; the message says what went wrong and where to look. */
public final class DemoException extends RuntimeException {
    DemoException(String message) {
        super(message);
    }
}
