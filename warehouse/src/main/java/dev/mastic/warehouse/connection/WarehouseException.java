package dev.mastic.warehouse.connection;

import org.jspecify.annotations.Nullable;

/** A database cannot do what is asked; the message names its connection, the reason and, where one is known, the fix. */
public final class WarehouseException extends RuntimeException {
    public WarehouseException(String message) {
        super(message);
    }

    /** @param cause holds no secrets */
    public WarehouseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
