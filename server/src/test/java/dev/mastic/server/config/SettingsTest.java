package dev.mastic.server.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void commandLineWinsOverEnvironmentWinsOverFileWinsOverDefault() throws IOException {
        Path file = file("port: 1\ns3-port: 1\nregion: eu-west-1\nruns:\n  max-drivers: 7\n");
        Settings settings = Settings.read(
                Map.of(Setting.PORT, "3"),
                Map.of("MASTIC_PORT", "2", "MASTIC_S3_PORT", "2", "HOME", "/root"),
                Optional.of(file));

        assertThat(settings.number(Setting.PORT)).isEqualTo(3);
        assertThat(settings.number(Setting.S3_PORT)).isEqualTo(2);
        assertThat(settings.text(Setting.REGION)).isEqualTo("eu-west-1");
        assertThat(settings.number(Setting.MAX_DRIVERS)).isEqualTo(7);
        assertThat(settings.text(Setting.ACCOUNT_ID)).isEqualTo("123456789012");
    }

    @Test
    void everySettingHasAKeyAVariableAndALineInTheDocumentation() throws IOException {
        String documentation = Files.readString(Path.of("../docs/configuration.md"));

        assertThat(Arrays.stream(Setting.values()).map(Setting::key)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Setting.values()).map(Setting::variable)).doesNotHaveDuplicates();
        for (Setting setting : Setting.values()) {
            assertThat(documentation).contains("`" + setting.key() + "`").contains("`" + setting.variable() + "`");
            if (!setting.defaultValue().isEmpty()) {
                assertThat(documentation).contains("`" + setting.defaultValue() + "`");
            }
        }
    }

    @Test
    void namesAnUnknownKeyAndTheNearestKnownOne() throws IOException {
        Path file = file("runs:\n  max-driver: 3\n");

        assertThatThrownBy(() -> Settings.read(Map.of(), Map.of(), Optional.of(file)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Unknown key 'runs.max-driver' in")
                .hasMessageContaining("did you mean 'runs.max-drivers'?");
        assertThatThrownBy(() -> Settings.read(Map.of(), Map.of("MASTIC_PROT", "1"), Optional.empty()))
                .hasMessageContaining("Unknown environment variable 'MASTIC_PROT'; did you mean 'MASTIC_PORT'?");
    }

    @Test
    void refusesAFileThatIsNoYamlOrIsMissing() throws IOException {
        Path broken = file("a: [");
        Path list = file2("- a\n");

        assertThatThrownBy(() -> Settings.read(Map.of(), Map.of(), Optional.of(broken)))
                .hasMessageContaining("is not valid YAML");
        assertThatThrownBy(() -> Settings.read(Map.of(), Map.of(), Optional.of(list)))
                .hasMessageContaining("must map keys to values");
        assertThatThrownBy(() -> Settings.read(Map.of(), Map.of(), Optional.of(folder.resolve("none.yaml"))))
                .hasMessageContaining("cannot be read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT        | x                 | The setting port is 'x'; expected a whole number",
                "PORT        | 70000             | expected a port from 0 to 65535",
                "ACCOUNT_ID  | 12                | expected 12 digits",
                "POSTGRES    | postgres://x/y    | expected a JDBC URL",
                "S3_ENDPOINT | s3.example.com    | expected a URL",
                "LOG_FORMAT  | xml               | expected json or text",
                "CATALOG_ARCHIVED_VERSIONS | -1  | expected a number from 0",
                "SLOW_QUERY_MILLIS | -1  | expected a number from 0",
                "MAX_DRIVERS | 0                 | expected a number from 1",
                "LEASE_SECONDS | 3               | must be at least three times",
                "HOST        | 0.0.0.0           | Refusing to listen on 0.0.0.0 with the default credentials",
            })
    void refusesAValueThatCannotBe(Setting setting, String value, String message) {
        assertThatThrownBy(() -> Settings.read(Map.of(setting, value), Map.of(), Optional.empty()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void listensBeyondLoopbackWithCredentialsOfItsOwn() {
        Settings settings = Settings.read(
                Map.of(Setting.HOST, "0.0.0.0", Setting.ACCESS_KEY, "ada", Setting.SECRET_KEY, "t0ps3cret"),
                Map.of(),
                Optional.empty());

        assertThat(settings.text(Setting.HOST)).isEqualTo("0.0.0.0");
        assertThat(settings.toString()).doesNotContain("t0ps3cret").contains("secret-key=***");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("mastic.yaml"), content);
    }

    private Path file2(String content) throws IOException {
        return Files.writeString(folder.resolve("other.yaml"), content);
    }
}
