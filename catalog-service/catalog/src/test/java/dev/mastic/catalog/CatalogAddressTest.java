package dev.mastic.catalog;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogAddressTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://127.0.0.1:5432/mastic, 127.0.0.1:5432/mastic",
        "jdbc:postgresql://db/mastic?user=u&password=secret&ssl=true, db/mastic",
        "jdbc:postgresql://u:secret@db:1/mastic?password=se@cret, db:1/mastic",
        "'jdbc:postgresql://a:1,b:2/mastic', 'a:1,b:2/mastic'",
        "jdbc:postgresql:mastic, mastic",
    })
    void hasNoCredentials(String url, String address) {
        assertThat(Catalog.address(url)).as(url).isEqualTo(address);
    }
}
