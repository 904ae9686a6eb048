package dev.mastic.wire.rest;

/** A request of the REST API that cannot be answered; becomes {@code {"error":CODE,"message":MESSAGE}}. */
public final class RestException extends RuntimeException {
    private final int status;
    private final String code;

    /**
     * @param status HTTP status, 400 to 499
     * @param code short name of the error for programs, {@code RunNotFound} for instance
     * @param message what was asked, what was found, and what to do
     */
    public RestException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Short name of the error, for programs. */
    public String code() {
        return code;
    }
}
