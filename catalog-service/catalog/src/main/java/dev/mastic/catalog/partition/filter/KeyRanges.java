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
import dev.mastic.catalog.partition.filter.Spread.Cut;
import dev.mastic.catalog.partition.filter.Spread.Range;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
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
    private final Spread spread;
    private final boolean scattered;
    private final @Nullable List<String> only;

    private KeyRanges(int key, Spread spread, boolean scattered, @Nullable List<String> only) {
        this.key = key;
        this.spread = spread;
        this.scattered = scattered;
        this.only = only;
    }

    /** Of a condition on one key. */
    static Optional<KeyRanges> of(Condition condition) {
        List<Key> keys = parts(condition).map(KeyRanges::key).distinct().toList();
        int index = keys.get(0).index();
        if (keys.stream().anyMatch(key -> key.index() != index) || index > INDEXED_KEYS) {
            return Optional.empty();
        }
        boolean scattered = keys.get(0).type() == KeyType.TEXT
                && parts(condition).anyMatch(part -> part instanceof Like like && !isBeginning(like.pattern()));
        Spread spread = spread(condition, false);
        if (spread == null) {
            // Null is neither like nor unlike a pattern.
            spread = new Spread(List.of(new Range(null, null)), parts(condition).anyMatch(IsNull.class::isInstance));
        }
        return spread.ranges().size() > MOST_RANGES
                ? Optional.empty()
                : Optional.of(new KeyRanges(index, spread, scattered, null));
    }

    /**
     * A query for the sort keys that can fulfil a condition of which the ranges hold much more, as a pattern that begins
     * with a wildcard: it goes from value to value in the key's index, however many partitions have each.
     *
     * @param table id of the table
     * @param filter SQL of the condition over a row {@code p}
     * @param filterParameters of the filter
     * @param afterKeys sort keys of the last partition of the page before; empty at the start
     * @param most values to see
     * @return empty when ranges say it all
     */
    Optional<ValuesQuery> values(
            long table, String filter, List<String> filterParameters, List<@Nullable String> afterKeys, int most) {
        String last = afterKeys.isEmpty() ? "" : afterKeys.get(key - 1);
        if (!scattered || last == null || spread.ranges().isEmpty()) {
            return Optional.empty();
        }
        Cut low = spread.ranges().get(0).low();
        Cut high = spread.ranges().get(spread.ranges().size() - 1).high();
        String column = "p.keys[" + key + "]";
        String partition =
                "select p.keys, p.values from catalog.partition p where p.table_id = ? and cardinality(p.keys) >= "
                        + key + " and " + column + " is not null and "
                        + (high == null ? "" : column + (high.behind() ? " <= " : " < ") + "cast(? as text) and ")
                        + column;
        List<Object> parameters = new ArrayList<>(List.of(table));
        Optional.ofNullable(high).map(Cut::text).ifPresent(parameters::add);
        parameters.add(low != null && low.isAbove(last) ? low.text() : last);
        parameters.add(table);
        Optional.ofNullable(high).map(Cut::text).ifPresent(parameters::add);
        parameters.addAll(filterParameters);
        String order = " order by " + column + ", p.values limit 1";
        // Of a longer text the sort key is not the whole.
        String sql = "with recursive seen as ((" + partition + " >= cast(? as text)" + order + ") union all"
                + " select n.keys, n.values from seen s cross join lateral (" + partition + " > s.keys[" + key + "]"
                + order + ") n) select count(*), array_agg(" + column + ") filter (where char_length(" + column
                + ") >= "
                + KeyType.LONGEST_TEXT + " or " + filter + ") from (select * from seen limit " + most + ") p";
        return Optional.of(new ValuesQuery(sql, parameters));
    }

    /** These, of which only some sort keys are left. */
    KeyRanges only(List<String> sortKeys) {
        return new KeyRanges(key, spread, false, sortKeys);
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
            for (Range range : only != null && only.isEmpty() ? List.<Range>of() : spread.ranges()) {
                if (last != null && range.high() != null && !range.high().isAbove(last)) {
                    continue;
                }
                List<Object> parameters = new ArrayList<>();
                StringBuilder sql = new StringBuilder(indexed).append(column).append(" is not null");
                if (only != null) {
                    sql.append(" and ").append(column).append(" = any(cast(? as text[]))");
                    parameters.add(only.toArray(String[]::new));
                }
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
        if (spread.nulls()) {
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

    /** Those that are about a key. */
    private static Stream<Condition> parts(Condition condition) {
        if (condition instanceof Or or) {
            return or.conditions().stream().flatMap(KeyRanges::parts);
        } else if (condition instanceof And and) {
            return and.conditions().stream().flatMap(KeyRanges::parts);
        } else if (condition instanceof Not not) {
            return parts(not.condition());
        }
        return Stream.of(condition);
    }

    private static Key key(Condition part) {
        if (part instanceof Comparison comparison) {
            return comparison.key();
        } else if (part instanceof In in) {
            return in.key();
        } else if (part instanceof Between between) {
            return between.key();
        } else if (part instanceof Like like) {
            return like.key();
        } else if (part instanceof IsNull isNull) {
            return isNull.key();
        }
        throw new IllegalStateException("No key of " + part);
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
            return negated ? notLike(like.pattern()) : like(like.pattern());
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
        String start = beginning(pattern);
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

    /** Known only of a pattern that is a beginning, or a whole text: others keep some of what begins alike. */
    private static @Nullable Spread notLike(String pattern) {
        String start = beginning(pattern);
        if (!isBeginning(pattern)) {
            return null;
        }
        if (start.equals(pattern)) {
            return compared(Operator.NOT_EQUAL, start);
        }
        Spread below = Spread.of(null, new Cut(start, false));
        return CodePoints.afterAllThatStartWith(start)
                .map(end -> below.or(Spread.of(new Cut(end, false), null)))
                .orElse(below);
    }

    /** Whether what is like it is a range of sort keys. */
    private static boolean isBeginning(String pattern) {
        String start = beginning(pattern);
        return !start.isEmpty()
                && start.codePointCount(0, start.length()) < KeyType.LONGEST_TEXT
                && pattern.substring(start.length()).chars().allMatch(c -> c == '%');
    }

    private static String beginning(String pattern) {
        return pattern.replaceFirst("(?s)[%_].*", "");
    }
}
