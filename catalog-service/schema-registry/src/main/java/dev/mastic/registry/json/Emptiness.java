package dev.mastic.registry.json;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Shows that no value is valid under schemas that hold together. Not thread-safe. */
final class Emptiness {
    private static final int DEEPEST = 12;

    private final Budget budget;
    private final Instances instances;

    Emptiness(Budget budget, Instances instances) {
        this.budget = budget;
        this.instances = instances;
    }

    /** Whether it can be shown that nothing is valid; false when it cannot. */
    boolean isEmpty(Conjunction schemas) {
        return isEmpty(schemas, 0);
    }

    private boolean isEmpty(Conjunction schemas, int depth) {
        budget.step();
        if (schemas.isImpossible()) {
            return true;
        }
        if (depth > DEEPEST) {
            return false;
        }
        List<@Nullable Object> values = schemas.values(instances);
        if (values != null && values.isEmpty()) {
            return true;
        }
        Set<Kind> possible = EnumSet.copyOf(schemas.kinds());
        if (numbersCross(schemas)) {
            possible.remove(Kind.INTEGER);
            possible.remove(Kind.FRACTION);
        }
        removeIfCrossing(possible, Kind.STRING, schemas, "Length");
        removeIfCrossing(possible, Kind.ARRAY, schemas, "Items");
        removeIfCrossing(possible, Kind.OBJECT, schemas, "Properties");
        boolean impossibleProperty = possible.contains(Kind.OBJECT)
                && schemas.required().stream().anyMatch(name -> isEmpty(schemas.property(name), depth + 1));
        if (impossibleProperty) {
            possible.remove(Kind.OBJECT);
        }
        if (possible.isEmpty()) {
            return true;
        }
        List<Conjunction> cases = schemas.cases();
        return !cases.isEmpty() && cases.stream().allMatch(one -> isEmpty(one, depth + 1));
    }

    private static boolean numbersCross(Conjunction schemas) {
        SchemaNode.Bound lower = schemas.lower();
        SchemaNode.Bound upper = schemas.upper();
        if (lower == null || upper == null) {
            return false;
        }
        int order = lower.value().compareTo(upper.value());
        return order > 0 || (order == 0 && (lower.exclusive() || upper.exclusive()));
    }

    private static void removeIfCrossing(Set<Kind> possible, Kind kind, Conjunction schemas, String what) {
        BigDecimal most = schemas.most("max" + what);
        if (most != null && schemas.least("min" + what).compareTo(most) > 0) {
            possible.remove(kind);
        }
    }
}
