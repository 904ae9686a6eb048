package dev.mastic.catalog.partition.filter;

import java.util.List;

/** A checked expression. Values are sort keys of the key's type; those of a text are the whole text. */
sealed interface Condition {
    /** How many there are is at least two. */
    record Or(List<Condition> conditions) implements Condition {
        /** Copies. */
        public Or {
            conditions = List.copyOf(conditions);
        }
    }

    /** How many there are is at least two. */
    record And(List<Condition> conditions) implements Condition {
        /** Copies. */
        public And {
            conditions = List.copyOf(conditions);
        }
    }

    record Not(Condition condition) implements Condition {}

    record Comparison(Key key, Operator operator, String value) implements Condition {}

    record In(Key key, List<String> values) implements Condition {
        /** Copies. */
        public In {
            values = List.copyOf(values);
        }
    }

    record Between(Key key, String low, String high) implements Condition {}

    record Like(Key key, String pattern) implements Condition {}

    record IsNull(Key key) implements Condition {}

    enum Operator {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String sql;

        Operator(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }

        /** What holds for two values, neither of them null, when this does not. */
        Operator opposite() {
            return switch (this) {
                case EQUAL -> NOT_EQUAL;
                case NOT_EQUAL -> EQUAL;
                case LESS -> GREATER_OR_EQUAL;
                case LESS_OR_EQUAL -> GREATER;
                case GREATER -> LESS_OR_EQUAL;
                case GREATER_OR_EQUAL -> LESS;
            };
        }
    }
}
