package dev.mastic.catalog.partition.filter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.glue.model.Column;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ValuesRangeTest {
    private static final List<Column> KEYS =
            List.of(column("a", "string"), column("d", "date"), column("n", "int"), column("z", "string"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            // The sign + stands for the character that makes the next text.
            value = {
                "a = 'x' | [x] | [x+]",
                "d = '2020-01-01' or a = 'x' | [] | []",
                "a = 'x' and d = '2020-01-01' | [x, 2020-01-01] | [x, 2020-01-01+]",
                "(d = '2020-01-01' and (a = 'x' and z = 'q')) | [x, 2020-01-01] | [x, 2020-01-01+]",
                "a = 'x' and d >= '2020-01-01' | [x, 2020-01-01] | [x+]",
                "a = 'x' and d < '2020-01-01' | [x] | [x, 2020-01-01]",
                "a = 'x' and d <= '2020-01-01' | [x] | [x, 2020-01-01+]",
                "a > 'x' | [x] | []",
                "a < 'x' | [] | [x]",
                "a >= 'b' and a < 'd' and a > 'c' | [c] | [d]",
                "a between 'b' and 'd' | [b] | [d+]",
                "a in ('d', 'b', 'c') | [b] | [d+]",
                "a in ('b') and d = '2020-01-01' | [b, 2020-01-01] | [b, 2020-01-01+]",
                "a is null | [__HIVE_DEFAULT_PARTITION__] | [__HIVE_DEFAULT_PARTITION__+]",
                "a = 'x' and d is null | [x] | [x+]",
                "a = 'x' and a = 'y' | [y] | [x+]",
                "a in ('\uFFFD', '\uD83D\uDE00') | [\uFFFD] | [\uD83D\uDE00+]",
                "d = '2020-01-01' | [] | []",
                "a <> 'x' | [] | []",
                "not a = 'x' | [] | []",
                "a = 'x' or a = 'y' | [] | []",
                "a like 'x%' | [] | []",
                "n = 1 | [] | []",
            })
    void boundsWhatTheFirstKeysMustBe(String expression, String low, String high) {
        ValuesRange range = ValuesRange.of(new Parser(new Tokenizer(expression).tokens(), Keys.of(KEYS)).parse());

        assertThat(range.low().toString()).as("low of %s", expression).isEqualTo(low);
        assertThat(range.high().toString().replace('\u0001', '+'))
                .as("high of %s", expression)
                .isEqualTo(high);
    }

    @Test
    void putsBoundsIntoParameters() {
        CompiledFilter filter = PartitionFilter.compile("a = 'x''' and d = '2020-01-01'", KEYS);

        assertThat(filter.sql())
                .as("SQL")
                .startsWith("(p.values >= array[cast(? as text), cast(? as text)]"
                        + " and p.values < array[cast(? as text), cast(? as text)] and ((");
        assertThat(filter.parameters())
                .as("parameters")
                .containsExactly("x'", "2020-01-01", "x'", "2020-01-01\u0001", "x'", "2020-01-01");
    }

    private static Column column(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }
}
