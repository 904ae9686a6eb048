package dev.mastic.spark;

import dev.mastic.bookmarks.Ledger;
import dev.mastic.bookmarks.driver.RunConnection;
import dev.mastic.spark.failure.FailureMessage;
import dev.mastic.spark.failure.JobFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main class of a driver process. Exit status: 0 the run has committed, 1 it failed, 3 another attempt took over, 4
 * the server was silent for longer than the run's lease, 5 the run was stopped.
 */
public final class DriverMain {
    private static final Logger LOG = LoggerFactory.getLogger(DriverMain.class);

    private DriverMain() {}

    /** Runs the attempt that the environment names, and ends the process. */
    public static void main(String[] arguments) {
        DriverExit exit = new DriverExit();
        DriverEnvironment environment;
        try {
            environment = DriverEnvironment.of(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            exit.end(DriverExit.FAILED, false);
            return;
        }
        RunConnection connection = new RunConnection(environment.server(), environment.runId(), environment.token());
        try {
            new Driver(environment, connection, exit).run();
            exit.end(DriverExit.SUCCEEDED, false);
        } catch (Ledger.AttemptLostException e) {
            exit.attemptLost(e);
        } catch (RunConnection.ServerSilentException e) {
            exit.serverSilent(e);
        } catch (Throwable e) {
            fail(environment, connection, exit, e);
        }
    }

    private static void fail(
            DriverEnvironment environment, RunConnection connection, DriverExit exit, Throwable failure) {
        exit.yieldToEnding();
        String message = FailureMessage.of(failure, environment.scratch());
        if (failure instanceof JobFailure) {
            LOG.error(message);
        } else {
            LOG.error(message, failure);
        }
        exit.failing();
        try {
            connection.failed(message);
        } catch (Ledger.AttemptLostException e) {
            exit.attemptLost(e);
        } catch (RuntimeException e) {
            LOG.error("The failure could not be reported: {}", e.getMessage());
        }
        exit.end(DriverExit.FAILED, false);
    }
}
