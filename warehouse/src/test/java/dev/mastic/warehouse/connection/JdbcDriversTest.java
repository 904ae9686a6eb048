package dev.mastic.warehouse.connection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;

class JdbcDriversTest {
    @TempDir
    Path folder;

    @Test
    void loadsTheDriversOfAFolderAndTakesThemOutAgain() throws Exception {
        Path h2 = Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .map(Path::of)
                .filter(jar -> jar.getFileName().toString().startsWith("h2-"))
                .findFirst()
                .orElseThrow();
        Files.copy(h2, folder.resolve("h2.jar"));
        Files.writeString(folder.resolve("broken.jar"), "no jar");
        Files.writeString(folder.resolve("README"), "nor this");
        List<Driver> before = Collections.list(DriverManager.getDrivers());

        try (JdbcDrivers drivers = JdbcDrivers.load(folder)) {
            assertThat(drivers.names()).containsExactly("org.h2.Driver");
            List<Driver> added = Collections.list(DriverManager.getDrivers());
            added.removeAll(before);
            assertThat(added).hasSize(1);
            try (Connection connection = added.get(0).connect("jdbc:h2:mem:x", new Properties())) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }

        assertThat(Collections.list(DriverManager.getDrivers())).isEqualTo(before);
    }

    @Test
    void aFolderThatIsNotThereHoldsNone() throws IOException {
        try (JdbcDrivers drivers = JdbcDrivers.load(folder.resolve("missing"))) {
            assertThat(drivers.names()).isEmpty();
        }
    }
}
