package dev.mastic.spark.failure;

import org.jspecify.annotations.Nullable;

/** The run fails for a reason that its user can act on: the message is the run's error, whole and in one line. */
public final class JobFailure extends RuntimeException {
    public JobFailure(String message) {
        super(message);
    }

    public JobFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
