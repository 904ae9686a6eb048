package dev.mastic.crawler.partition;

import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.FileFormat;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.Widening;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How alike two lists of columns are, to tell whether files belong to one table. */
final class Similarity {
    /** Share of the columns that must be common. */
    private static final double LEAST_COMMON = 0.7;

    /** The same where records leave out fields that have no value, and their place says that they belong together. */
    private static final double LEAST_COMMON_OPTIONAL = 0.5;

    private static final Set<String> OPTIONAL_FIELDS = Set.of("json", "bson", "ion", "xml");

    private Similarity() {}

    /** Against which list the common columns are counted. */
    enum Measure {
        /** The shorter: a file may lack columns or have new ones, when its place says that it belongs to the table. */
        SHORTER,
        /** The longer: nothing but the columns speaks for one table. */
        LONGER
    }

    static boolean similar(FileFormat format, List<ColumnProfile> a, List<ColumnProfile> b, Measure measure) {
        if (!readableTogether(format, a, b)) {
            return false;
        }
        Map<String, ColumnProfile> byKey = byKey(b);
        long common = a.stream()
                .filter(column -> {
                    ColumnProfile other = byKey.get(column.key());
                    return other != null && (format.named() || sameKind(column, other));
                })
                .count();
        int size = measure == Measure.SHORTER ? Math.min(a.size(), b.size()) : Math.max(a.size(), b.size());
        double least = measure == Measure.SHORTER && OPTIONAL_FIELDS.contains(format.classification())
                ? LEAST_COMMON_OPTIONAL
                : LEAST_COMMON;
        return size == 0 || common >= least * size;
    }

    /** Whether one table can hold both at all: formats with fixed types need types that one reads as the other. */
    static boolean readableTogether(FileFormat format, List<ColumnProfile> a, List<ColumnProfile> b) {
        if (!format.fixedTypes()) {
            return true;
        }
        Map<String, ColumnProfile> byKey = byKey(b);
        return a.stream().allMatch(column -> {
            ColumnProfile other = byKey.get(column.key());
            return other == null
                    || Widening.readableAs(column.type(), Widening.join(column.type(), other.type()))
                            && Widening.readableAs(other.type(), Widening.join(column.type(), other.type()));
        });
    }

    private static boolean sameKind(ColumnProfile a, ColumnProfile b) {
        return a.type().equals(b.type())
                || a.type() == Plain.UNKNOWN
                || b.type() == Plain.UNKNOWN
                || Widening.join(a.type(), b.type()) != Plain.STRING;
    }

    private static Map<String, ColumnProfile> byKey(List<ColumnProfile> columns) {
        return columns.stream().collect(Collectors.toMap(ColumnProfile::key, Function.identity(), (x, y) -> x));
    }
}
