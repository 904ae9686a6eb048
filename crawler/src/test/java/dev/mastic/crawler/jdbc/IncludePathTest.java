package dev.mastic.crawler.jdbc;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IncludePathTest {
    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, db/sales/%, sales, %",
        "POSTGRESQL, db/sales, sales, %",
        "POSTGRESQL, db/%, %, %",
        "REDSHIFT, db/%, %, %",
        "ORACLE, xe/orders, %, orders",
        "ORACLE, xe/SCOTT/orders, SCOTT, orders",
        "MYSQL, db/orders, '', orders",
        "MARIADB, db/%, '', %"
    })
    void meansSchemaAndTableAsTheEngineHasThem(Engine engine, String path, String schema, String table) {
        IncludePath parsed = IncludePath.parse(path);

        assertThat(parsed.schema(engine)).isEqualTo(schema);
        assertThat(parsed.table(engine)).isEqualTo(table);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "db", "db/", "/x/y", "%/x", "d%/x", "a/b/c/d"})
    void refusesOtherForms(String path) {
        assertThatThrownBy(() -> IncludePath.parse(path))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("database/schema/table");
    }

    @ParameterizedTest
    @CsvSource({
        "%, anything, true",
        "ora%, orders, false",
        "ord%, orders, true",
        "%s, orders, true",
        "o%d%s, orders, true",
        "o%x%s, orders, false",
        "orders, Orders, false",
        "a_c, abc, false",
        "%%, x, true",
        "x%, x, true"
    })
    void percentStandsForAnyCharacters(String pattern, String name, boolean matches) {
        assertThat(IncludePath.matches(pattern, name)).isEqualTo(matches);
    }

    @Test
    void aLongPatternEnds() {
        assertThat(IncludePath.matches("%a".repeat(2_000) + "b", "a".repeat(100_000)))
                .isFalse();
    }
}
