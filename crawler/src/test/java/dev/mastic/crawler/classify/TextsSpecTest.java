package dev.mastic.crawler.classify;

import dev.mastic.crawler.Spec;
import dev.mastic.crawler.source.UnreadableFileException;
import dev.mastic.wire.rest.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TextsSpecTest {
    private static final String DOCUMENT = "{\"a\":[{\"b\":1},{\"b\":2,\"c\":[3]}],\"d e\":{\"b\":4}}";

    static Stream<Arguments> texts() {
        return Spec.cases("texts.yaml");
    }

    static Stream<Arguments> paths() {
        return Spec.cases("json-path.yaml");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void classifiesTexts(Map<String, Object> spec) {
        Sample sample = Samples.whole("t/file", (String) spec.get("text"));
        if (spec.containsKey("unreadable")) {
            assertThatThrownBy(() -> Classifiers.classify(sample))
                    .isInstanceOf(UnreadableFileException.class)
                    .hasMessageContaining((String) spec.get("unreadable"));
            return;
        }

        FileProfile profile = Classifiers.classify(sample);

        assertThat(profile.format()).hasToString((String) spec.get("format"));
        assertThat(types(profile)).isEqualTo(spec.get("columns"));
        assertThat(profile.records()).isEqualTo(((Integer) spec.get("records")).longValue());
        assertThat(String.join("\n", profile.evidence())).contains((String) spec.getOrDefault("evidence", ""));
        if (spec.containsKey("warning")) {
            assertThat(String.join("\n", profile.warnings())).contains((String) spec.get("warning"));
        } else {
            assertThat(profile.warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void selectsByPaths(Map<String, Object> spec) {
        JsonPath path = JsonPath.parse((String) spec.get("path"));

        assertThat(path.select(Json.readObject(DOCUMENT.getBytes(StandardCharsets.UTF_8))).stream()
                        .map(Json::text))
                .isEqualTo(spec.get("selects"));
    }

    @Test
    void readsTheStartOfDocumentsThatAreLargerThanASample() {
        String row = "{\"id\":1,\"name\":\"ä\"},";
        byte[] array = Arrays.copyOf(("[" + row.repeat(60_000)).getBytes(StandardCharsets.UTF_8), Sample.MOST_BYTES);
        String element = "<row><id>1</id><name>ä</name></row>";
        byte[] xml =
                Arrays.copyOf(("<rows>" + element.repeat(60_000)).getBytes(StandardCharsets.UTF_8), Sample.MOST_BYTES);

        FileProfile json = Classifiers.classify(new Sample(Samples.object("t/a.json", 1L << 30), array, false));
        FileProfile rows = Classifiers.classify(new Sample(Samples.object("t/a.xml", 1L << 30), xml, false));

        assertThat(types(json)).isEqualTo(Map.of("id", "bigint", "name", "string"));
        assertThat(types(rows)).isEqualTo(Map.of("id", "bigint", "name", "string"));
        assertThat(json.warnings()).isEmpty();
        assertThat(rows.warnings()).isEmpty();
        assertThat(json.records()).isBetween((1L << 30) / row.length() * 9 / 10, (1L << 30) / row.length() * 11 / 10);
    }

    @Test
    void holdsWhatIsNestedWithoutEnd() {
        assertThatThrownBy(() -> Classifiers.classify(Samples.whole("t/a", "<a>".repeat(200_000))))
                .hasMessageContaining("");
        FileProfile rows =
                Classifiers.classify(Samples.whole("t/a", "<r><p><x>1</x></p><p><x>2</x></p>" + "<d>".repeat(200_000)));
        assertThat(rows.warnings()).anyMatch(warning -> warning.contains("nested deeper than 100 levels"));
        assertThatThrownBy(() -> Classifiers.classify(Samples.whole("t/a", "{\"a\":".repeat(100_000) + "1\n")))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("nested deeper than 100 levels");
    }

    @Test
    void makesMapsOfObjectsWithNamesWithoutEnd() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            text.append("{\"by\":{\"user\":{\"u" + i + "\":" + i + "}},\"c" + i + "\":1}\n");
        }

        FileProfile profile = Classifiers.classify(Samples.whole("t/a.json", text.toString()));

        assertThat(profile.columns()).hasSize(3001);
        assertThat(profile.columns().get(0).type().hive()).isEqualTo("struct<user:map<string,bigint>>");
    }

    private static Map<String, String> types(FileProfile profile) {
        Map<String, String> types = new LinkedHashMap<>();
        profile.columns()
                .forEach(column -> types.put(column.name(), column.type().hive()));
        assertThat(List.copyOf(types.keySet())).hasSize(profile.columns().size());
        return types;
    }
}
