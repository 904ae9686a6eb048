package dev.mastic.registry.json;

import java.math.BigDecimal;
import java.util.List;

import static dev.mastic.registry.json.Containment.refuse;

/** The part of {@link Containment} that is about how long texts and arrays are, and how many properties objects have. */
final class Counts {
    private Counts() {}

    /** Compares {@code minX} and {@code maxX}. */
    static boolean fit(
            SchemaNode reader, Conjunction writer, String what, String name, String place, List<String> reasons) {
        boolean fits = true;
        BigDecimal least = reader.number("min" + what);
        BigDecimal writersLeast = writer.least("min" + what);
        if (what.equals("Properties")) {
            writersLeast = writersLeast.max(BigDecimal.valueOf(writer.required().size()));
        }
        if (least != null && writersLeast.compareTo(least) < 0) {
            fits = refuse(reasons, place, "writers may give " + name + " below the reader's min" + what + " " + least);
        }
        BigDecimal most = reader.number("max" + what);
        BigDecimal writersMost = writer.most("max" + what);
        boolean closed = what.equals("Properties")
                && writer.patterns().isEmpty()
                && writer.additional().isImpossible();
        if (closed) {
            BigDecimal possible = BigDecimal.valueOf(writer.propertyNames().size());
            writersMost = writersMost == null ? possible : writersMost.min(possible);
        }
        if (most != null && (writersMost == null || writersMost.compareTo(most) > 0)) {
            fits = refuse(reasons, place, "writers may give " + name + " above the reader's max" + what + " " + most);
        }
        return fits;
    }
}
