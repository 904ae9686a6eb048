package dev.mastic.orchestration;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How this server orchestrates.
 *
 * @param dataFolder where logs and scratch space of runs are kept, below {@code runs}
 * @param driverHome folder with the driver's jars and its {@code jvm-options}
 * @param serverUrl where drivers reach this server
 * @param s3Endpoint where drivers reach the object store
 * @param accessKeyId access key of this server's API
 * @param s3AccessKeyId access key of the object store
 * @param maxDrivers how many drivers run at once on this server
 * @param heartbeat how often a driver speaks; whole seconds
 * @param lease how long a driver may be silent before its attempt is ended
 * @param eventBackoff how long events wait after their first run in vain; doubles each time
 * @param webhookToken what senders of bucket notifications must show; null refuses notifications by webhook
 */
public record OrchestrationSettings(
        Path dataFolder,
        Path driverHome,
        URI serverUrl,
        URI s3Endpoint,
        String region,
        String accessKeyId,
        String secretAccessKey,
        String s3AccessKeyId,
        String s3SecretAccessKey,
        int maxDrivers,
        Duration heartbeat,
        Duration lease,
        Duration eventBackoff,
        @Nullable String webhookToken) {
    public OrchestrationSettings {
        if (maxDrivers < 1) {
            throw new IllegalArgumentException("maxDrivers is " + maxDrivers + "; use 1 or more");
        }
        if (lease.compareTo(heartbeat) <= 0) {
            throw new IllegalArgumentException("The lease of " + lease + " is not longer than the heartbeat of "
                    + heartbeat + ": drivers would be given up while they are well");
        }
        if (webhookToken != null && webhookToken.isBlank()) {
            throw new IllegalArgumentException("events.webhook-token is blank: set a token, or leave it out");
        }
    }

    /** Settings with defaults: 2 drivers, a heartbeat of 2 s, a lease of 30 s, no webhook. */
    public static OrchestrationSettings of(
            Path dataFolder,
            Path driverHome,
            URI serverUrl,
            URI s3Endpoint,
            String region,
            String accessKeyId,
            String secretAccessKey) {
        return new OrchestrationSettings(
                dataFolder,
                driverHome,
                serverUrl,
                s3Endpoint,
                region,
                accessKeyId,
                secretAccessKey,
                accessKeyId,
                secretAccessKey,
                2,
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                null);
    }

    /** These settings with another number of drivers. */
    public OrchestrationSettings withMaxDrivers(int drivers) {
        return new OrchestrationSettings(
                dataFolder,
                driverHome,
                serverUrl,
                s3Endpoint,
                region,
                accessKeyId,
                secretAccessKey,
                s3AccessKeyId,
                s3SecretAccessKey,
                drivers,
                heartbeat,
                lease,
                eventBackoff,
                webhookToken);
    }

    /** These settings with other times. */
    public OrchestrationSettings withTimes(Duration newHeartbeat, Duration newLease, Duration newEventBackoff) {
        return new OrchestrationSettings(
                dataFolder,
                driverHome,
                serverUrl,
                s3Endpoint,
                region,
                accessKeyId,
                secretAccessKey,
                s3AccessKeyId,
                s3SecretAccessKey,
                maxDrivers,
                newHeartbeat,
                newLease,
                newEventBackoff,
                webhookToken);
    }

    /** These settings with a webhook that asks for a token. */
    public OrchestrationSettings withWebhookToken(@Nullable String token) {
        return new OrchestrationSettings(
                dataFolder,
                driverHome,
                serverUrl,
                s3Endpoint,
                region,
                accessKeyId,
                secretAccessKey,
                s3AccessKeyId,
                s3SecretAccessKey,
                maxDrivers,
                heartbeat,
                lease,
                eventBackoff,
                token);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "OrchestrationSettings[dataFolder=" + dataFolder + ", driverHome=" + driverHome + ", serverUrl="
                + serverUrl + ", s3Endpoint=" + s3Endpoint + ", region=" + region + ", accessKeyId=" + accessKeyId
                + ", maxDrivers=" + maxDrivers + ", heartbeat=" + heartbeat + ", lease=" + lease + ", eventBackoff="
                + eventBackoff + "]";
    }
}
