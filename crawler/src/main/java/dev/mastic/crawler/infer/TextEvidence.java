package dev.mastic.crawler.infer;

import dev.mastic.crawler.infer.ColumnType.Decimal;
import dev.mastic.crawler.infer.ColumnType.Plain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the texts of one column look like, counted. Evidence of several files is added up, so that neither the order of the
 * files nor how they are grouped matters. Not thread-safe while it is being filled.
 */
public final class TextEvidence {
    /** Of so many values, and not of fewer, a few may be of another form without changing the column's type. */
    public static final int LEAST_VALUES = 100;

    /** Share of the values that may be of another form. */
    public static final double MOST_OUTLIERS = 0.01;

    private static final int LONGEST_EXAMPLE = 60;
    private static final int MOST_PATTERNS = 100;

    private final Map<ColumnType, Long> types = new TreeMap<>(Comparator.comparing(ColumnType::hive));
    private final Map<ColumnType, String> examples = new TreeMap<>(Comparator.comparing(ColumnType::hive));
    private final Map<String, Long> patterns = new TreeMap<>();
    private final Map<String, Long> markers = new TreeMap<>();
    private long empty;
    private long codes;
    private long padded;
    /** Digits behind the point of fractions that a double holds. */
    private int scale;

    /** Fractions with exponents, and those that are no number: no decimal holds them. */
    private long inexact;

    /** Counts one text as engines see it, blanks around it among it. */
    public void add(String raw) {
        String text = raw.strip();
        if (text.isEmpty()) {
            empty++;
        } else if (TextForm.NULL_MARKERS.contains(text)) {
            markers.merge(text, 1L, Long::sum);
        } else {
            TextForm form = TextForm.of(text);
            types.merge(form.type(), 1L, Long::sum);
            examples.merge(form.type(), shown(text), TextEvidence::shorter);
            if (patterns.size() < MOST_PATTERNS) {
                patterns.merge(form.pattern(), 1L, Long::sum);
            }
            if (form.type() == Plain.DOUBLE) {
                fraction(text);
            }
            codes += TextForm.code(text) ? 1 : 0;
            padded += text.length() < raw.length() && form.type() != Plain.STRING ? 1 : 0;
        }
    }

    private void fraction(String text) {
        int point = text.indexOf('.');
        boolean plain = text.chars().noneMatch(Character::isLetter);
        inexact += plain ? 0 : 1;
        scale = Math.max(scale, plain && point >= 0 ? text.length() - point - 1 : 0);
    }

    private static String shown(String text) {
        return text.length() > LONGEST_EXAMPLE ? text.substring(0, LONGEST_EXAMPLE) + "..." : text;
    }

    /** One of two examples, whichever comes first. */
    private static String shorter(String a, String b) {
        return a.length() < b.length() || (a.length() == b.length() && a.compareTo(b) <= 0) ? a : b;
    }

    /** The evidence of two columns of the same name together. */
    public static TextEvidence of(TextEvidence a, TextEvidence b) {
        TextEvidence both = new TextEvidence();
        for (TextEvidence part : new TextEvidence[] {a, b}) {
            part.types.forEach((type, count) -> both.types.merge(type, count, Long::sum));
            part.examples.forEach((type, example) -> both.examples.merge(type, example, TextEvidence::shorter));
            part.patterns.forEach((pattern, count) -> both.patterns.merge(pattern, count, Long::sum));
            part.markers.forEach((marker, count) -> both.markers.merge(marker, count, Long::sum));
            both.empty += part.empty;
            both.codes += part.codes;
            both.scale = Math.max(both.scale, part.scale);
            both.inexact += part.inexact;
            both.padded += part.padded;
        }
        return both;
    }

    /**
     * The narrowest type of the values, null markers aside. Of {@link #LEAST_VALUES} values or more, {@link #MOST_OUTLIERS}
     * may be of another form: engines read them as null, {@link #outliers()} counts them.
     */
    public ColumnType type() {
        return decide().type();
    }

    /** Values that the column's type does not hold. */
    public long outliers() {
        return decide().outliers();
    }

    private record Decision(ColumnType type, long outliers, List<ColumnType> others) {}

