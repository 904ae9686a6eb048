package dev.mastic.spark.plan;

import dev.mastic.job.Expression;
import dev.mastic.job.SortKey;
import dev.mastic.spark.read.HiveTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Expressions of the DSL as columns of Spark, for one step's input rows. */
final class Columns {
    private final ColumnNames names;

    Columns(ColumnNames names) {
        this.names = names;
    }

    /** A column of the input by its name, which must be there. */
    Column named(String name) {
        return names.column(name);
    }

    Column of(SortKey key) {
        Column value = of(key.value());
        boolean nullsFirst = key.nulls() == SortKey.Nulls.FIRST;
        return switch (key.direction()) {
            case ASCENDING -> nullsFirst ? value.asc_nulls_first() : value.asc_nulls_last();
            case DESCENDING -> nullsFirst ? value.desc_nulls_first() : value.desc_nulls_last();
        };
    }

    Column[] keys(List<SortKey> keys) {
        return keys.stream().map(this::of).toArray(Column[]::new);
    }

    Column of(Expression expression) {
        if (expression instanceof Expression.Column column) {
            return names.column(column.name());
        }
        if (expression instanceof Expression.Literal literal) {
            return functions.lit(value(literal));
        }
        if (expression instanceof Expression.Binary binary) {
            return binary(binary);
        }
        if (expression instanceof Expression.Not not) {
            return functions.not(of(not.condition()));
        }
        if (expression instanceof Expression.IsNull isNull) {
            return of(isNull.value()).isNull();
        }
        if (expression instanceof Expression.In in) {
            return of(in.value()).isin(in.options().stream().map(this::of).toArray());
        }
        if (expression instanceof Expression.Like like) {
            return of(like.value()).like(like.pattern());
        }
        if (expression instanceof Expression.Cast cast) {
            return of(cast.value()).cast(HiveTypes.toSpark(cast.type(), "cast(\"" + cast.type() + "\")"));
        }
        if (expression instanceof Expression.TryCast cast) {
            return of(cast.value()).try_cast(HiveTypes.toSpark(cast.type(), "tryCast(\"" + cast.type() + "\")"));
        }
        if (expression instanceof Expression.Member member) {
            return of(member.struct()).getField(member.field());
        }
        if (expression instanceof Expression.Call call) {
            return call(call);
        }
        if (expression instanceof Expression.Case choice) {
            return choice(choice);
        }
        return functions.expr(((Expression.Sql) expression).text());
    }

    static @Nullable Object value(Expression.Literal literal) {
        String text = literal.text();
        return switch (literal.type()) {
            case "void" -> null;
            case "string" -> text;
            case "int" -> Integer.valueOf(text);
            case "bigint" -> Long.valueOf(text);
            case "double" -> Double.valueOf(text);
            case "boolean" -> Boolean.valueOf(text);
            case "decimal" -> new BigDecimal(text);
            case "date" -> LocalDate.parse(text);
            case "timestamp" -> Instant.parse(text);
            default -> throw new IllegalArgumentException("A constant cannot be of type " + literal.type());
        };
    }

    private Column binary(Expression.Binary binary) {
        Column left = of(binary.left());
        Column right = of(binary.right());
        return switch (binary.operator()) {
            case EQUAL -> left.equalTo(right);
            case NULL_SAFE_EQUAL -> left.eqNullSafe(right);
            case NOT_EQUAL -> left.notEqual(right);
            case GREATER -> left.gt(right);
            case GREATER_OR_EQUAL -> left.geq(right);
            case LESS -> left.lt(right);
            case LESS_OR_EQUAL -> left.leq(right);
            case AND -> left.and(right);
            case OR -> left.or(right);
            case PLUS -> left.plus(right);
            case MINUS -> left.minus(right);
            case TIMES -> left.multiply(right);
            case DIVIDED_BY -> left.divide(right);
            case MODULO -> left.mod(right);
        };
    }

    /** All functions of the DSL bear the name that Spark knows them by. */
    private Column call(Expression.Call call) {
        List<Column> arguments = call.arguments().stream().map(this::of).toList();
        return functions.call_function(call.function().sqlName(), arguments.toArray(Column[]::new));
    }

    private Column choice(Expression.Case choice) {
        Expression.Branch first = choice.branches().get(0);
        Column result = functions.when(of(first.condition()), of(first.value()));
        for (Expression.Branch branch :
                choice.branches().subList(1, choice.branches().size())) {
            result = result.when(of(branch.condition()), of(branch.value()));
        }
        return result.otherwise(of(choice.otherwise()));
    }
}
