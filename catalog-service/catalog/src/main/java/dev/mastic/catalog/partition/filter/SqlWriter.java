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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes one condition as SQL that the indexes on the sort keys can answer: NOT is moved down to the comparisons, and what
 * excludes values is written as the ranges between them. Keys become positions and values parameters: no text of the
 * caller gets into the SQL.
 */
final class SqlWriter {
    /** More ranges than this cost more to plan than they save. */
    private static final int MOST_RANGES = 32;

    /** In the order in which the SQL has them: it is written from left to right. */
    private final List<String> parameters = new ArrayList<>();

    CompiledFilter write(Condition condition) {
        ValuesRange range = ValuesRange.of(condition);
        String low = range.low().isEmpty() ? "" : "p.values >= " + array(range.low()) + " and ";
        String high = range.high().isEmpty() ? "" : "p.values < " + array(range.high()) + " and ";
        String sql = "(" + low + high + sql(condition, false) + ")";
        return new CompiledFilter(sql, parameters, KeyRanges.of(condition));
    }

    private String array(List<String> values) {
        return values.stream().map(this::parameter).collect(Collectors.joining(", ", "array[", "]"));
    }

    private String sql(Condition condition, boolean negated) {
        if (condition instanceof Or or) {
            return join(or.conditions(), negated ? " and " : " or ", negated);
        } else if (condition instanceof And and) {
            return join(and.conditions(), negated ? " or " : " and ", negated);
        } else if (condition instanceof Not not) {
            return sql(not.condition(), !negated);
        } else if (condition instanceof Comparison comparison) {
            Operator operator = negated ? comparison.operator().opposite() : comparison.operator();
            return comparison(comparison.key(), operator, comparison.value());
        } else if (condition instanceof In in) {
            return negated ? notIn(in.key(), in.values()) : in(in.key(), in.values());
        } else if (condition instanceof Between between) {
            return between(between, negated);
        } else if (condition instanceof Like like) {
            return negated
                    ? "(" + text(like.key()) + " not like " + parameter(like.pattern()) + " escape '')"
                    : like(like.key(), like.pattern());
        } else if (condition instanceof IsNull isNull) {
            return isNull(isNull.key(), negated);
        }
        throw new IllegalStateException("No SQL for " + condition);
    }

    private String join(List<Condition> conditions, String word, boolean negated) {
        return conditions.stream()
                .map(condition -> sql(condition, negated))
                .collect(Collectors.joining(word, "(", ")"));
    }

    private String comparison(Key key, Operator operator, String value) {
        if (operator == Operator.NOT_EQUAL) {
            return notIn(key, List.of(value));
        }
        return test(key, compared(key, value) + " " + operator.sql() + " " + parameter(value));
    }

    private String between(Between between, boolean negated) {
        Key key = between.key();
        String low = comparison(key, negated ? Operator.LESS : Operator.GREATER_OR_EQUAL, between.low());
        String high = comparison(key, negated ? Operator.GREATER : Operator.LESS_OR_EQUAL, between.high());
        return "(" + low + (negated ? " or " : " and ") + high + ")";
    }

    private String in(Key key, List<String> values) {
        Map<String, List<String>> byExpression = values.stream()
                .collect(Collectors.groupingBy(value -> compared(key, value), LinkedHashMap::new, Collectors.toList()));
        return byExpression.entrySet().stream()
                .map(some -> test(
                        key,
                        some.getValue().stream()
                                .map(this::parameter)
                                .collect(Collectors.joining(", ", some.getKey() + " in (", ")"))))
                .collect(Collectors.joining(" or ", "(", ")"));
    }

    private String notIn(Key key, List<String> values) {
        List<String> ordered =
                values.stream().distinct().sorted(CodePoints.ORDER).toList();
        if (ordered.size() > MOST_RANGES || ordered.stream().anyMatch(value -> isLong(key, value))) {
            return ordered.stream()
                    .map(value -> test(key, compared(key, value) + " <> " + parameter(value)))
                    .collect(Collectors.joining(" and ", "(", ")"));
        }
        String sortKey = sortKey(key);
        List<String> ranges = new ArrayList<>();
        ranges.add(test(key, sortKey + " < " + parameter(ordered.get(0))));
        for (int i = 1; i < ordered.size(); i++) {
            String above = sortKey + " > " + parameter(ordered.get(i - 1));
            ranges.add(test(key, above + " and " + sortKey + " < " + parameter(ordered.get(i))));
        }
        ranges.add(test(key, sortKey + " > " + parameter(ordered.get(ordered.size() - 1))));
        return String.join(" or ", ranges).transform(all -> "(" + all + ")");
    }

    private String like(Key key, String pattern) {
        String start = pattern.replaceFirst("(?s)[%_].*", "");
        String range = "";
        if (!start.isEmpty()) {
            String prefix = KeyType.TEXT.sortKey(start).orElseThrow();
            String low = sortKey(key) + " >= " + parameter(prefix) + " and ";
            range = low
                    + CodePoints.afterAllThatStartWith(prefix)
                            .map(end -> sortKey(key) + " < " + parameter(end) + " and ")
                            .orElse("");
        }
        return test(key, range + text(key) + " like " + parameter(pattern) + " escape ''");
    }

    private static String isNull(Key key, boolean negated) {
        return negated
                ? "(" + text(key) + " is not null)"
                : test(key, sortKey(key) + " is null and " + text(key) + " is null");
    }

    /** With the predicate of the key's partial index, which every partition of the table fulfils. */
    private static String test(Key key, String sql) {
        return "(cardinality(p.keys) >= " + key.index() + " and " + sql + ")";
    }

    /** What a value is compared with: the sort key, unless a text is so long that the sort key does not hold it all. */
    private static String compared(Key key, String value) {
        return isLong(key, value) ? text(key) + " collate \"C\"" : sortKey(key);
    }

    private static boolean isLong(Key key, String value) {
        return key.type() == KeyType.TEXT && value.codePointCount(0, value.length()) >= KeyType.LONGEST_TEXT;
    }

    private static String sortKey(Key key) {
        return "p.keys[" + key.index() + "]";
    }

    /** A value as it is stored; Hive's mark of a null is null. */
    private static String text(Key key) {
        return "nullif(p.values[" + key.index() + "], '" + Key.NULL_VALUE + "')";
    }

    private String parameter(String value) {
        parameters.add(value);
        return "cast(? as text)";
    }
}
