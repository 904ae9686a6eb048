package dev.mastic.bookmarks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SourceLocationTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            in/a.txt,              in/a.txt,              s3://b/in/
            in/day=1/a,            in/day=1/b,            s3://b/in/
            in/2026/01/a,          in/2026/02/b,          s3://b/in/2026/
            in/a,                  other/b,               s3://b/
            a,                     b,                     s3://b/
            in/orders-1/a,         in/orders-2/a,         s3://b/in/
            year=1/month=2/a,      year=1/month=3/a,      s3://b/
            """)
    void findsTheFolderAroundKeysWithoutItsPartitions(String first, String last, String location) {
        assertThat(SourceLocation.around("b", first, last).uri()).isEqualTo(location);
    }

    @Test
    void holdsWhatIsNotHiddenBelowIt() {
        SourceLocation location = SourceLocation.parse("s3a://b/in");

        assertThat(location).isEqualTo(new SourceLocation("b", "in"));
        assertThat(location.holds("in/x/a.csv")).isTrue();
        assertThat(location.holds("in/_day=1/a.csv")).isTrue();
        assertThat(location.holds("in/_temporary/a.csv")).isFalse();
        assertThat(location.holds("in/.a.csv")).isFalse();
        assertThat(location.holds("in/x/")).isFalse();
        assertThat(location.holds("inside/a.csv")).isFalse();
        assertThatThrownBy(() -> SourceLocation.parse("/tmp/x")).hasMessageContaining("'/tmp/x' is not in S3");
    }
}
