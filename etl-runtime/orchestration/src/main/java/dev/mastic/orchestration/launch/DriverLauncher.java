package dev.mastic.orchestration.launch;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.function.IntConsumer;

/** Starts drivers: the processes that run an attempt each. Thread-safe. */
public interface DriverLauncher {

    /**
     * Starts a driver and returns at once.
     *
     * @param onExit called once with the exit code when the driver has ended, on a thread of the launcher
     * @throws IOException when it cannot be started; the message says what is missing
     */
    Driver launch(Launch launch, IntConsumer onExit) throws IOException;

    /**
     * What a driver needs to know.
     *
     * @param token proves to the server that the driver is the one of this attempt
     * @param workerType Glue's name of the machine size; null when the job names none
     */
    record Launch(String runId, String token, @Nullable String workerType) {
        @Override
        public String toString() {
            return "Launch[runId=" + runId + ", workerType=" + workerType + "]";
        }
    }

    /** A driver that was started. */
    interface Driver {
        /** Ends it at once, without asking; harmless when it has ended. */
        void kill();
    }
}
