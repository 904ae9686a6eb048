package dev.mastic.spark;

import dev.mastic.bookmarks.Ledger;
import dev.mastic.bookmarks.driver.RunAssignment;
import dev.mastic.bookmarks.driver.RunConnection;

import java.time.Duration;

/** Tells the server from a thread of its own that the driver lives, and ends the driver when it must not go on. */
final class Heartbeat {
    private final RunConnection connection;
    private final Duration pause;
    private final DriverExit exit;

    Heartbeat(RunConnection connection, RunAssignment assignment, DriverExit exit) {
        this.connection = connection;
        this.pause = Duration.ofSeconds(Math.max(1, assignment.heartbeatSeconds()));
        this.exit = exit;
    }

    void start() {
        Thread thread = new Thread(this::run, "mastic-heartbeat");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (connection.heartbeat().stopRequested()) {
                    exit.stopped();
                }
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Ledger.AttemptLostException e) {
                exit.attemptLost(e);
            } catch (RunConnection.ServerSilentException e) {
                exit.serverSilent(e);
            } catch (RunConnection.RefusedException e) {
                exit.refused(e);
            }
        }
    }
}
