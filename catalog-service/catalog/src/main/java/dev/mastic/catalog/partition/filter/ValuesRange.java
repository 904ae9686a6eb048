package dev.mastic.catalog.partition.filter;

import dev.mastic.catalog.partition.filter.Condition.And;
import dev.mastic.catalog.partition.filter.Condition.Between;
import dev.mastic.catalog.partition.filter.Condition.Comparison;
import dev.mastic.catalog.partition.filter.Condition.In;
import dev.mastic.catalog.partition.filter.Condition.IsNull;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Bounds, in the order of the index on partitions, of all values for which a condition can hold: what its first keys
 * must be, as far as it says so. They hold more than the condition at times, never less.
 *
 * @param low first values that a partition may have; empty for no bound
 * @param high first values that a partition may no longer have; empty for no bound
 */
record ValuesRange(List<String> low, List<String> high) {
    /** The least text above another is that text with this; U+0000 is in no value. */
    private static final String NEXT = "\u0001";

    private static final Bounds NONE = new Bounds(0, null, null);

    /** Copies. */
    ValuesRange {
        low = List.copyOf(low);
        high = List.copyOf(high);
    }

    /** The bounds of a condition. */
    static ValuesRange of(Condition condition) {
        List<Bounds> all = conjuncts(condition).map(ValuesRange::bounds).toList();
        List<String> prefix = new ArrayList<>();
        while (true) {
            int index = prefix.size() + 1;
            Bounds key = all.stream()
                    .filter(bounds -> bounds.index() == index)
                    .reduce(new Bounds(index, null, null), Bounds::and);
            String low = key.low();
            String high = key.high();
            if (low == null || !(low + NEXT).equals(high)) {
                return new ValuesRange(low == null ? prefix : with(prefix, low), above(prefix, high));
            }
            prefix.add(low);
        }
    }

    private static List<String> above(List<String> prefix, @Nullable String high) {
        if (high != null) {
            return with(prefix, high);
        }
        if (prefix.isEmpty()) {
            return List.of();
        }
        int last = prefix.size() - 1;
        return with(prefix.subList(0, last), prefix.get(last) + NEXT);
    }

    private static List<String> with(List<String> prefix, String value) {
        List<String> values = new ArrayList<>(prefix);
        values.add(value);
        return values;
    }

    private static Stream<Condition> conjuncts(Condition condition) {
        return condition instanceof And and
                ? and.conditions().stream().flatMap(ValuesRange::conjuncts)
                : Stream.of(condition);
    }

    /**
     * Bounds of one key.
     *
     * @param index of the key, counted from 1; 0 for no bounds
     * @param low least value; null for no bound
     * @param high least value that is too large; null for no bound
     */
    private record Bounds(
            int index, @Nullable String low, @Nullable String high) {
        Bounds and(Bounds other) {
            String narrowerLow =
                    low == null || (other.low != null && CodePoints.precedes(low, other.low)) ? other.low : low;
            String narrowerHigh =
                    high == null || (other.high != null && CodePoints.precedes(other.high, high)) ? other.high : high;
            return new Bounds(index, narrowerLow, narrowerHigh);
        }
    }

    private static Bounds bounds(Condition condition) {
        // A partition made before its table got one more key has no value for it, which is null too: not for the first.
        if (condition instanceof IsNull isNull && isNull.key().index() == 1) {
            return exactly(isNull.key(), Key.NULL_VALUE);
        } else if (condition instanceof Comparison comparison && isOrderedAsStored(comparison.key())) {
            Key key = comparison.key();
            String value = comparison.value();
            return switch (comparison.operator()) {
                case EQUAL -> exactly(key, value);
                case NOT_EQUAL -> NONE;
                case LESS -> new Bounds(key.index(), null, value);
                case LESS_OR_EQUAL -> new Bounds(key.index(), null, value + NEXT);
                case GREATER, GREATER_OR_EQUAL -> new Bounds(key.index(), value, null);
            };
        } else if (condition instanceof Between between && isOrderedAsStored(between.key())) {
            return new Bounds(between.key().index(), between.low(), between.high() + NEXT);
        } else if (condition instanceof In in && isOrderedAsStored(in.key())) {
            String first = in.values().stream()
                    .reduce((a, b) -> CodePoints.precedes(a, b) ? a : b)
                    .orElseThrow();
            String last = in.values().stream()
                    .reduce((a, b) -> CodePoints.precedes(a, b) ? b : a)
                    .orElseThrow();
            return new Bounds(in.key().index(), first, last + NEXT);
        }
        return NONE;
    }

    private static Bounds exactly(Key key, String value) {
        return new Bounds(key.index(), value, value + NEXT);
    }

    /** A text is its value; a date has one spelling alone, which sorts as dates do. Others have many spellings. */
    private static boolean isOrderedAsStored(Key key) {
        return key.type() == KeyType.TEXT || key.type() == KeyType.DATE;
    }
}
