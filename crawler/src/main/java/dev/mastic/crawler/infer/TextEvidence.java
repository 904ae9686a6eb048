package dev.mastic.crawler.infer;

import dev.mastic.crawler.infer.ColumnType.Plain;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the texts of one column look like, counted. Not thread-safe while it is being filled.
 */
public final class TextEvidence {
    private static final int LONGEST_EXAMPLE = 60;

    private final Map<ColumnType, Long> types = new LinkedHashMap<>();
    private final Map<ColumnType, String> examples = new LinkedHashMap<>();
    private final Map<String, Long> patterns = new LinkedHashMap<>();
    private final Map<String, Long> markers = new LinkedHashMap<>();
    private long empty;

    /** Counts one text. */
    public void add(String text) {
        if (text.isEmpty()) {
            empty++;
        } else if (TextForm.NULL_MARKERS.contains(text)) {
            markers.merge(text, 1L, Long::sum);
        } else {
            TextForm form = TextForm.of(text);
            types.merge(form.type(), 1L, Long::sum);
            examples.putIfAbsent(
                    form.type(), text.length() > LONGEST_EXAMPLE ? text.substring(0, LONGEST_EXAMPLE) + "..." : text);
            patterns.merge(form.pattern(), 1L, Long::sum);
        }
    }

    /** The evidence of two columns of the same name together. */
    public static TextEvidence of(TextEvidence a, TextEvidence b) {
        TextEvidence both = new TextEvidence();
        for (TextEvidence part : new TextEvidence[] {a, b}) {
            part.types.forEach((type, count) -> both.types.merge(type, count, Long::sum));
            part.examples.forEach(both.examples::putIfAbsent);
            part.patterns.forEach((pattern, count) -> both.patterns.merge(pattern, count, Long::sum));
            part.markers.forEach((marker, count) -> both.markers.merge(marker, count, Long::sum));
            both.empty += part.empty;
        }
        return both;
    }

    /** The narrowest type of the values, null markers aside. */
    public ColumnType type() {
        ColumnType type = Plain.UNKNOWN;
        for (ColumnType seen : types.keySet()) {
            type = Widening.join(type, seen);
        }
        return type;
    }

    /** How often each marker of a missing value stands in the column. */
    public Map<String, Long> markers() {
        return Map.copyOf(markers);
    }

    /** The one format that all values have: empty for Hive's own and for texts, and when there are several. */
    public String pattern() {
        return patterns.size() == 1 ? patterns.keySet().iterator().next() : "";
    }

    /** Whether values of several formats stand in the column. */
    public boolean severalPatterns() {
        return patterns.size() > 1;
    }

    /** The evidence as a person reads it: {@code 20 bigint (66), 1 string (n.a.), 3 empty}. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        types.forEach((type, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(type.hive())
                .append(" ('")
                .append(examples.get(type))
                .append("')"));
        markers.forEach((marker, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(" null marker '")
                .append(marker)
                .append('\''));
        if (empty > 0) {
            text.append(text.isEmpty() ? "" : ", ").append(empty).append(" empty");
        }
        return text.isEmpty() ? "no values" : text.toString();
    }
}
