package dev.mastic.examples.whole;

import dev.mastic.server.demo.Demo;
import dev.mastic.testing.TestFolders;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The demo is a test: it throws when a row is lost or doubled, or a run fails. */
class DemoIT {
    @Test
    void showsTheMainJobOnRealData() throws Exception {
        Path home = TestFolders.repository();
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        Demo demo = new Demo(
                home,
                home.resolve("etl-runtime/spark-engine/target/driver"),
                TestFolders.create("demo"),
                new PrintStream(shown, true, StandardCharsets.UTF_8),
                false);

        demo.run(server -> {});

        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("7/7 No row is lost or doubled")
                .contains("read 1 new file, 5 read before were not read again")
                .contains("272,727")
                .doesNotContain("failed");
    }
}
