package dev.mastic.crawler.infer;

import dev.mastic.crawler.Spec;
import dev.mastic.crawler.infer.TextColumns.Quoting;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** Columns as files have them, with the type that a careful person gives them; prints the score by kind. */
class TypeCorpusTest {
    private static final double LEAST_RIGHT = 0.95;

    @Test
    @SuppressWarnings("unchecked")
    void givesColumnsTheTypesThatACarefulPersonGives() {
        Map<String, int[]> kinds = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        int right = 0;
        int all = 0;
        for (Map<String, Object> column : Spec.maps("type-corpus.yaml")) {
            TextEvidence evidence = new TextEvidence();
            int times = (Integer) column.getOrDefault("times", 1);
            for (int i = 0; i < times; i++) {
                ((List<Object>) column.get("values")).forEach(value -> evidence.add(String.valueOf(value)));
            }
            ((List<Object>) column.getOrDefault("rare", List.of()))
                    .forEach(value -> evidence.add(String.valueOf(value)));
            String name = String.valueOf(column.get("name"));

            InferredColumn found = TextColumns.decide(Map.of(name, evidence), Quoting.NONE)
                    .columns()
                    .get(0);

            String format = found.parameters().getOrDefault(InferredColumn.TIMESTAMP_FORMAT, "");
            boolean same = found.type().hive().equals(column.get("type"))
                    && (!column.containsKey("format") || format.equals(column.get("format")));
            int[] kind = kinds.computeIfAbsent(String.valueOf(column.get("kind")), any -> new int[2]);
            kind[0] += same ? 1 : 0;
            kind[1]++;
            right += same ? 1 : 0;
            all++;
            if (!same) {
                wrong.add(name + ": " + found.type().hive() + " " + format + ", not " + column.get("type") + " "
                        + column.getOrDefault("format", "") + " (" + found.why() + ")");
            }
        }
        kinds.forEach((kind, counts) ->
                System.out.printf(Locale.ROOT, "types: %-12s %d of %d right%n", kind, counts[0], counts[1]));
        System.out.printf(Locale.ROOT, "types: %d of %d columns right, score %.3f%n", right, all, (double) right / all);
        assertThat((double) right / all).as("%s", wrong).isGreaterThanOrEqualTo(LEAST_RIGHT);
    }
}
