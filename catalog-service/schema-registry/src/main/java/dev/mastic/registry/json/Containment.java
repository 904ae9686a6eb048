package dev.mastic.registry.json;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Shows that whatever one schema accepts another accepts too. It is a proof, or it is refused: no sample of values is
 * tried. Recursive schemas are compared by assuming what is being shown, which holds since values are finite and checked
 * schemas judge parts of a value before they come back to themselves. Choosing among a writer's alternatives is no such
 * descent, so a question also counts the choices that are left. Not thread-safe; one per comparison.
 */
final class Containment {
    private final Budget budget = new Budget();
    private final Instances instances = new Instances(budget);
    private final Emptiness emptiness = new Emptiness(budget, instances);
    private final Set<Question> asked = new HashSet<>();

    private Containment() {}

    /** Schemas are told apart by their places, which is quicker than by their texts and as finite. */
    private record Question(Place reader, List<Place> writer, Set<Kind> kinds, int choices) {
        static Question of(SchemaNode reader, Conjunction writer) {
            List<Place> nodes =
                    writer.nodes().stream().map(node -> new Place(node.raw())).toList();
            return new Question(new Place(reader.raw()), nodes, writer.kinds(), writer.choices());
        }
    }

    private record Place(Object raw) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place place && place.raw == raw;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(raw);
        }
    }

    /** Why a reader may refuse what a writer's schema accepts; empty when it refuses nothing. */
    static List<String> reasons(SchemaNode reader, SchemaNode writer) {
        List<String> reasons = new ArrayList<>();
        try {
            new Containment().fits(reader, Conjunction.of(List.of(writer)), "#", reasons);
        } catch (Budget.SpentException e) {
            return List.of(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            return List.of("The schemas are nested too deeply to be compared");
        }
        return reasons;
    }

    /** Whether the reader accepts all of the writer's values; if not, reasons are added. */
    boolean fits(SchemaNode schema, Conjunction writer, String place, List<String> reasons) {
        budget.step();
        SchemaNode reader = schema.resolved();
        if (reader.isTrue() || writer.isImpossible() || says(writer, reader)) {
            return true;
        }
        Question question = Question.of(reader, writer);
        if (!asked.add(question)) {
            return true;
        }
        try {
            return shown(reader, writer, place, reasons);
        } finally {
            asked.remove(question);
        }
    }

    private static boolean says(Conjunction writer, SchemaNode reader) {
        for (SchemaNode node : writer.nodes()) {
            boolean sameMeaning = node.document() == reader.document()
                    || (node.document().draft() == reader.document().draft() && reader.isSelfContained());
            if (sameMeaning && node.raw().equals(reader.raw())) {
                return true;
            }
        }
        return false;
    }

    private boolean shown(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        if (reader.isFalse()) {
            return emptiness.isEmpty(writer) || refuse(reasons, place, "the reader accepts nothing here");
        }
        List<@Nullable Object> values = writer.values(instances);
        if (values != null) {
            return values(reader, values, place, reasons);
        }
        List<String> direct = new ArrayList<>();
        if (whole(reader, writer, place, direct)) {
            return true;
        }
        if (emptiness.isEmpty(writer)) {
            return true;
        }
        List<Conjunction> cases = writer.cases();
        boolean chooses = reader.has("anyOf") || reader.has("oneOf");
        if (cases.isEmpty() && chooses && writer.kinds().size() > 1) {
            cases = writer.byKind();
        }
        if (cases.isEmpty()) {
            reasons.addAll(direct);
            return false;
        }
        for (Conjunction one : cases) {
            if (!fits(reader, one, place, reasons)) {
                return false;
            }
        }
        return true;
    }

    private boolean values(SchemaNode reader, List<@Nullable Object> values, String place, List<String> reasons) {
        boolean fits = true;
        for (Object value : values) {
            Answer answer = instances.accepts(reader, value);
            if (answer != Answer.YES) {
                fits = refuse(
                        reasons,
                        place,
                        "the reader " + (answer == Answer.NO ? "does not accept" : "may not accept") + " the value "
                                + value);
            }
        }
        return fits;
    }

    private boolean whole(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        boolean fits = kinds(reader, writer, place, reasons);
        if (writer.has(Kind.INTEGER) || writer.has(Kind.FRACTION)) {
            fits &= numbers(reader, writer, place, reasons);
        }
        if (writer.has(Kind.STRING)) {
            fits &= strings(reader, writer, place, reasons);
        }
        if (writer.has(Kind.ARRAY)) {
            fits &= new ArrayContainment(this).fits(reader, writer, place, reasons);
        }
        if (writer.has(Kind.OBJECT)) {
            fits &= new ObjectContainment(this, instances).fits(reader, writer, place, reasons);
        }
        for (SchemaNode part : reader.schemas("allOf")) {
            fits &= fits(part, writer, place, reasons);
        }
        return fits && choices(reader, writer, place, reasons);
    }

    private boolean kinds(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        boolean fits = true;
        Set<Kind> accepted = reader.kinds();
        for (Kind kind : writer.kinds()) {
            if (!accepted.contains(kind)) {
                fits = refuse(
                        reasons,
                        place,
                        "writers may give a value of type " + kind.type() + "; the reader accepts "
                                + reader.get("type"));
            }
        }
        if (reader.values() != null) {
            fits = refuse(reasons, place, "the reader accepts " + reader.values() + " alone, writers may give more");
        }
        return fits;
    }

    private static boolean numbers(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        boolean fits = true;
        SchemaNode.Bound lower = reader.bound("minimum", "exclusiveMinimum");
        SchemaNode.Bound from = writer.lower();
        if (lower != null && (from == null || !within(from, lower, from.value().compareTo(lower.value())))) {
            fits = refuse(reasons, place, "writers may give numbers below the reader's minimum " + lower.value());
        }
        SchemaNode.Bound upper = reader.bound("maximum", "exclusiveMaximum");
        SchemaNode.Bound to = writer.upper();
        if (upper != null && (to == null || !within(to, upper, upper.value().compareTo(to.value())))) {
            fits = refuse(reasons, place, "writers may give numbers above the reader's maximum " + upper.value());
        }
        BigDecimal multiple = reader.number("multipleOf");
        if (multiple != null) {
            boolean whole = !writer.has(Kind.FRACTION)
                    && BigDecimal.ONE.remainder(multiple).signum() == 0;
            boolean multiples = writer.nodes().stream()
                    .map(node -> node.number("multipleOf"))
                    .anyMatch(
                            other -> other != null && other.remainder(multiple).signum() == 0);
            if (!whole && !multiples) {
                fits = refuse(reasons, place, "writers may give numbers that are no multiples of " + multiple);
            }
        }
        return fits;
    }

    private static boolean within(SchemaNode.Bound written, SchemaNode.Bound read, int order) {
        return order > 0 || (order == 0 && (!read.exclusive() || written.exclusive()));
    }

    private static boolean strings(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        boolean fits = Counts.fit(reader, writer, "Length", "texts", place, reasons);
        for (String keyword : List.of("pattern", "format")) {
            String wanted = reader.text(keyword);
            if (wanted != null && !writer.says(keyword, wanted)) {
                fits = refuse(reasons, place, "writers may give texts without the reader's " + keyword + " " + wanted);
            }
        }
        return fits;
    }

    private boolean choices(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        return any(reader, writer, place, reasons)
                && one(reader, writer, place, reasons)
                && not(reader, writer, place, reasons)
                && condition(reader, writer, place, reasons);
    }

    private boolean any(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        List<SchemaNode> branches = reader.schemas("anyOf");
        if (branches.isEmpty() || saysSame(reader, writer, "anyOf")) {
            return true;
        }
        List<String> tried = new ArrayList<>();
        for (SchemaNode branch : branches) {
            if (fits(branch, writer, place + "/anyOf", tried)) {
                return true;
            }
        }
        return refuse(
                reasons,
                place,
                "no single branch of the reader's anyOf accepts all that writers may give: "
                        + String.join("; ", tried));
    }

    private boolean one(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        List<SchemaNode> branches = reader.schemas("oneOf");
        if (branches.isEmpty() || saysSame(reader, writer, "oneOf")) {
            return true;
        }
        List<String> tried = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            if (fits(branches.get(i), writer, place + "/oneOf", tried)) {
                if (isAlone(branches, i, writer)) {
                    return true;
                }
                tried.add("more than one branch may accept the same value");
            }
        }
        return refuse(
                reasons,
                place,
                "it cannot be shown that just one branch of the reader's oneOf accepts what writers" + " may give: "
                        + String.join("; ", tried));
    }

    private boolean isAlone(List<SchemaNode> branches, int index, Conjunction writer) {
        for (int i = 0; i < branches.size(); i++) {
            if (i != index && !emptiness.isEmpty(writer.and(List.of(branches.get(i))))) {
                return false;
            }
        }
        return true;
    }

    private static boolean saysSame(SchemaNode reader, Conjunction writer, String keyword) {
        Object value = reader.get(keyword);
        for (SchemaNode node : writer.nodes()) {
            boolean sameMeaning = node.document() == reader.document()
                    || (node.document().draft() == reader.document().draft() && reader.isSelfContained());
            if (sameMeaning && value != null && value.equals(node.get(keyword))) {
                return true;
            }
        }
        return false;
    }

    private boolean not(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        SchemaNode refused = reader.schema("not");
        if (refused == null || emptiness.isEmpty(writer.and(List.of(refused)))) {
            return true;
        }
        for (SchemaNode node : writer.nodes()) {
            SchemaNode refusedBefore = node.schema("not");
            if (refusedBefore != null
                    && fits(refusedBefore, Conjunction.of(List.of(refused)), place, new ArrayList<>())) {
                return true;
            }
        }
        return refuse(reasons, place, "writers may give values that the reader's not refuses");
    }

    private boolean condition(SchemaNode reader, Conjunction writer, String place, List<String> reasons) {
        SchemaNode condition = reader.schema("if");
        if (condition == null || saysCondition(reader, writer)) {
            return true;
        }
        SchemaNode then = reader.schema("then");
        SchemaNode otherwise = reader.schema("else");
        List<String> tried = new ArrayList<>();
        boolean fitsThen = then == null || fits(then, writer.and(List.of(condition)), place + "/then", tried);
        boolean fitsElse = otherwise == null
                || fits(condition, writer, place + "/if", new ArrayList<>())
                || fits(otherwise, writer, place + "/else", tried);
        return (fitsThen && fitsElse)
                || refuse(
                        reasons,
                        place,
                        "it cannot be shown that writers keep the reader's if, then and else: "
                                + String.join("; ", tried));
    }

    /** Whether one of the writer's schemas has the same if, then and else. */
    private static boolean saysCondition(SchemaNode reader, Conjunction writer) {
        return reader.isSelfContained()
                && writer.nodes().stream()
                        .filter(node ->
                                node.document().draft() == reader.document().draft())
                        .anyMatch(node -> List.of("if", "then", "else").stream()
                                .allMatch(keyword -> Objects.equals(node.get(keyword), reader.get(keyword))));
    }

    /** Adds a reason; always false. */
    static boolean refuse(List<String> reasons, String place, String reason) {
        reasons.add("at " + place + ": " + reason);
        return false;
    }
}
