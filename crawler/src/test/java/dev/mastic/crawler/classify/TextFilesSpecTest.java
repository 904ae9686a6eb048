package dev.mastic.crawler.classify;

import dev.mastic.crawler.Spec;
import dev.mastic.crawler.source.UnreadableFileException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TextFilesSpecTest {
    static Stream<Arguments> csv() {
        return Spec.cases("csv.yaml");
    }

    static Stream<Arguments> json() {
        return Spec.cases("json.yaml");
    }

    @ParameterizedTest
    @MethodSource("csv")
    void classifiesCsv(Map<String, Object> spec) {
        String text = spec.get("text")
                + String.valueOf(spec.getOrDefault("row", "")).repeat((Integer) spec.getOrDefault("repeat", 0))
                + spec.getOrDefault("last", "");
        Sample sample = Samples.whole("t/file.csv", text);
        if (refused(sample, spec)) {
            return;
        }

        FileProfile profile = Classifiers.classify(sample);

        assertThat(profile.format())
                .as("%s", profile.evidence())
                .isEqualTo(new FileFormat.Csv(
                        spec.get("delimiter").toString(),
                        false,
                        spec.getOrDefault("quote", "\"").toString().charAt(0),
                        (Boolean) spec.getOrDefault("backslash", false),
                        (Boolean) spec.get("header"),
                        (Integer) spec.getOrDefault("skip", (Boolean) spec.get("header") ? 1 : 0),
                        (Integer) spec.getOrDefault("footer", 0),
                        "UTF-8"));
        assertThat(types(profile)).as("%s", profile.evidence()).isEqualTo(spec.get("columns"));
        assertThat(profile.quoted()).as("quoted").isEqualTo(spec.getOrDefault("quoted", false));
        checkWarnings(profile, spec);
    }

    @ParameterizedTest
    @MethodSource("json")
    @SuppressWarnings("unchecked")
    void classifiesJson(Map<String, Object> spec) {
        Sample sample = Samples.whole("t/file.json", String.join("\n", (List<String>) spec.get("lines")) + "\n");
        if (refused(sample, spec)) {
            return;
        }

        FileProfile profile = Classifiers.classify(sample);

        assertThat(profile.format()).isEqualTo(new FileFormat.JsonLines());
        assertThat(types(profile)).isEqualTo(spec.get("columns"));
        checkWarnings(profile, spec);
    }

    private static boolean refused(Sample sample, Map<String, Object> spec) {
        if (!spec.containsKey("unreadable")) {
            return false;
        }
        assertThatThrownBy(() -> Classifiers.classify(sample))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining((String) spec.get("unreadable"));
        return true;
    }

    private static Map<String, String> types(FileProfile profile) {
        Map<String, String> types = new LinkedHashMap<>();
        profile.columns()
                .forEach(column -> types.put(column.name(), column.type().hive()));
        assertThat(List.copyOf(types.keySet()))
                .as("order of the columns")
                .isEqualTo(profile.columns().stream().map(ColumnProfile::name).toList());
        return types;
    }

    private static void checkWarnings(FileProfile profile, Map<String, Object> spec) {
        if (spec.containsKey("warning")) {
            assertThat(profile.warnings()).anyMatch(warning -> warning.contains((String) spec.get("warning")));
        } else {
            assertThat(profile.warnings()).isEmpty();
        }
    }
}
