package dev.mastic.orchestration.launch;

import dev.mastic.testing.TestFolders;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class RunFoldersTest {
    private final Path data = TestFolders.create("run-folders");
    private final RunFolders folders = new RunFolders(data);

    @Test
    void sweepsWhatKilledServersLeftAndKeepsWhatIsInUse() throws IOException {
        for (String run : Set.of("ended", "running", "old", "old-running")) {
            folders.create(run);
            Files.writeString(folders.scratch(run).resolve("spill"), "x");
            Files.writeString(folders.log(run), "log");
        }
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(31)));
        Files.setLastModifiedTime(folders.log("old"), old);
        Files.setLastModifiedTime(folders.log("old-running"), old);

        folders.sweep(run -> !run.endsWith("running"));

        assertThat(folders.scratch("ended")).doesNotExist();
        assertThat(folders.log("ended")).exists();
        assertThat(folders.log("old").getParent()).doesNotExist();
        assertThat(folders.scratch("running").resolve("spill")).exists();
        assertThat(folders.log("old-running")).exists();
    }

    @Test
    void sweepsNothingBeforeTheFirstRun() {
        folders.sweep(run -> true);
        assertThat(data.resolve("runs")).doesNotExist();
    }
}
