package dev.mastic.job;

import java.util.List;

/**
 * What becomes of a column that holds values of several types. Such a column is a text in which some values are numbers
 * and some are not, or a struct with a field for each type, named after it ({@code struct<int:int,string:string>}), of
 * which one has a value. Immutable.
 *
 * @param types in Hive's words
 */
public record Choice(String column, Action action, List<String> types) {
    public Choice {
        Names.column(column);
        types = Names.different("choice(\"" + column + "\")", types);
        types.forEach(type -> new Field(Names.column(column), type));
        boolean single = action == Action.CAST || action == Action.PROJECT;
        if (types.isEmpty() || single && types.size() > 1) {
            throw new IllegalArgumentException("choice(\"" + column + "\")." + action.word() + " needs "
                    + (single ? "one type, \"double\"" : "types, \"double\", \"string\"") + " for instance, found "
                    + types);
        }
    }

    /** How a choice is resolved. */
    public enum Action {
        /** One column of one type; null for values that cannot become it. */
        CAST("cast"),
        /** One column with the values that are of a type already; null for the others. */
        PROJECT("project"),
        /** A column for each type, {@code price_int} and {@code price_string}; each value is in the first that it fits. */
        MAKE_COLUMNS("makeColumns"),
        /** A struct with a field for each type; each value is in the first that it fits. */
        MAKE_STRUCT("makeStruct");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        /** The method of {@link Of}. */
        public String word() {
            return word;
        }
    }

    /** A choice of which the action is still to be said. */
    public static final class Of {
        private final String column;

        Of(String column) {
            this.column = column;
        }

        /** One column of one type; null for values that cannot become it. */
        public Choice cast(String type) {
            return new Choice(column, Action.CAST, List.of(type));
        }

        /** One column with the values that are of a type already; null for the others. */
        public Choice project(String type) {
            return new Choice(column, Action.PROJECT, List.of(type));
        }

        /** A column for each type, {@code price_int} and {@code price_string}; each value is in the first that it fits. */
        public Choice makeColumns(String... types) {
            return new Choice(column, Action.MAKE_COLUMNS, List.of(types));
        }

        /** A struct with a field for each type; each value is in the first that it fits. */
        public Choice makeStruct(String... types) {
            return new Choice(column, Action.MAKE_STRUCT, List.of(types));
        }
    }

    String describe() {
        return column + " by " + action.word() + " " + String.join(", ", types);
    }

    Calls calls() {
        return Calls.of("choice", column).then(action.word(), types);
    }
}
