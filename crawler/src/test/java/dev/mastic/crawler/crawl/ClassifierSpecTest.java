package dev.mastic.crawler.crawl;

import dev.mastic.crawler.Spec;
import dev.mastic.crawler.classify.Classifiers;
import dev.mastic.crawler.classify.CustomClassifier;
import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.classify.Sample;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;
import dev.mastic.wire.GlueJson;
import dev.mastic.wire.rest.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.glue.model.Classifier;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClassifierSpecTest {
    static Stream<Arguments> classifiers() {
        return Spec.cases("classifiers.yaml");
    }

    static Stream<Arguments> rules() {
        return Spec.cases("classifier-rules.yaml");
    }

    @ParameterizedTest
    @MethodSource("classifiers")
    @SuppressWarnings("unchecked")
    void asksClassifiersInOrder(Map<String, Object> spec) {
        List<CustomClassifier> custom = ((List<Object>) spec.get("classifiers"))
                .stream().map(each -> ClassifierRules.compile(glue(each))).toList();
        byte[] bytes = ((String) spec.get("text")).getBytes(StandardCharsets.UTF_8);
        Sample sample = new Sample(new StoredObject("bucket", "t/file", bytes.length, Instant.EPOCH), bytes, true);
        if (spec.containsKey("unreadable")) {
            assertThatThrownBy(() -> Classifiers.classify(sample, custom))
                    .isInstanceOf(UnreadableFileException.class)
                    .hasMessageContaining((String) spec.get("unreadable"));
            return;
        }

        FileProfile profile = Classifiers.classify(sample, custom);

        Map<String, String> types = new LinkedHashMap<>();
        profile.columns()
                .forEach(column -> types.put(column.name(), column.type().hive()));
        assertThat(profile.format()).as("%s", profile.evidence()).hasToString((String) spec.get("format"));
        assertThat(types).isEqualTo(spec.get("columns"));
        assertThat(profile.quoted()).isEqualTo(spec.getOrDefault("quoted", profile.quoted()));
        assertThat(String.join("\n", profile.evidence())).contains((String) spec.getOrDefault("evidence", ""));
        if (spec.containsKey("warning")) {
            assertThat(String.join("\n", profile.warnings())).contains((String) spec.get("warning"));
        } else {
            assertThat(profile.warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void refusesWhatCannotBeUsed(Map<String, Object> spec) {
        Classifier classifier = glue(spec.get("classifier"));

        assertThatThrownBy(() -> ClassifierRules.compile(classifier))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining((String) spec.get("refused"));
    }

    private static Classifier glue(Object definition) {
        return GlueJson.read(Json.text(definition), Classifier.class);
    }
}
