package dev.mastic.crawler.infer;

import dev.mastic.crawler.Spec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class TextFormSpecTest {
    static Stream<Arguments> cases() {
        return Spec.cases("text-forms.yaml");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tellsWhatATextLooksLike(Map<String, String> spec) {
        TextForm form = TextForm.of(spec.get("text"));

        assertThat(form.type().hive()).isEqualTo(spec.get("type"));
        assertThat(form.pattern()).isEqualTo(spec.getOrDefault("pattern", ""));
    }
}
