package dev.mastic.server;

import dev.mastic.server.config.ConfigException;
import dev.mastic.server.config.Setting;
import dev.mastic.server.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CrawlStoresTest {
    @TempDir
    Path data;

    @Test
    void knowsNoDynamoDbAndNoDriversUnlessTheyAreSet() {
        try (CrawlStores stores = CrawlStores.open(settings(Map.of()))) {
            assertThat(stores.dynamoDb()).isNull();
        }
    }

    @Test
    void readsTheDynamoDbThatIsSet() {
        try (CrawlStores stores =
                CrawlStores.open(settings(Map.of(Setting.DYNAMODB_ENDPOINT, "http://127.0.0.1:8000")))) {
            assertThat(stores.dynamoDb()).isNotNull();
        }
    }

    @Test
    void namesAFolderOfDriversThatIsNotThere() {
        Settings settings =
                settings(Map.of(Setting.JDBC_DRIVERS, data.resolve("nowhere").toString()));

        assertThatThrownBy(() -> CrawlStores.open(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("jdbc-drivers")
                .hasMessageContaining("nowhere");
    }

    private Settings settings(Map<Setting, String> more) {
        Map<Setting, String> given = new HashMap<>(more);
        given.put(Setting.DATA, data.toString());
        return Settings.read(given, Map.of(), Optional.empty());
    }
}
