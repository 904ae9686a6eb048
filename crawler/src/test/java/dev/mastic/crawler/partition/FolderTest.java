package dev.mastic.crawler.partition;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FolderTest {
    @ParameterizedTest
    @CsvSource({
        "t/year=2001/, year, 2001",
        "t/Year=2001/, year, 2001",
        "t/ts=2001-01-01 00%3A47/, ts, 2001-01-01 00:47",
        "t/k=a=b/, k, a=b",
        "t/k=a+b/, k, a+b",
        "t/k=50%/, k, 50%",
        "t/k=__HIVE_DEFAULT_PARTITION__/, k, __HIVE_DEFAULT_PARTITION__",
        "t/plain/, '', plain",
        "t/=odd/, '', =odd",
    })
    void tellsKeyAndValueOfAName(String prefix, String key, String value) {
        Folder folder = new Folder(prefix);

        assertThat(folder.key()).isEqualTo(key);
        assertThat(folder.value()).isEqualTo(value);
    }

    @Test
    void countsTheBucketAsLevelOne() {
        assertThat(new Folder("").level()).isEqualTo(1);
        assertThat(new Folder("mydataset/").level()).isEqualTo(2);
        assertThat(new Folder("mydataset/a/b/").level()).isEqualTo(4);
    }

    @Test
    void namesTablesInLettersDigitsAndUnderscores() {
        assertThat(TableNames.of("Raw-", "Flights 2001.csv")).isEqualTo("raw_flights_2001_csv");
        assertThat(TableNames.of("", "x".repeat(200))).hasSize(128);
        assertThat(TableNames.withHash("x".repeat(128), "s3://b/x/"))
                .hasSize(128)
                .isNotEqualTo(TableNames.withHash("x".repeat(128), "s3://b/y/"));
    }
}
