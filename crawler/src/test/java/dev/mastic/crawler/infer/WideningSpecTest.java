package dev.mastic.crawler.infer;

import dev.mastic.crawler.Spec;
import dev.mastic.crawler.infer.ColumnType.Plain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class WideningSpecTest {
    static Stream<Arguments> cases() {
        return Spec.cases("widening.yaml");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void joinsTypes(Map<String, String> spec) {
        ColumnType a = type(spec.get("a"));
        ColumnType b = type(spec.get("b"));

        ColumnType joined = Widening.join(a, b);

        assertThat(joined.hive()).isEqualTo(spec.get("joined"));
        assertThat(Widening.join(b, a).hive()).as("the other way round").isEqualTo(joined.hive());
        assertThat(Widening.join(joined, a)).as("never narrows").isEqualTo(joined);
        assertThat(Widening.join(joined, b)).as("never narrows").isEqualTo(joined);
    }

    @Test
    void readsParquetOnlyAsWiderNumbersAndStructs() {
        assertThat(Widening.readableAs(Plain.INT, Plain.BIGINT)).isTrue();
        assertThat(Widening.readableAs(Plain.FLOAT, Plain.DOUBLE)).isTrue();
        assertThat(Widening.readableAs(Plain.BIGINT, Plain.INT)).isFalse();
        assertThat(Widening.readableAs(Plain.BIGINT, Plain.DOUBLE)).isFalse();
        assertThat(Widening.readableAs(Plain.INT, Plain.STRING)).isFalse();
        assertThat(Widening.readableAs(type("struct<a:int>"), type("map<string,int>")))
                .isFalse();
        assertThat(Widening.readableAs(type("struct<a:int>"), type("struct<a:bigint,b:string>")))
                .isTrue();
        assertThat(Widening.readableAs(type("struct<a:int,c:int>"), type("struct<a:bigint,b:string>")))
                .isFalse();
    }

    private static ColumnType type(String text) {
        return text.equals("unknown") ? Plain.UNKNOWN : HiveTypes.parse(text);
    }
}
