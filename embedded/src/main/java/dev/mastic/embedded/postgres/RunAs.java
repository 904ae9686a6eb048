package dev.mastic.embedded.postgres;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How PostgreSQL's programs are started. PostgreSQL refuses to run as root, so root starts them in a user namespace of
 * their own, or as the user {@code nobody} where the kernel allows no such namespace.
 */
public enum RunAs {
    /** As the user that runs this process. */
    SELF(List.of()),
    /** In a new user namespace: the program sees itself as nobody, and the files stay root's. */
    USER_NAMESPACE(List.of("unshare", "--user")),
    /** As the user nobody, who then owns the data folder. */
    NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));

    private static final Logger LOG = LoggerFactory.getLogger(RunAs.class);

    private final List<String> prefix;

    RunAs(List<String> prefix) {
        this.prefix = prefix;
    }

    /**
     * The way that works on this machine for this user.
     *
     * @throws EmbeddedPostgresException when there is none, saying what to do
     */
    public static RunAs detect() {
        if (!isRoot()) {
            return SELF;
        } else if (succeeds("unshare", "--user", "true")) {
            return USER_NAMESPACE;
        } else if (succeeds("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "true")) {
            return NOBODY;
        }
        throw new EmbeddedPostgresException(
                "PostgreSQL refuses to run as root, and neither 'unshare --user' nor 'setpriv'"
                        + " works here. Run Mastic as an ordinary user, or name a PostgreSQL by --postgres jdbc:postgresql://...");
    }

    List<String> prefix() {
        return prefix;
    }

    /** Lets the user that PostgreSQL runs as own a folder, and checks that this user can reach it. */
    void own(Path folder) throws IOException {
        if (this != NOBODY) {
            return;
        }
        run("chown", "-R", "65534:65534", folder.toString());
        Path absolute = folder.toAbsolutePath();
        if (!succeeds(Stream.concat(prefix.stream(), Stream.of("test", "-r", absolute.toString()))
                .toArray(String[]::new))) {
            throw new EmbeddedPostgresException(
                    "As root without user namespaces PostgreSQL runs as the user nobody, who"
                            + " cannot enter " + absolute + ". Choose --data below a folder that others may enter, run"
                            + " Mastic as an ordinary user, or name a PostgreSQL by --postgres jdbc:postgresql://...");
        }
    }

    private static void run(String... command) throws IOException {
        if (!succeeds(command)) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            LOG.debug("{} cannot be started", command[0], e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Interrupted while starting PostgreSQL", e);
        }
    }

    private static boolean isRoot() {
        try {
            return Files.exists(Path.of("/proc/self"))
                    ? Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                    : System.getProperty("user.name").equals("root");
        } catch (IOException e) {
            return System.getProperty("user.name").equals("root");
        }
    }
}
