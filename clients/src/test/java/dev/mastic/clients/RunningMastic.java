package dev.mastic.clients;

import dev.mastic.testing.ServerProcess;
import dev.mastic.testing.ServerProcess.Ports;
import dev.mastic.testing.TestFolders;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

import java.util.Map;

/** The one server of this JVM's tests: started when the first of them asks, stopped after the last. Thread-safe. */
public final class RunningMastic {
    /** Access key and secret key of the server. */
    static final String KEY = "mastic";

    /** The region that the clients sign for. */
    static final String REGION = "us-east-1";

    private static @Nullable ServerProcess server;

    private RunningMastic() {}

    /** The server, with an empty data folder of its own at first. */
    public static synchronized ServerProcess server() throws Exception {
        ServerProcess running = server;
        if (running == null) {
            running = ServerProcess.start(TestFolders.create("clients"), Ports.free(), Map.of());
            server = running;
        }
        return running;
    }

    private static synchronized void stop() throws InterruptedException {
        ServerProcess running = server;
        server = null;
        if (running != null) {
            running.close();
        }
    }

    /** Stops the server when all tests have run; the JUnit platform finds it by its service file. */
    public static final class Stop implements LauncherSessionListener {
        @Override
        public void launcherSessionClosed(LauncherSession session) {
            try {
                stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while the server stopped", e);
            }
        }
    }
}