    private Decision decide() {
        ColumnType all = Plain.UNKNOWN;
        long values = 0;
        for (Map.Entry<ColumnType, Long> seen : types.entrySet()) {
            all = Widening.join(all, seen.getKey());
            values += seen.getValue();
        }
        if (padded > 0) {
            return new Decision(Plain.STRING, 0, List.of());
        }
        if (all == Plain.STRING && codes == 0 && values >= LEAST_VALUES) {
            Decision most = withoutOutliers();
            if (most.type() != Plain.STRING && most.outliers() <= MOST_OUTLIERS * values) {
                return new Decision(room(most.type()), most.outliers(), most.others());
            }
        }
        return new Decision(room(exact(all)), 0, List.of());
    }

    /** Amounts that a double would round beside some that it would not: all of them are exact as decimals. */
    private ColumnType exact(ColumnType all) {
        int most = scale;
        boolean exact = false;
        for (ColumnType type : types.keySet()) {
            if (type instanceof Decimal decimal) {
                exact = true;
                most = Math.max(most, decimal.scale());
            }
        }
        return all == Plain.DOUBLE && exact && inexact == 0 && most <= TextForm.DIGITS_OF_MONEY
                ? new Decimal(Decimal.MOST_DIGITS, most)
                : all;
    }

    /** The type of the most common values and of all that fit to them. */
    private Decision withoutOutliers() {
        List<Map.Entry<ColumnType, Long>> common = new ArrayList<>(types.entrySet());
        common.sort(Map.Entry.<ColumnType, Long>comparingByValue().reversed());
        ColumnType type = Plain.UNKNOWN;
        long outliers = 0;
        List<ColumnType> others = new ArrayList<>();
        for (Map.Entry<ColumnType, Long> seen : common) {
            ColumnType joined = Widening.join(type, seen.getKey());
            if (joined == Plain.STRING && type != Plain.UNKNOWN) {
                outliers += seen.getValue();
                others.add(seen.getKey());
            } else {
                type = joined;
            }
        }
        return new Decision(type, outliers, others);
    }

    /** Files that were not read may have longer numbers: a decimal gets all digits that engines have. */
    private static ColumnType room(ColumnType type) {
        return type instanceof Decimal decimal ? new Decimal(Decimal.MOST_DIGITS, decimal.scale()) : type;
    }

    /** How often each marker of a missing value stands in the column. */
    public Map<String, Long> markers() {
        return Map.copyOf(markers);
    }

    /** The one format that all values have: empty for Hive's own and for texts, and when there are several. */
    public String pattern() {
        return DatePatterns.common(patterns.keySet());
    }

    /** Whether values of several formats stand in the column. */
    public boolean severalPatterns() {
        return patterns.size() > 1 && pattern().isEmpty();
    }

    /** The evidence as a person reads it: {@code 20 bigint ('66'), 1 string ('n.a.'), 3 empty}. */
    public String describe() {
        Decision decision = decide();
        StringBuilder text = new StringBuilder();
        List<Map.Entry<ColumnType, Long>> common = new ArrayList<>(types.entrySet());
        common.sort(Map.Entry.<ColumnType, Long>comparingByValue().reversed());
        for (Map.Entry<ColumnType, Long> seen : common) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(seen.getValue())
                    .append(' ')
                    .append(seen.getKey().hive())
                    .append(" ('")
                    .append(examples.get(seen.getKey()))
                    .append("')");
        }
        markers.forEach((marker, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(" null marker '")
                .append(marker)
                .append('\''));
        if (empty > 0) {
            text.append(text.isEmpty() ? "" : ", ").append(empty).append(" empty");
        }
        if (decision.outliers() > 0) {
            text.append("; ")
                    .append(decision.outliers())
                    .append(decision.outliers() == 1 ? " value is no " : " values are no ")
                    .append(decision.type().hive())
                    .append(" and read as null");
        }
        if (padded > 0) {
            text.append("; string, because ")
                    .append(padded)
                    .append(" values have blanks around them, which no number may");
        }
        return text.isEmpty() ? "no values" : text.toString();
    }

    /** What does not fit the type, for a warning: {@code 1 of 200 values is no bigint ('n.a.')}; empty when all fit. */
    public String misfits() {
        Decision decision = decide();
        if (decision.outliers() == 0) {
            return "";
        }
        long values = types.values().stream().mapToLong(Long::longValue).sum();
        return decision.outliers() + " of " + values + " values "
                + (decision.outliers() == 1 ? "is" : "are") + " no "
                + decision.type().hive() + " ('"
                + examples.get(decision.others().get(0))
                + "') and read as null; correct them, or give the column the type string";
    }
}
