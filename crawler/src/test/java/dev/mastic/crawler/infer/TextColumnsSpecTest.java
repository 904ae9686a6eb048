package dev.mastic.crawler.infer;

import dev.mastic.crawler.Spec;
import dev.mastic.crawler.infer.TextColumns.Quoting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class TextColumnsSpecTest {
    static Stream<Arguments> cases() {
        return Spec.cases("text-columns.yaml");
    }

    @ParameterizedTest
    @MethodSource("cases")
    @SuppressWarnings("unchecked")
    void decidesColumnsTogether(Map<String, Object> spec) {
        Map<String, TextEvidence> evidence = new LinkedHashMap<>();
        ((Map<String, List<String>>) spec.get("columns")).forEach((name, values) -> {
            TextEvidence seen = new TextEvidence();
            values.forEach(seen::add);
            evidence.put(name, seen);
        });

        TextColumns columns = TextColumns.decide(evidence, spec.containsKey("quoted") ? Quoting.QUOTED : Quoting.NONE);

        Map<String, String> types = new LinkedHashMap<>();
        Map<String, String> formats = new LinkedHashMap<>();
        for (InferredColumn column : columns.columns()) {
            types.put(column.name(), column.type().hive());
            if (column.parameters().containsKey(InferredColumn.TIMESTAMP_FORMAT)) {
                formats.put(column.name(), column.parameters().get(InferredColumn.TIMESTAMP_FORMAT));
            }
        }
        assertThat(types).isEqualTo(spec.get("types"));
        assertThat(columns.serdeParameters()).isEqualTo(spec.getOrDefault("serde", Map.of()));
        assertThat(formats).isEqualTo(spec.getOrDefault("formats", Map.of()));
    }
}
