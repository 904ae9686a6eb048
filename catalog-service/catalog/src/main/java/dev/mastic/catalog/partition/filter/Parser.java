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
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import static dev.mastic.catalog.partition.filter.PartitionFilter.invalid;

/** Reads tokens as a condition on partition keys and checks its literals. OR binds less than AND, AND less than NOT. */
final class Parser {
    private static final int DEEPEST = 200;
    private static final Map<String, Operator> OPERATORS = Map.of(
            "=", Operator.EQUAL,
            "<>", Operator.NOT_EQUAL,
            "!=", Operator.NOT_EQUAL,
            "<", Operator.LESS,
            "<=", Operator.LESS_OR_EQUAL,
            ">", Operator.GREATER,
            ">=", Operator.GREATER_OR_EQUAL);

    private final List<Token> tokens;
    private final Keys keys;
    private int next;
    private int depth;

    Parser(List<Token> tokens, Keys keys) {
        this.tokens = tokens;
        this.keys = keys;
    }

    Condition parse() {
        Condition condition = or();
        if (peek().kind() != Token.Kind.END) {
            throw expected("AND, OR or the end");
        }
        return condition;
    }

    private Condition or() {
        return chain("or", this::and, Or::new);
    }

    private Condition and() {
        return chain("and", this::unary, And::new);
    }

    private Condition chain(String word, Supplier<Condition> part, Function<List<Condition>, Condition> join) {
        Condition first = part.get();
        if (!peek().isWord(word)) {
            return first;
        }
        List<Condition> conditions = new ArrayList<>(List.of(first));
        while (takeWord(word)) {
            conditions.add(part.get());
        }
        return join.apply(conditions);
    }

    private Condition unary() {
        Token start = peek();
        if (++depth > DEEPEST) {
            throw invalid(start.position(), "More than " + DEEPEST + " levels of parentheses and NOT");
        }
        Condition condition;
        if (takeWord("not")) {
            condition = new Not(unary());
        } else if (takeSymbol("(")) {
            condition = or();
            require(")", "AND, OR or )");
        } else {
            condition = test();
        }
        depth--;
        return condition;
    }

    private Condition test() {
        Token name = peek();
        if (name.kind() != Token.Kind.WORD && name.kind() != Token.Kind.QUOTED_NAME) {
            throw expected("a partition key");
        }
        next++;
        Key key = keys.find(name);
        Token token = peek();
        Operator operator = token.kind() == Token.Kind.SYMBOL ? OPERATORS.get(token.text()) : null;
        if (operator != null) {
            next++;
            return comparison(key, operator);
        }
        if (takeWord("is")) {
            boolean negated = takeWord("not");
            if (!takeWord("null")) {
                throw expected(negated ? "NULL" : "NULL or NOT NULL");
            }
            return negated(negated, new IsNull(key));
        }
        boolean negated = takeWord("not");
        Condition condition = listOrRangeOrPattern(key);
        if (condition == null) {
            throw expected(negated ? "IN, BETWEEN or LIKE" : "an operator (= <> < <= > >= IN BETWEEN LIKE IS)");
        }
        return negated(negated, condition);
    }

    private static Condition negated(boolean negated, Condition condition) {
        return negated ? new Not(condition) : condition;
    }

    private Condition comparison(Key key, Operator operator) {
        boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        if (equality && takeNullValue()) {
            return negated(operator == Operator.NOT_EQUAL, new IsNull(key));
        }
        return new Comparison(key, operator, literal(key));
    }

    private @Nullable Condition listOrRangeOrPattern(Key key) {
        Token token = peek();
        if (takeWord("in")) {
            return list(key);
        }
        if (takeWord("between")) {
            String low = literal(key);
            if (!takeWord("and")) {
                throw expected("AND");
            }
            return new Between(key, low, literal(key));
        }
        if (takeWord("like")) {
            if (key.type() != KeyType.TEXT) {
                throw invalid(token.position(), key.type().family() + " data type doesn't support operation 'LIKE'");
            }
            Token pattern = peek();
            if (pattern.kind() != Token.Kind.STRING) {
                throw expected("a pattern in single quotes");
            }
            next++;
            return new Like(key, pattern.text());
        }
        return null;
    }

    private Condition list(Key key) {
        require("(", "(");
        List<String> values = new ArrayList<>();
        boolean orNull = false;
        do {
            if (takeNullValue()) {
                orNull = true;
            } else {
                values.add(literal(key));
            }
        } while (takeSymbol(","));
        require(")", ", or )");
        if (!orNull) {
            return new In(key, values);
        }
        IsNull isNull = new IsNull(key);
        return values.isEmpty() ? isNull : new Or(List.of(new In(key, values), isNull));
    }

    /** Takes Hive's mark of a null, if it is next. */
    private boolean takeNullValue() {
        boolean taken = peek().kind() == Token.Kind.STRING && peek().text().equals(Key.NULL_VALUE);
        if (taken) {
            next++;
        }
        return taken;
    }

    private String literal(Key key) {
        Token token = peek();
        KeyType type = key.type();
        boolean fits = true;
        if (token.kind() == Token.Kind.WORD && tokens.get(next + 1).kind() == Token.Kind.STRING) {
            boolean date = token.isWord("date");
            if (!date && !token.isWord("timestamp")) {
                throw expected("a number or a value in single quotes");
            }
            fits = type == KeyType.TIMESTAMP || (date && type == KeyType.DATE);
            next++;
            token = peek();
        } else if (!isPlainLiteral(token, type)) {
            throw expected("a number or a value in single quotes");
        }
        Token value = token;
        String sortKey = fits ? type.sortKey(value.text()).orElse(null) : null;
        if (sortKey == null) {
            throw invalid(
                    value.position(),
                    value.shown() + " is not a valid " + type.literal() + " for partition key '" + key.name()
                            + "' of type " + key.declared());
        }
        next++;
        return type == KeyType.TEXT ? value.text() : sortKey;
    }

    private static boolean isPlainLiteral(Token token, KeyType type) {
        return token.kind() == Token.Kind.STRING
                || token.kind() == Token.Kind.NUMBER
                || (type == KeyType.BOOLEAN && token.kind() == Token.Kind.WORD);
    }

    private Token peek() {
        return tokens.get(next);
    }

    private boolean takeWord(String word) {
        boolean taken = peek().isWord(word);
        if (taken) {
            next++;
        }
        return taken;
    }

    private boolean takeSymbol(String symbol) {
        boolean taken = peek().isSymbol(symbol);
        if (taken) {
            next++;
        }
        return taken;
    }

    private void require(String symbol, String shown) {
        if (!takeSymbol(symbol)) {
            throw expected(shown);
        }
    }

    private InvalidInputException expected(String what) {
        return invalid(peek().position(), "Expected " + what + ", found " + peek().shown());
    }
}
