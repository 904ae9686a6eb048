package dev.mastic.orchestration;

import dev.mastic.orchestration.launch.DriverEnvironment;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OrchestrationSettingsTest {
    private final OrchestrationSettings settings = OrchestrationSettings.of(
            Path.of("data"),
            Path.of("driver"),
            new DriverEnvironment(
                    URI.create("http://127.0.0.1:7700"),
                    URI.create("http://127.0.0.1:7701"),
                    "us-east-1",
                    "key",
                    "hidden-secret",
                    "key",
                    "hidden-secret"));

    @Test
    void showsNoSecret() {
        assertThat(settings.withWebhookToken("hidden-token").toString()).doesNotContain("hidden");
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatThrownBy(() -> settings.withMaxDrivers(0)).hasMessageContaining("maxDrivers is 0");
        assertThatThrownBy(() ->
                        new OrchestrationSettings.Times(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ZERO))
                .hasMessageContaining("not longer than the heartbeat");
        assertThatThrownBy(() -> settings.withWebhookToken(" ")).hasMessageContaining("events.webhook-token");
    }
}
