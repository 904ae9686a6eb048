package dev.mastic.orchestration;

import dev.mastic.orchestration.launch.DriverEnvironment;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How this server orchestrates.
 *
 * @param dataFolder where logs and scratch space of runs are kept, below {@code runs}
 * @param driverHome folder with the driver's jars and its {@code jvm-options}
 * @param driverEnvironment where drivers reach this server and the object store, and by which keys
 * @param maxDrivers how many drivers run at once on this server
 * @param webhookToken what senders of bucket notifications must show; null refuses notifications by webhook
 */
public record OrchestrationSettings(
        Path dataFolder,
        Path driverHome,
        DriverEnvironment driverEnvironment,
        int maxDrivers,
        Times times,
        @Nullable String webhookToken) {
    public OrchestrationSettings {
        if (maxDrivers < 1) {
            throw new IllegalArgumentException("maxDrivers is " + maxDrivers + "; use 1 or more");
        }
        if (webhookToken != null && webhookToken.isBlank()) {
            throw new IllegalArgumentException("events.webhook-token is blank: set a token, or leave it out");
        }
    }

    /** Settings with 2 drivers, the default times, and no webhook. */
    public static OrchestrationSettings of(Path dataFolder, Path driverHome, DriverEnvironment driverEnvironment) {
        return new OrchestrationSettings(dataFolder, driverHome, driverEnvironment, 2, Times.DEFAULT, null);
    }

    /** These settings with another number of drivers. */
    public OrchestrationSettings withMaxDrivers(int drivers) {
        return new OrchestrationSettings(dataFolder, driverHome, driverEnvironment, drivers, times, webhookToken);
    }

    /** These settings with other times. */
    public OrchestrationSettings withTimes(Times other) {
        return new OrchestrationSettings(dataFolder, driverHome, driverEnvironment, maxDrivers, other, webhookToken);
    }

    /** These settings with a webhook that asks for a token. */
    public OrchestrationSettings withWebhookToken(@Nullable String token) {
        return new OrchestrationSettings(dataFolder, driverHome, driverEnvironment, maxDrivers, times, token);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "OrchestrationSettings[dataFolder=" + dataFolder + ", driverHome=" + driverHome + ", driverEnvironment="
                + driverEnvironment + ", maxDrivers=" + maxDrivers + ", times=" + times + "]";
    }

    /**
     * How long the parts wait for each other.
     *
     * @param heartbeat how often a driver speaks; whole seconds
     * @param lease how long a driver may be silent before its attempt is ended; longer than the heartbeat
     * @param eventBackoff how long events wait after their first run in vain; doubles each time
     */
    public record Times(Duration heartbeat, Duration lease, Duration eventBackoff) {
        /** A heartbeat of 2 s, a lease of 30 s, and events that wait 10 s. */
        public static final Times DEFAULT =
                new Times(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(10));

        public Times {
            if (lease.compareTo(heartbeat) <= 0) {
                throw new IllegalArgumentException("The lease of " + lease + " is not longer than the heartbeat of "
                        + heartbeat + ": drivers would be given up while they are well");
            }
        }
    }
}
