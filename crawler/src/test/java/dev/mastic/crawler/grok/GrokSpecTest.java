package dev.mastic.crawler.grok;

import dev.mastic.crawler.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GrokSpecTest {
    static Stream<Arguments> patterns() {
        return Spec.cases("grok.yaml");
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void takesLinesApart(Map<String, Object> spec) {
        String pattern = (String) spec.get("pattern");
        String custom = (String) spec.getOrDefault("custom", "");
        if (spec.containsKey("refused")) {
            assertThatThrownBy(() -> Grok.compile(pattern, custom))
                    .isInstanceOf(GrokSyntaxException.class)
                    .hasMessageContaining((String) spec.get("refused"));
            return;
        }

        Grok grok = Grok.compile(pattern, custom);

        Map<String, String> types = new LinkedHashMap<>();
        grok.columns().forEach(column -> types.put(column.name(), column.type().hive()));
        assertThat(types).isEqualTo(spec.get("types"));
        assertThat(grok.match((String) spec.get("line"))).isEqualTo(Optional.ofNullable(spec.get("values")));
    }

    @Test
    void takesTimeInProportionToTheLine() {
        // Exponential for matchers that go back.
        Grok grok = Grok.compile("^(?:(a+)+)+$%{WORD:w}", "");

        assertThat(grok.match("a".repeat(50_000) + "!")).isEmpty();
    }
}
