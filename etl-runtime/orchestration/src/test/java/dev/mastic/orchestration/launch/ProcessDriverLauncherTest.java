package dev.mastic.orchestration.launch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProcessDriverLauncherTest {
    @TempDir
    Path data;

    @Test
    void sizesTheHeapByWorkerType() {
        assertThat(ProcessDriverLauncher.heapMegabytes(null)).isEqualTo(1024);
        assertThat(ProcessDriverLauncher.heapMegabytes("G.025X")).isEqualTo(768);
        assertThat(ProcessDriverLauncher.heapMegabytes("of the future")).isEqualTo(1024);
    }

    @Test
    void saysThatTheDriversFolderIsMissing() {
        Path home = data.resolve("no-driver");
        ProcessDriverLauncher launcher = ProcessDriverLauncher.ofHome(environment(), new RunFolders(data), home);

        assertThatThrownBy(() -> launcher.launch(new DriverLauncher.Launch("jr_1", "token", null), code -> {}))
                .hasMessageContaining(home.toString())
                .hasMessageContaining("set drivers.home");
    }

    @Test
    void showsNoSecret() {
        assertThat(environment().toString()).contains("key").doesNotContain("hidden");
        assertThat(new DriverLauncher.Launch("jr_1", "hidden", null).toString()).doesNotContain("hidden");
    }

    private static DriverEnvironment environment() {
        return new DriverEnvironment(
                URI.create("http://127.0.0.1:1"),
                URI.create("http://127.0.0.1:2"),
                "us-east-1",
                "key",
                "hidden",
                "s3-key",
                "hidden too");
    }
}
