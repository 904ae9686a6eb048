package dev.mastic.catalog.secret;

/** The keys of a server cannot be used; the message says why and what to do, and shows no key. */
public final class InvalidKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidKeyException(String message) {
        super(message);
    }
}
