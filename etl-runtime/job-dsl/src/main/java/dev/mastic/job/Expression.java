package dev.mastic.job;

import java.util.Arrays;
import java.util.List;

/**
 * A value computed for each row: typed data, not code, so that it can be drawn, stored and run by any engine. Made by
 * the static methods of {@link Dsl}. Methods that take an {@code Object} accept an expression or a constant (see {@link
 * Dsl#lit}); null never equals anything, as in SQL. Immutable.
 */
public sealed interface Expression {

    /** The value of a column; {@code a.b} is field b of the struct a. */
    record Column(String name) implements Expression {
        public Column {
            Names.column(name);
        }
    }

    /**
     * A constant.
     *
     * @param type Hive's word for its type: {@code string}, {@code int}, {@code bigint}, {@code double}, {@code boolean},
     *     {@code decimal}, {@code date}, {@code timestamp} or {@code void} for null
     * @param text the value as text, empty for null
     */
    record Literal(String type, String text) implements Expression {
        public Literal {
            text = Constants.canonical(type, text);
        }

        static Expression of(Object value) {
            return Constants.of(value);
        }
    }

    /** Two values joined by an operator. */
    record Binary(BinaryOperator operator, Expression left, Expression right) implements Expression {}

    /** The opposite of a condition. */
    record Not(Expression condition) implements Expression {}

    /** Whether a value is null. */
    record IsNull(Expression value) implements Expression {}

    /** Whether a value is one of some. */
    record In(Expression value, List<Expression> options) implements Expression {
        public In {
            options = List.copyOf(options);
            if (options.isEmpty()) {
                throw new IllegalArgumentException("in() needs at least one option");
            }
        }
    }

    /** Whether a text matches a pattern in which {@code %} is any text and {@code _} any character. */
    record Like(Expression value, String pattern) implements Expression {}

    /** A value as another type, in Hive's words; a text that is no such value fails the run. */
    record Cast(Expression value, String type) implements Expression {
        public Cast {
            new Field("cast", type);
        }
    }

    /** A value as another type, in Hive's words; null where it is no such value. */
    record TryCast(Expression value, String type) implements Expression {
        public TryCast {
            new Field("try_cast", type);
        }
    }

    /** A field of a struct. */
    record Member(Expression struct, String field) implements Expression {
        public Member {
            Names.column(field);
        }
    }

    /** A function of other values. */
    record Call(Function function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
            function.check(arguments);
        }

        /** The arguments as those of the function's method of {@link Dsl}. */
        public List<Object> words() {
            return function.signature().words(arguments);
        }
    }

    /** The value of the first branch whose condition holds, else the last value. */
    record Case(List<Branch> branches, Expression otherwise) implements Expression {
        public Case {
            branches = List.copyOf(branches);
            if (branches.isEmpty()) {
                throw new IllegalArgumentException("A choice has no branch; begin it by when(condition, value)");
            }
        }
    }

    /** The way out: an expression in Spark's SQL. */
    record Sql(String text) implements Expression {
        public Sql {
            if (text.isBlank()) {
                throw new IllegalArgumentException("expr(\"\") is empty");
            }
        }
    }

    /** One branch of a {@link Case}. */
    record Branch(Expression condition, Expression value) {}

    default Expression eq(Object other) {
        return binary(BinaryOperator.EQUAL, other);
    }

    default Expression notEq(Object other) {
        return binary(BinaryOperator.NOT_EQUAL, other);
    }

    default Expression gt(Object other) {
        return binary(BinaryOperator.GREATER, other);
    }

    /** Greater than or equal. */
    default Expression ge(Object other) {
        return binary(BinaryOperator.GREATER_OR_EQUAL, other);
    }

    default Expression lt(Object other) {
        return binary(BinaryOperator.LESS, other);
    }

    /** Less than or equal. */
    default Expression le(Object other) {
        return binary(BinaryOperator.LESS_OR_EQUAL, other);
    }

    default Expression and(Expression other) {
        return binary(BinaryOperator.AND, other);
    }

    default Expression or(Expression other) {
        return binary(BinaryOperator.OR, other);
    }

    default Expression plus(Object other) {
        return binary(BinaryOperator.PLUS, other);
    }

    default Expression minus(Object other) {
        return binary(BinaryOperator.MINUS, other);
    }

    default Expression times(Object other) {
        return binary(BinaryOperator.TIMES, other);
    }

    /** Division; of two whole numbers too it is not rounded, and by zero it fails the run. */
    default Expression dividedBy(Object other) {
        return binary(BinaryOperator.DIVIDED_BY, other);
    }

    /** The remainder of a division. */
    default Expression modulo(Object other) {
        return binary(BinaryOperator.MODULO, other);
    }

    default Expression isNull() {
        return new IsNull(this);
    }

    default Expression isNotNull() {
        return new Not(new IsNull(this));
    }

    /** Whether this is one of the options. */
    default Expression in(Object... options) {
        return new In(this, Arrays.stream(options).map(Dsl::lit).toList());
    }

    /** Whether this text matches a pattern in which {@code %} is any text and {@code _} any character. */
    default Expression like(String pattern) {
        return new Like(this, pattern);
    }

    /** This value as another type, in Hive's words: {@code date}, {@code decimal(10,2)}. */
    default Expression cast(String type) {
        return new Cast(this, type);
    }

    /** This value as another type, in Hive's words; null where it is no such value. */
    default Expression tryCast(String type) {
        return new TryCast(this, type);
    }

    /** Whether this is neither less than one value nor greater than the other. */
    default Expression between(Object least, Object greatest) {
        return ge(least).and(le(greatest));
    }

    /** Whether both are equal or both are null. */
    default Expression eqNullSafe(Object other) {
        return binary(BinaryOperator.NULL_SAFE_EQUAL, other);
    }

    /** A field of this struct. */
    default Expression member(String field) {
        return new Member(this, field);
    }

    /** The expression as text for people; it reads as SQL. */
    default String describe() {
        return GraphText.of(this);
    }

    private Expression binary(BinaryOperator operator, Object other) {
        return new Binary(operator, this, Dsl.lit(other));
    }
}
