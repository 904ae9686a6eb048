package dev.mastic.crawler.jdbc;

import dev.mastic.crawler.Spec;
import dev.mastic.crawler.jdbc.NativeTypes.Mapped;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.sql.JDBCType;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class NativeTypesTest {
    static Stream<Arguments> cases() {
        return Spec.cases("native-types.yaml");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void becomesTheTypeOfTheSpec(Map<String, String> spec) {
        int jdbcType = JDBCType.valueOf(spec.getOrDefault("jdbc", "OTHER")).getVendorTypeNumber();
        NativeColumn column = new NativeColumn("c", spec.get("type"), spec.get("type"), jdbcType, 0, 0, true, "");

        Mapped mapped = NativeTypes.of(Engine.valueOf(spec.get("engine")), column);

        assertThat(mapped.type().hive()).isEqualTo(spec.get("hive"));
        assertThat(mapped.note()).contains(spec.getOrDefault("note", ""));
    }
}
