package dev.mastic.catalog.connection.reach;

import dev.mastic.catalog.store.Errors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.AuthenticationConfigurationInput;
import software.amazon.awssdk.services.glue.model.BasicAuthenticationCredentials;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.ResourceNumberLimitExceededException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connects to what connections lead to, within a bounded time, and to a bounded number at once. What it throws holds no
 * password. Thread-safe.
 */
public final class ConnectionProbe {
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final int MOST_AT_ONCE = 8;

    private final Semaphore free = new Semaphore(MOST_AT_ONCE);

    /**
     * What to connect to.
     *
     * @param what names the connection, for messages
     * @param type a {@code ConnectionType}
     * @param properties with passwords
     * @param authentication credentials beside the properties, if any
     */
    public record Target(
            String what,
            @Nullable String type,
            Map<String, String> properties,
            @Nullable AuthenticationConfigurationInput authentication) {
        /** Copies. */
        public Target {
            properties = Map.copyOf(properties);
        }

        @Nullable
        String property(String name) {
            return properties.get(name);
        }

        @Nullable
        BasicAuthenticationCredentials basic() {
            return authentication == null ? null : authentication.basicAuthenticationCredentials();
        }

        List<String> secrets() {
            List<String> secrets = new ArrayList<>();
            properties.forEach((name, value) -> {
                if (Masks.isSecret(name)) {
                    secrets.add(value);
                }
            });
            BasicAuthenticationCredentials basic = basic();
            if (basic != null && basic.password() != null) {
                secrets.add(basic.password());
            }
            return secrets;
        }

        @Override
        public String toString() {
            return "Target[" + what + "]";
        }
    }

    /** A way to connect; throws with the reason when it cannot. */
    interface Attempt {
        void run(Target target) throws Exception;
    }

    /**
     * Connects, and disconnects.
     *
     * @throws InvalidInputException when that fails, or the type is not one that can be tested
     * @throws ResourceNumberLimitExceededException when too many tests run
     */
    public void run(Target target) {
        Attempt attempt = attempt(target);
        if (!free.tryAcquire()) {
            throw ResourceNumberLimitExceededException.builder()
                    .message(MOST_AT_ONCE + " connections are being tested; try again when one is done")
                    .build();
        }
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            try {
                attempt.run(target);
                return true;
            } finally {
                free.release();
            }
        });
        // A driver may not heed an interrupt: the thread is given up, and counts until it ends.
        Thread thread = new Thread(task, "connection-test");
        thread.setDaemon(true);
        thread.start();
        await(target, task);
    }

    private static void await(Target target, FutureTask<Boolean> task) {
        try {
            task.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw failed(target, "no answer within " + LONGEST.toSeconds() + " seconds");
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a connection was tested", e);
        } catch (ExecutionException e) {
            throw failed(target, reason(e.getCause()));
        }
    }

    private static Attempt attempt(Target target) {
        String type = String.valueOf(target.type());
        return switch (type) {
            case "JDBC" -> new JdbcAttempt();
            case "KAFKA" -> new KafkaAttempt();
            case "NETWORK" -> new NetworkAttempt();
            default ->
                throw Errors.invalid(target.what() + " is of type " + type
                        + ", which cannot be tested here; JDBC, KAFKA and NETWORK can");
        };
    }

    private static InvalidInputException failed(Target target, String reason) {
        return Errors.invalid(Masks.mask(target.what() + " does not connect: " + reason, target.secrets()));
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "unknown";
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
