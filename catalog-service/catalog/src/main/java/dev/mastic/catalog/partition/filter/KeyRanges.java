package dev.mastic.catalog.partition.filter;

import dev.mastic.catalog.partition.filter.Condition.And;
import dev.mastic.catalog.partition.filter.Condition.Between;
import dev.mastic.catalog.partition.filter.Condition.Comparison;
import dev.mastic.catalog.partition.filter.Condition.In;
import dev.mastic.catalog.partition.filter.Condition.IsNull;
import dev.mastic.catalog.partition.filter.Condition.Like;
import dev.mastic.catalog.partition.filter.Condition.Not;
import dev.mastic.catalog.partition.filter.Condition.Operator;
import dev.mastic.catalog.partition.filter.Condition.Or;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where on one key the partitions of a condition lie, when it speaks of that key alone: ranges of sort keys, which may hold
 * more than the condition, never less. Read one after the other in the order of the key's index, they need no estimate of
 * how many partitions there are: PostgreSQL knows how values are spread over all tables, not over one.
 */
final class KeyRanges {
    /** As many keys have an index. */
    private static final int INDEXED_KEYS = 6;

    /** Each is a query of its own. */
    private static final int MOST_RANGES = 32;

    private final int key;
    private final List<Range> ranges;
    private final boolean nulls;

    private KeyRanges(int key, Spread spread) {
        this.key = key;
        this.ranges = spread.ranges();
        this.nulls = spread.nulls();
    }

    /** Of a condition on one key whose bounds are known. */
    static Optional<KeyRanges> of(Condition condition) {
        List<Integer> keys = keys(condition).distinct().toList();
        if (keys.size() > 1 || keys.get(0) > INDEXED_KEYS) {
            return Optional.empty();
        }
        return Optional.ofNullable(spread(condition, false))
                .filter(spread -> spread.ranges().size() <= MOST_RANGES)
                .map(spread -> new KeyRanges(keys.get(0), spread));
    }

    /** What a query on {@code catalog.partition p} is ordered by, within each of the {@link #slices}. */
    String order() {
        return "p.keys[" + key + "], p.values";
    }

    /**
     * Conditions that select the partitions behind one, in the order of the pages: first all of the first slice, then
     * those of the second, and so on.
     *
     * @param after values of the last partition of the page before, as an array for JDBC; null at the start
     * @param afterKeys its sort keys
     */
    List<Slice> slices(String @Nullable [] after, List<@Nullable String> afterKeys) {
        String column = "p.keys[" + key + "]";
        String indexed = "cardinality(p.keys) >= " + key + " and ";
        String last = after == null ? null : afterKeys.get(key - 1);
        List<Slice> slices = new ArrayList<>();
        if (after == null || last != null) {
            for (Range range : ranges) {
                if (last != null && range.high() != null && !range.high().isAbove(last)) {
                    continue;
                }
                List<Object> parameters = new ArrayList<>();
                StringBuilder sql = new StringBuilder(indexed).append(column).append(" is not null");
                if (range.low() != null) {
                    sql.append(" and ")
                            .append(column)
                            .append(range.low().behind() ? " > " : " >= ")
                            .append("cast(? as text)");
                    parameters.add(range.low().text());
                }
                if (range.high() != null) {
                    sql.append(" and ")
                            .append(column)
                            .append(range.high().behind() ? " <= " : " < ")
                            .append("cast(? as text)");
                    parameters.add(range.high().text());
                }
                if (after != null
                        && last != null
                        && (range.low() == null || !range.low().isAbove(last))) {
                    sql.append(" and (").append(column).append(", p.values) > (cast(? as text), cast(? as text[]))");
                    parameters.add(last);
                    parameters.add(after);
                }
                slices.add(new Slice(sql.toString(), parameters));
            }
        }
        if (nulls) {
            boolean within = after != null && last == null;
            slices.add(new Slice(
                    indexed + column + " is null" + (within ? " and p.values > cast(? as text[])" : ""),
                    within ? List.of((Object) Objects.requireNonNull(after)) : List.of()));
        }
        return slices;
    }

