package dev.mastic.server.transfer;

/** An export or import cannot go on; the message says why, and what to do. */
public final class TransferException extends RuntimeException {
    /** With what to do in the message. */
    public TransferException(String message) {
        super(message);
    }

    /** With what to do in the message, and where it came from. */
    public TransferException(String message, Throwable cause) {
        super(message, cause);
    }
}
