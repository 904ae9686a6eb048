package dev.mastic.catalog.partition.filter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.Column;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class SortKeysTest {
    @Test
    void sortsNumbersAsNumbersSort() {
        Random random = new Random(11);
        List<BigDecimal> numbers = Stream.concat(
                        Stream.of(
                                        "0", "-0.00", "1", "-1", "10", "100", "99", "-99", "-100", "1e999", "-1e999",
                                        "1e-999")
                                .map(BigDecimal::new),
                        Stream.generate(() -> new BigDecimal(
                                        new BigInteger(random.nextInt(250), random), random.nextInt(400) - 200))
                                .map(number -> random.nextBoolean() ? number : number.negate())
                                .limit(500))
                .toList();
        for (BigDecimal one : numbers) {
            for (BigDecimal other : numbers) {
                assertThat(Integer.signum(key("decimal(38,10)", one.toString())
                                .compareTo(key("decimal(38,10)", other.toString()))))
                        .as("%s and %s", one, other)
                        .isEqualTo(one.compareTo(other));
            }
        }
    }

    @Test
    void sortsIntegersAsIntegersSort() {
        List<Long> numbers = Stream.concat(
                        Stream.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L, 1L, 10L, 9L),
                        new Random(5).longs(200).boxed())
                .toList();

        assertThat(numbers.stream()
                        .sorted(Comparator.comparing(number -> key("int", number.toString())))
                        .toList())
                .isEqualTo(numbers.stream().sorted().toList());
        assertThat(key("bigint", "+007")).isEqualTo(key("bigint", "7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bigint", "decimal(10,2)", "date", "timestamp", "boolean"})
    void hasNoSortKeyForWhatIsNotOfTheType(String type) {
        for (String value : List.of(
                "__HIVE_DEFAULT_PARTITION__",
                "",
                "x",
                "NaN",
                "1e1000",
                "9".repeat(2000),
                "infinity",
                "\n",
                "٣",
                "1 ")) {
            assertThat(keys(type).encode(List.of(value)))
                    .as("%s as %s", value, type)
                    .containsExactly((String) null);
        }
    }

    @Test
    void keepsTextsOfTypesThatCannotBeCompared() {
        assertThat(keys("binary").encode(List.of("b"))).containsExactly("b");
        assertThat(SortKeys.of(List.of(Column.builder().name("k").build())).encode(List.of("b")))
                .containsExactly("b");
        assertThat(keys("string").encode(List.of("é".repeat(200)))).containsExactly("é".repeat(100));
    }

    @Test
    void hasOneForEveryKeyAndEveryValue() {
        assertThat(keys("int").encode(List.of("1", "more"))).hasSize(2).endsWith("more");
        assertThat(keys("int").encode(List.of())).containsExactly((String) null);
    }

    private static String key(String type, String value) {
        String key = keys(type).encode(List.of(value)).get(0);
        assertThat(key).as("%s as %s", value, type).isNotNull();
        return String.valueOf(key);
    }

    private static SortKeys keys(String type) {
        return SortKeys.of(List.of(Column.builder().name("k").type(type).build()));
    }
}