    /**
     * One of the conditions that are asked one after the other.
     *
     * @param sql over a row {@code p} of {@code catalog.partition}, with a {@code ?} for each parameter
     * @param parameters texts, and arrays of texts
     */
    record Slice(String sql, List<Object> parameters) {
        /** Copies the parameters. */
        Slice {
            parameters = List.copyOf(parameters);
        }
    }

    private static Stream<Integer> keys(Condition condition) {
        if (condition instanceof Or or) {
            return or.conditions().stream().flatMap(KeyRanges::keys);
        } else if (condition instanceof And and) {
            return and.conditions().stream().flatMap(KeyRanges::keys);
        } else if (condition instanceof Not not) {
            return keys(not.condition());
        } else if (condition instanceof Comparison comparison) {
            return Stream.of(comparison.key().index());
        } else if (condition instanceof In in) {
            return Stream.of(in.key().index());
        } else if (condition instanceof Between between) {
            return Stream.of(between.key().index());
        } else if (condition instanceof Like like) {
            return Stream.of(like.key().index());
        } else if (condition instanceof IsNull isNull) {
            return Stream.of(isNull.key().index());
        }
        throw new IllegalStateException("No keys of " + condition);
    }

    /** Null when it is not known. */
    private static @Nullable Spread spread(Condition condition, boolean negated) {
        if (condition instanceof Or or) {
            return negated ? intersection(or.conditions(), true) : union(or.conditions(), false);
        } else if (condition instanceof And and) {
            return negated ? union(and.conditions(), true) : intersection(and.conditions(), false);
        } else if (condition instanceof Not not) {
            return spread(not.condition(), !negated);
        } else if (condition instanceof Comparison comparison) {
            Operator operator = negated ? comparison.operator().opposite() : comparison.operator();
            return isShort(comparison.key(), comparison.value()) ? compared(operator, comparison.value()) : null;
        } else if (condition instanceof In in) {
            return in.values().stream().allMatch(value -> isShort(in.key(), value)) ? in(in.values(), negated) : null;
        } else if (condition instanceof Between between) {
            if (!isShort(between.key(), between.low()) || !isShort(between.key(), between.high())) {
                return null;
            }
            return negated
                    ? compared(Operator.LESS, between.low()).or(compared(Operator.GREATER, between.high()))
                    : compared(Operator.GREATER_OR_EQUAL, between.low())
                            .and(compared(Operator.LESS_OR_EQUAL, between.high()));
        } else if (condition instanceof Like like) {
            return negated ? null : like(like.pattern());
        } else if (condition instanceof IsNull) {
            // What is not of the key's type has no sort key either, and is not null.
            return negated ? null : new Spread(List.of(), true);
        }
        throw new IllegalStateException("No spread of " + condition);
    }

    private static boolean isShort(Key key, String value) {
        return key.type() != KeyType.TEXT || value.codePointCount(0, value.length()) < KeyType.LONGEST_TEXT;
    }

    private static @Nullable Spread union(List<Condition> conditions, boolean negated) {
        Spread all = Spread.NOTHING;
        for (Condition condition : conditions) {
            Spread one = spread(condition, negated);
            if (one == null) {
                return null;
            }
            all = all.or(one);
        }
        return all;
    }

    /** Of those that are known: the others can only make it smaller. */
    private static @Nullable Spread intersection(List<Condition> conditions, boolean negated) {
        return conditions.stream()
                .map(condition -> spread(condition, negated))
                .filter(Objects::nonNull)
                .reduce(Spread::and)
                .orElse(null);
    }

