package dev.mastic.registry.json;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static dev.mastic.registry.json.Containment.refuse;

/** The part of {@link Containment} that is about objects. */
final class ObjectContainment {
    private final Containment containment;
    private final Instances instances;

    ObjectContainment(Containment containment, Instances instances) {
        this.containment = containment;
        this.instances = instances;
    }

    boolean fits(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        boolean fits = Counts.fit(reader, writer, "Properties", "objects with properties", place, reasons);
        Set<String> given = writer.required();
        for (String name : reader.texts("required")) {
            if (!given.contains(name)) {
                fits = refuse(reasons, place, "the reader requires property " + name + ", which writers may leave out");
            }
        }
        fits &= named(reader, writer, place, reasons);
        fits &= matching(reader, writer, place, reasons);
        fits &= additional(reader, writer, place, reasons);
        fits &= names(reader, writer, place, reasons);
        return dependencies(reader, writer, place, reasons) && fits;
    }

    private boolean named(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        boolean fits = true;
        Set<String> given = writer.propertyNames();
        Set<String> names = new LinkedHashSet<>(reader.named("properties").keySet());
        names.addAll(given);
        for (String name : names) {
            Properties.Found wanted = Properties.of(reader, name);
            Conjunction there = writer.property(name);
            if (!wanted.isCertain() && !there.isImpossible()) {
                fits = refuse(
                        reasons,
                        place,
                        "it cannot be told which patternProperties of the reader property " + name + " matches");
            }
            boolean mentioned = given.contains(name);
            for (SchemaNode schema : wanted.schemas()) {
                List<String> found = new ArrayList<>();
                if (!containment.fits(schema, there, place + "/properties/" + name, found)) {
                    fits = false;
                    reasons.addAll(found);
                    if (!mentioned) {
                        refuse(
                                reasons,
                                place,
                                "property " + name + " is new to the reader, and writers whose"
                                        + " additionalProperties are not false may have given it any value");
                    }
                }
            }
        }
        return fits;
    }

    private boolean matching(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        boolean fits = true;
        for (Map.Entry<String, SchemaNode> entry :
                reader.named("patternProperties").entrySet()) {
            fits &= containment.fits(
                    entry.getValue(),
                    writer.matching(entry.getKey()),
                    place + "/patternProperties/" + entry.getKey(),
                    reasons);
        }
        return fits;
    }

    private boolean additional(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        SchemaNode schema = reader.schema("additionalProperties");
        if (schema == null) {
            return true;
        }
        String there = place + "/additionalProperties";
        boolean fits = containment.fits(schema, writer.additional(), there, reasons);
        Set<String> patterns = new LinkedHashSet<>(writer.patterns());
        patterns.removeAll(reader.named("patternProperties").keySet());
        for (String pattern : patterns) {
            fits &= containment.fits(schema, writer.matching(pattern), there, reasons);
        }
        return fits;
    }

    private boolean names(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        SchemaNode wanted = reader.schema("propertyNames");
        if (wanted == null) {
            return true;
        }
        for (SchemaNode node : writer.nodes()) {
            SchemaNode there = node.schema("propertyNames");
            if (there != null && containment.fits(wanted, Conjunction.of(List.of(there)), place, new ArrayList<>())) {
                return true;
            }
        }
        boolean closed = writer.patterns().isEmpty() && writer.additional().isImpossible();
        boolean listed = closed
                && writer.propertyNames().stream().allMatch(name -> instances.accepts(wanted, name) == Answer.YES);
        return listed || refuse(reasons, place, "writers may give names that the reader's propertyNames refuses");
    }

    private boolean dependencies(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        boolean fits = true;
        if (reader.get("dependencies") instanceof Map<?, ?> dependencies) {
            for (Map.Entry<?, ?> entry : dependencies.entrySet()) {
                String name = String.valueOf(entry.getKey());
                if (!dependency(reader, name, entry.getValue(), writer, place)) {
                    fits = refuse(
                            reasons,
                            place,
                            "writers may give property " + name + " without what the reader's dependencies ask for");
                }
            }
        }
        return fits;
    }

    private boolean dependency(SchemaNode reader, String name, Object wanted, Conjunction writer, String place) {
        if (writer.property(name).isImpossible()) {
            return true;
        }
        if (!(wanted instanceof List<?> needed)) {
            return containment.fits(
                    new SchemaNode(reader.document(), wanted), dependent(writer, name), place, new ArrayList<>());
        }
        Set<Object> given = new LinkedHashSet<>(writer.required());
        for (SchemaNode node : writer.nodes()) {
            if (node.get("dependencies") instanceof Map<?, ?> there && there.get(name) instanceof List<?> names) {
                given.addAll(names);
            }
        }
        return given.containsAll(needed);
    }

    /** The writer's objects that have a property. */
    private static Conjunction dependent(Conjunction writer, String name) {
        List<SchemaNode> schemas = new ArrayList<>();
        for (SchemaNode node : writer.nodes()) {
            if (node.get("dependencies") instanceof Map<?, ?> there
                    && there.get(name) != null
                    && !(there.get(name) instanceof List<?>)) {
                schemas.add(new SchemaNode(node.document(), there.get(name)));
            }
        }
        return writer.and(schemas);
    }
}
