package dev.mastic.catalog.partition.filter;

import dev.mastic.catalog.partition.filter.Condition.And;
import dev.mastic.catalog.partition.filter.Condition.Between;
import dev.mastic.catalog.partition.filter.Condition.Comparison;
import dev.mastic.catalog.partition.filter.Condition.In;
import dev.mastic.catalog.partition.filter.Condition.IsNull;
import dev.mastic.catalog.partition.filter.Condition.Like;
import dev.mastic.catalog.partition.filter.Condition.Not;
import dev.mastic.catalog.partition.filter.Condition.Or;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes one condition as SQL. With bounds of its values that
 * an index can find; keys become positions and values parameters: no text of the caller gets into the SQL. */
final class SqlWriter {
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    CompiledFilter write(Condition condition) {
        String sql = sql(condition);
        ValuesRange range = ValuesRange.of(condition);
        String low = range.low().isEmpty() ? "" : "p.values >= " + array(range.low()) + " and ";
        String high = range.high().isEmpty() ? "" : "p.values < " + array(range.high()) + " and ";
        String bounds = low + high;
        return new CompiledFilter(bounds.isEmpty() ? sql : "(" + bounds + sql + ")", parameters);
    }

    private String array(List<String> values) {
        return values.stream()
                .map(value -> parameter(value, KeyType.TEXT))
                .collect(Collectors.joining(", ", "array[", "]"));
    }

    private String sql(Condition condition) {
        if (condition instanceof Or or) {
            return join(or.conditions(), " or ");
        } else if (condition instanceof And and) {
            return join(and.conditions(), " and ");
        } else if (condition instanceof Not not) {
            return "(not " + sql(not.condition()) + ")";
        } else if (condition instanceof Comparison comparison) {
            Key key = comparison.key();
            return "(" + value(key) + " " + comparison.operator().sql() + " " + parameter(key, comparison.value())
                    + ")";
        } else if (condition instanceof In in) {
            return in.values().stream()
                    .map(value -> parameter(in.key(), value))
                    .collect(Collectors.joining(", ", "(" + value(in.key()) + " in (", "))"));
        } else if (condition instanceof Between between) {
            Key key = between.key();
            return "(" + value(key) + " between " + parameter(key, between.low()) + " and "
                    + parameter(key, between.high()) + ")";
        } else if (condition instanceof Like like) {
            return "(" + value(like.key()) + " like " + parameter(like.key(), like.pattern()) + " escape '')";
        } else if (condition instanceof IsNull isNull) {
            return "(" + text(isNull.key()) + " is null)";
        }
        throw new IllegalStateException("No SQL for " + condition);
    }

    private String join(List<Condition> conditions, String word) {
        return conditions.stream().map(this::sql).collect(Collectors.joining(word, "(", ")"));
    }

    /** A value as it is stored; Hive's mark of a null is null. */
    private static String text(Key key) {
        return "nullif(p.values[" + key.index() + "], '" + Key.NULL_VALUE + "')";
    }

    /** A value in its key's type; null if it is not of the type, which Hive's mark of a null never is. */
    private static String value(Key key) {
        String text = "p.values[" + key.index() + "]";
        return switch (key.type()) {
            case TEXT -> text(key) + " collate \"C\"";
            case INTEGER -> "catalog.try_bigint(" + text + ")";
            case DECIMAL -> "catalog.try_decimal(" + text + ")";
            case DATE -> "catalog.try_date(" + text + ")";
            case TIMESTAMP -> "catalog.try_timestamp(" + text + ") collate \"C\"";
            case BOOLEAN -> "case lower(" + text + ") when 'true' then true when 'false' then false end";
        };
    }

    private String parameter(Key key, String value) {
        return parameter(value, key.type());
    }

    private String parameter(String value, KeyType type) {
        String name = "f" + (parameters.size() + 1);
        parameters.put(name, value);
        return "cast(:" + name + " as " + type.sqlType() + ")";
    }
}
