package dev.mastic.registry.compat;

/** A definition is not a schema of its format; the message says where and why. */
public final class InvalidDefinitionException extends Exception {
    public InvalidDefinitionException(String message) {
        super(message);
    }

    public InvalidDefinitionException(String message, Throwable cause) {
        super(message, cause);
    }
}
