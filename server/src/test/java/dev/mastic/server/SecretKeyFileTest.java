package dev.mastic.server;

import dev.mastic.catalog.secret.SecretKeys;
import dev.mastic.server.config.ConfigException;
import dev.mastic.server.config.Setting;
import dev.mastic.server.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SecretKeyFileTest {
    @TempDir
    Path data;

    private Settings settings(Map<Setting, String> more) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        values.put(Setting.DATA, data.toString());
        values.putAll(more);
        return Settings.read(values, Map.of(), Optional.empty());
    }

    @Test
    void makesOneKeyForTheEmbeddedPostgresThatTheOwnerAloneCanRead() throws IOException {
        String first = SecretKeyFile.read(settings(Map.of())).orElseThrow().toString();

        assertThat(SecretKeyFile.read(settings(Map.of())).orElseThrow()).hasToString(first);
        Path file = data.resolve("secret.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(first).doesNotContain(Files.readString(file).trim());
        try (var files = Files.list(data)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void makesNoneForAnotherPostgres() throws IOException {
        assertThat(SecretKeyFile.read(settings(Map.of(Setting.POSTGRES, "jdbc:postgresql://h:5432/m"))))
                .isEmpty();
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void readsTheSettingAndNamesWhatIsWrongWithIt() throws IOException {
        String key = SecretKeys.random();
        Path file = Files.writeString(data.resolve("k"), key);

        assertThat(SecretKeyFile.read(settings(Map.of(Setting.CATALOG_SECRET_KEY, key.trim())))
                        .orElseThrow())
                .hasToString(SecretKeyFile.read(settings(Map.of(Setting.CATALOG_SECRET_KEY_FILE, file.toString())))
                        .orElseThrow()
                        .toString());
        assertThatThrownBy(() -> SecretKeyFile.read(settings(Map.of(Setting.CATALOG_SECRET_KEY_FILE, "/none"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("/none");
        assertThatThrownBy(() -> SecretKeyFile.read(settings(Map.of(Setting.CATALOG_SECRET_KEY, "hunter2"))))
                .hasMessageContaining("catalog.secret-key")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> settings(
                        Map.of(Setting.CATALOG_SECRET_KEY, key, Setting.CATALOG_SECRET_KEY_FILE, file.toString())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("set one of them");
        assertThat(settings(Map.of(Setting.CATALOG_SECRET_KEY, key.trim())).toString())
                .doesNotContain(key.trim());
    }
}
