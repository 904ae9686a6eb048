package dev.mastic.wire;

/**
 * A request that is refused before any operation sees it, under the name that AWS gives the refusal on the wire
 * ({@code SerializationException}, {@code UnknownOperationException}, {@code InvalidSignatureException} and so on).
 */
public final class WireException extends RuntimeException {
    private final int status;
    private final String errorType;

    /**
     * @param status HTTP status
     * @param errorType AWS's name of the error, as clients match it
     * @param message what was found and what to do
     */
    public WireException(int status, String errorType, String message) {
        super(message);
        this.status = status;
        this.errorType = errorType;
    }

    static WireException serialization(String message) {
        return new WireException(400, "SerializationException", message);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** AWS's name of the error. */
    public String errorType() {
        return errorType;
    }
}
