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
            column("b", "binary"),
            column("m", "decimal(10, 2)"),
            column("date", "varchar(10)"),
            Column.builder().name("untyped").build());

    @Test
    void takesTheExpressionsThatTrinoSends() {
        for (String expression : List.of(
                "((st = 'F'))",
                "((st in ('F', 'O')))",
                "((st > 'A' AND st < 'G'))",
                "((st < 'x') OR (st > 'x'))",
                "(st = '__HIVE_DEFAULT_PARTITION__')",
                "n between 1 and 2 and not d = date '2020-01-01'",
                "date = '2020-01-01' and t >= timestamp '2020-01-01 00:00:00.5' and untyped != 'x'",
                "`ST` LIKE 'a%' and \"n\" is not null and m > -.5e3")) {
            assertThat(PartitionFilter.compile(expression, KEYS).sql())
                    .as(expression)
                    .startsWith("(")
                    .doesNotContain("::");
        }
    }

    @Test
    void holdsForAllWhenEmpty() {
        assertThat(PartitionFilter.compile("", KEYS)).isEqualTo(CompiledFilter.ALL);
        assertThat(PartitionFilter.compile(" \n", List.of())).isEqualTo(CompiledFilter.ALL);
    }

    @Test
    void putsEveryLiteralIntoAParameter() {
        CompiledFilter filter = PartitionFilter.compile("st = 'x''; drop table t' or n in (1, '+02')", KEYS);

        assertThat(filter.sql())
                .as("SQL")
                .isEqualTo("(((cardinality(p.keys) >= 1 and p.keys[1] = cast(? as text)) or"
                        + " ((cardinality(p.keys) >= 2 and p.keys[2] in (cast(? as text), cast(? as text))))))");
        assertThat(filter.parameters())
                .as("parameters")
                .containsExactly("x'; drop table t", "8000000000000001", "8000000000000002");
    }

    @Test
    void bindsNotBeforeAndBeforeOr() {
        assertThat(PartitionFilter.compile("n = 1 or n = 2 and not n >= 3", KEYS)
                        .sql()
                        .replaceAll(
                                "\\(cardinality\\(p.keys\\) >= 2 and p.keys\\[2\\] (\\S+) cast\\(\\? as text\\)\\)",
                                "$1"))
                .isEqualTo("((= or (= and <)))");
    }

    @Test
    void readsTheMarkOfHiveAsNull() {
        String isNull = "((cardinality(p.keys) >= 2 and p.keys[2] is null and"
                + " nullif(p.values[2], '__HIVE_DEFAULT_PARTITION__') is null))";
        for (String expression :
                List.of("n = '__HIVE_DEFAULT_PARTITION__'", "n is null", "n in ('__HIVE_DEFAULT_PARTITION__')")) {
            CompiledFilter filter = PartitionFilter.compile(expression, KEYS);
            assertThat(filter.sql()).as(expression).isEqualTo(isNull);
            assertThat(filter.parameters()).isEmpty();
        }
        assertThat(PartitionFilter.compile("n <> '__HIVE_DEFAULT_PARTITION__'", KEYS)
                        .sql())
                .isEqualTo("((nullif(p.values[2], '__HIVE_DEFAULT_PARTITION__') is not null))");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "x = 1 | 1: Unknown column 'x'; the partition keys are st, n, d, t, b, m, date, untyped",
                "n = 'abc' | 5: 'abc' is not a valid integer of 64 bits for partition key 'n' of type bigint",
                "n = 1.5 | 5: 1.5 is not a valid integer",
                "n = 9223372036854775808 | 5: 9223372036854775808 is not a valid integer",
                "n in (1, 'x') | 10: 'x' is not a valid integer",
                "n = date '2020-01-01' | 10: '2020-01-01' is not a valid integer",
                "st = date '2020-01-01' | 11: '2020-01-01' is not a valid string",
                "n = 1 and | 10: Expected a partition key, found the end",
                "n = 1 n = 2 | 7: Expected AND, OR or the end, found n",
                "n like '1%' | 3: Integral data type doesn't support operation 'LIKE'",
                "m not like '1%' | 7: Decimal data type doesn't support operation 'LIKE'",
                "d like '1%' | 3: Date data type doesn't support operation 'LIKE'",
                "m = '1e1000' | 5: '1e1000' is not a valid number",
                "d = '2021-02-30' | 5: '2021-02-30' is not a valid date (yyyy-MM-dd)",
                "d = '0000-01-01' | 5: '0000-01-01' is not a valid date",
                "d = 5 | 5: 5 is not a valid date",
                "d = timestamp '2020-01-01 00:00:00' | 15: '2020-01-01 00:00:00' is not a valid date",
                "t > 'noon' | 5: 'noon' is not a valid timestamp",
                "t > '2020-01-01 24:00:00' | 5: '2020-01-01 24:00:00' is not a valid timestamp",
                "st = 'o'brien' | 14: The quote is not closed",
                "((st = 'o'brien')) | 16: The quote is not closed; a quote inside a value is written twice",
                "st = 'o'brien | 9: Expected AND, OR or the end, found brien",
                "\"st = 'a' | 1: The quote is not closed",
                "st = (1) | 6: Expected a number or a value in single quotes, found (",
                "st = n | 6: Expected a number or a value in single quotes, found n",
                "st like 5 | 9: Expected a pattern in single quotes, found 5",
                "(st = 'a' | 10: Expected AND, OR or ), found the end",
                "st = 'a') | 9: Expected AND, OR or the end, found )",
                "st in 'a' | 7: Expected (, found 'a'",
                "st in () | 8: Expected a number or a value in single quotes, found )",
                "st in ('a' 'b') | 12: Expected , or ), found 'b'",
                "st between 'a' or 'b' | 16: Expected AND, found or",
                "st is 5 | 7: Expected NULL or NOT NULL, found 5",
                "st not 5 | 8: Expected IN, BETWEEN or LIKE, found 5",
                "st | 3: Expected an operator",
                "'a' = st | 1: Expected a partition key, found 'a'",
                "b = 'a' | 1: Partition key 'b' has type 'binary', which expressions do not support",
                "st ! 'a' | 4: Character '!' is not expected",
                "st = 'a'; select 1 | 9: Character ';' is not expected",
                "st = 12ab | 6: '12ab' is not a number",
            })
    void namesPositionAndReason(String expression, String message) {
        assertThatThrownBy(() -> PartitionFilter.compile(expression, KEYS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Expression is not valid at position " + message);
    }

    @Test
    void writesWhatIsExcludedAsTheRangesBetween() {
        CompiledFilter filter = PartitionFilter.compile("st not in ('m', 'c', 'm')", KEYS);

        assertThat(filter.sql().replaceAll("cardinality\\(p.keys\\) >= 1 and |cast\\(\\? as text\\)", ""))
                .isEqualTo("(((p.keys[1] < ) or (p.keys[1] >  and p.keys[1] < ) or (p.keys[1] > )))");
        assertThat(filter.parameters()).containsExactly("c", "c", "m", "m");
    }

    @Test
    void comparesTextsThatAreLongerThanASortKeyAsAWhole() {
        String text = "x".repeat(100);
        assertThat(PartitionFilter.compile("st = '" + text + "'", KEYS).sql()).contains("p.values[1]");
        assertThat(PartitionFilter.compile("st = '" + text.substring(1) + "'", KEYS)
                        .sql())
                .contains("p.keys[1] =");
    }

    @Test
    void refusesWhatPostgresCannotStore() {
        for (String text : List.of("a\0b", "\uD800", "\uDC00x", "\uD83Dx")) {
            assertThatThrownBy(() -> PartitionFilter.compile("st = '" + text + "'", KEYS))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("not valid text");
        }
        assertThat(PartitionFilter.compile("st = '\uD83D\uDE00'", KEYS).parameters())
                .contains("\uD83D\uDE00");
    }

    @Test
    void endsAtDepthsAndLengthsThatNobodyMeans() {
        assertThatThrownBy(() -> PartitionFilter.compile("(".repeat(1000) + "n = 1" + ")".repeat(1000), KEYS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at position 201: More than 200 levels");
        assertThatThrownBy(() -> PartitionFilter.compile("not ".repeat(500) + "n = 1", KEYS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("More than 200 levels");
        assertThat(PartitionFilter.compile("(".repeat(199) + "n = 1" + ")".repeat(199), KEYS)
                        .parameters())
                .hasSize(1);
        assertThatThrownBy(() -> PartitionFilter.compile("n = " + "1".repeat(2048), KEYS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at most 2048");
    }

    private static Column column(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }
}
