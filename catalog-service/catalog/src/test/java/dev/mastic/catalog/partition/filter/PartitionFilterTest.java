package dev.mastic.catalog.partition.filter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PartitionFilterTest {
    private static final List<Column> KEYS = List.of(
            column("st", "string"),
            column("n", "bigint"),
            column("d", "date"),
            column("t", "timestamp"),
            column("b", "binary"));

    @Test
    void takesTheExpressionsThatTrinoSends() {
        for (String expression : List.of(
                "",
                "((st = 'F'))",
                "((st in ('F', 'O')))",
                "((st > 'A' AND st < 'G'))",
                "((st < 'x') OR (st > 'x'))",
                "(st = '__HIVE_DEFAULT_PARTITION__')",
                "n between 1 and 2 and not d = date '2020-01-01'",
                "`ST` LIKE 'a%' and \"n\" is not null")) {
            assertThat(PartitionFilter.compile(expression, KEYS).sql())
                    .as(expression)
                    .isNotBlank();
        }
    }

    @Test
    void putsEveryLiteralIntoAParameter() {
        CompiledFilter filter = PartitionFilter.compile("st = 'x''; drop table t' or n in (1, 2)", KEYS);

        assertThat(filter.sql()).doesNotContain("drop");
        assertThat(filter.parameters()).containsValue("x'; drop table t").hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "x = 1                     | position 1: Unknown column 'x'; the partition keys are st, n, d, t, b",
                "n = 'abc'                 | position 5: 'abc' is not a number",
                "n = 1 and                 | position 10: expected a partition key, found the end",
                "n = 1 n = 2               | position 7: expected AND, OR or the end, found 'n'",
                "n like '1%'               | position 1: key 'n' has the type bigint, which doesn't support operation 'LIKE'",
                "d = '2021-02-30'          | position 5: '2021-02-30' is not a date",
                "d = 5                     | position 5: '5' is not a date",
                "t > 'noon'                | position 5: 'noon' is not a timestamp",
                "st = 'o'brien'            | position 14: the quote ' is not closed",
                "st = 'o'brien             | position 9: expected AND, OR or the end, found 'brien'",
                "st = (1)                  | position 6: expected a number or a text in single quotes",
                "(st = 'a'                 | position 10: expected ')', found the end",
                "st in ()                  | position 8: expected a number or a text",
                "st between 'a' or 'b'     | position 16: expected AND, found 'or'",
                "st is 5                   | position 7: expected NULL, found '5'",
                "'a' = st                  | position 1: expected a partition key, found 'a'",
                "b = 'a'                   | position 1: key 'b' has the type binary, which cannot be compared",
                "st ! 'a'                  | position 4: unexpected character '!'",
                "st = 'a'; select 1        | position 9: unexpected character ';'",
            })
    void namesPositionAndReason(String expression, String message) {
        assertThatThrownBy(() -> PartitionFilter.compile(expression, KEYS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message.trim());
    }

    @Test
    void endsAtDepthsAndLengthsThatNobodyMeans() {
        assertThatThrownBy(() -> PartitionFilter.compile("(".repeat(1000) + "n = 1" + ")".repeat(1000), KEYS))
                .hasMessageContaining("nested deeper than 200 levels");
        assertThatThrownBy(() -> PartitionFilter.compile("not ".repeat(500) + "n = 1", KEYS))
                .hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> PartitionFilter.compile("n = " + "1".repeat(2048), KEYS))
                .hasMessageContaining("at most 2048");
    }

    private static Column column(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }
}
