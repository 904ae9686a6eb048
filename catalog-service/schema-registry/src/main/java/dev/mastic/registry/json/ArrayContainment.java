package dev.mastic.registry.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import static dev.mastic.registry.json.Containment.refuse;

/** The part of {@link Containment} that is about arrays. */
final class ArrayContainment {
    private final Containment containment;

    ArrayContainment(Containment containment) {
        this.containment = containment;
    }

    boolean fits(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        boolean fits = Counts.fit(reader, writer, "Items", "arrays", place, reasons);
        BigDecimal most = writer.most("maxItems");
        if (Boolean.TRUE.equals(reader.get("uniqueItems"))
                && !writer.says("uniqueItems", true)
                && (most == null || most.compareTo(BigDecimal.ONE) > 0)) {
            fits = refuse(reasons, place, "writers may give the same element twice, the reader has uniqueItems");
        }
        return items(reader, writer, place, reasons) && contains(reader, writer, place, reasons) && fits;
    }

    private boolean items(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        boolean fits = true;
        BigDecimal most = writer.most("maxItems");
        int tuple = reader.isTuple() ? reader.schemas("items").size() : 0;
        int places = Math.max(tuple, writer.places());
        // The place after the last one with a schema of its own stands for all that follow.
        for (int i = 0; i <= places; i++) {
            SchemaNode item = reader.item(i);
            boolean there = most == null || most.compareTo(BigDecimal.valueOf(i)) > 0;
            if (item != null && there) {
                fits &= containment.fits(item, writer.item(i), place + "/items", reasons);
            }
            if (writer.item(i).isImpossible()) {
                break;
            }
        }
        return fits;
    }

    private boolean contains(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        SchemaNode wanted = reader.schema("contains");
        if (wanted == null) {
            return true;
        }
        for (SchemaNode node : writer.nodes()) {
            SchemaNode there = node.schema("contains");
            if (there != null && containment.fits(wanted, Conjunction.of(List.of(there)), place, new ArrayList<>())) {
                return true;
            }
        }
        boolean first = writer.least("minItems").signum() > 0
                && containment.fits(wanted, writer.item(0), place, new ArrayList<>());
        return first || refuse(reasons, place, "writers may give arrays without what the reader's contains asks for");
    }
}
