package dev.mastic.crawler.schedule;

import dev.mastic.crawler.Spec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GlueCronSpecTest {
    static Stream<Arguments> cases() {
        return Spec.cases("cron.yaml");
    }

    @ParameterizedTest
    @MethodSource("cases")
    @SuppressWarnings("unchecked")
    void namesTheTimesThatGlueNames(Map<String, Object> spec) {
        String text = String.valueOf(spec.get("name"));
        if (spec.containsKey("refused")) {
            assertThatThrownBy(() -> GlueCron.parse(text))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(String.valueOf(spec.get("refused")));
            return;
        }
        GlueCron cron = GlueCron.parse(text);
        Instant at = Instant.parse(String.valueOf(spec.get("from")));
        List<String> times = new ArrayList<>();
        for (int i = 0; i < ((List<String>) spec.get("next")).size(); i++) {
            Optional<Instant> next = cron.next(at);
            times.add(next.map(Instant::toString).orElse("never"));
            at = next.orElse(at);
        }
        assertThat(times).isEqualTo(spec.get("next"));
    }
}