    private static Spread compared(Operator operator, String value) {
        Cut before = new Cut(value, false);
        Cut behind = new Cut(value, true);
        return switch (operator) {
            case EQUAL -> Spread.of(before, behind);
            case NOT_EQUAL -> Spread.of(null, before).or(Spread.of(behind, null));
            case LESS -> Spread.of(null, before);
            case LESS_OR_EQUAL -> Spread.of(null, behind);
            case GREATER -> Spread.of(behind, null);
            case GREATER_OR_EQUAL -> Spread.of(before, null);
        };
    }

    private static Spread in(List<String> values, boolean negated) {
        Operator operator = negated ? Operator.NOT_EQUAL : Operator.EQUAL;
        return values.stream()
                .map(value -> compared(operator, value))
                .reduce(negated ? Spread::and : Spread::or)
                .orElse(Spread.NOTHING);
    }

    private static @Nullable Spread like(String pattern) {
        String start = pattern.replaceFirst("(?s)[%_].*", "");
        if (start.isEmpty()) {
            return null;
        }
        String prefix = KeyType.TEXT.sortKey(start).orElseThrow();
        return Spread.of(
                new Cut(prefix, false),
                CodePoints.afterAllThatStartWith(prefix)
                        .map(end -> new Cut(end, false))
                        .orElse(null));
    }

    /** A place between texts: before one, or right behind it. */
    private record Cut(String text, boolean behind) {
        static final Comparator<Cut> ORDER =
                Comparator.comparing(Cut::text, CodePoints.ORDER).thenComparing(Cut::behind);

        boolean isAbove(String other) {
            int order = CodePoints.ORDER.compare(text, other);
            return order > 0 || order == 0 && behind;
        }
    }

    /** From a cut to another; null is no bound. */
    private record Range(@Nullable Cut low, @Nullable Cut high) {
        static final Comparator<@Nullable Cut> LOWS = Comparator.nullsFirst(Cut.ORDER);
        static final Comparator<@Nullable Cut> HIGHS = Comparator.nullsLast(Cut.ORDER);

        boolean isEmpty() {
            return low != null && high != null && Cut.ORDER.compare(low, high) >= 0;
        }

        /** Whether the next one in the order of lows begins before this one ends, or where it ends. */
        boolean touches(Range next) {
            return high == null || next.low == null || Cut.ORDER.compare(next.low, high) <= 0;
        }
    }

    /** Ranges in order with gaps between them, and whether what has no sort key is in it. */
    private record Spread(List<Range> ranges, boolean nulls) {
        static final Spread NOTHING = new Spread(List.of(), false);

        static Spread of(@Nullable Cut low, @Nullable Cut high) {
            Range range = new Range(low, high);
            return range.isEmpty() ? NOTHING : new Spread(List.of(range), false);
        }

        Spread or(Spread other) {
            List<Range> ordered = Stream.concat(ranges.stream(), other.ranges.stream())
                    .sorted(Comparator.comparing(Range::low, Range.LOWS))
                    .toList();
            List<Range> joined = new ArrayList<>();
            for (Range range : ordered) {
                Range last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
                if (last != null && last.touches(range)) {
                    Cut high = Range.HIGHS.compare(last.high(), range.high()) < 0 ? range.high() : last.high();
                    joined.set(joined.size() - 1, new Range(last.low(), high));
                } else {
                    joined.add(range);
                }
            }
            return new Spread(joined, nulls || other.nulls);
        }

        Spread and(Spread other) {
            List<Range> common = new ArrayList<>();
            for (Range one : ranges) {
                for (Range two : other.ranges) {
                    Cut low = Range.LOWS.compare(one.low(), two.low()) < 0 ? two.low() : one.low();
                    Cut high = Range.HIGHS.compare(one.high(), two.high()) < 0 ? one.high() : two.high();
                    Range range = new Range(low, high);
                    if (!range.isEmpty()) {
                        common.add(range);
                    }
                }
            }
            return new Spread(common, nulls && other.nulls);
        }
    }
}
