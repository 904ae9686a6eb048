package dev.mastic.job;

import java.util.List;
import java.util.stream.Collectors;

/** A step that changes columns of each row. Immutable. */
public sealed interface ColumnStep extends Step {

    /** The step whose rows this one takes. */
    String input();

    @Override
    default List<String> inputs() {
        return List.of(input());
    }

    /** Keeps some columns, in the order given. */
    record Select(String name, String input, List<String> columns) implements ColumnStep {
        public Select {
            columns = Names.some("select", columns);
        }

        @Override
        public String kind() {
            return "select";
        }

        @Override
        public String describe() {
            return "selects " + String.join(", ", columns);
        }

        @Override
        public Calls calls() {
            return Calls.of("select", columns);
        }
    }

    /** Gives a column another name. */
    record Rename(String name, String input, String from, String to) implements ColumnStep {
        public Rename {
            Names.column(from);
            Names.column(to);
        }

        @Override
        public String kind() {
            return "rename";
        }

        @Override
        public String describe() {
            return "renames " + from + " to " + to;
        }

        @Override
        public Calls calls() {
            return Calls.of("rename", from, to);
        }
    }

    /** Leaves columns out. */
    record Drop(String name, String input, List<String> columns) implements ColumnStep {
        public Drop {
            columns = Names.some("drop", columns);
        }

        @Override
        public String kind() {
            return "drop";
        }

        @Override
        public String describe() {
            return "drops " + String.join(", ", columns);
        }

        @Override
        public Calls calls() {
            return Calls.of("drop", columns);
        }
    }

    /** Adds a column, or replaces the one of that name. */
    record Derive(String name, String input, String column, Expression value) implements ColumnStep {
        public Derive {
            Names.column(column);
        }

        @Override
        public String kind() {
            return "derive";
        }

        @Override
        public String describe() {
            return "derives " + column + " as " + GraphText.of(value);
        }

        @Override
        public Calls calls() {
            return Calls.of("derive", column, value);
        }
    }

    /** Gives columns other types; a value that cannot become one fails the run. */
    record CastColumns(String name, String input, List<Field> columns) implements ColumnStep {
        public CastColumns {
            Names.some("castColumns", columns.stream().map(Field::name).toList());
            columns = List.copyOf(columns);
        }

        @Override
        public String kind() {
            return "cast";
        }

        @Override
        public String describe() {
            return "casts "
                    + columns.stream()
                            .map(field -> field.name() + " to " + field.type())
                            .collect(Collectors.joining(", "));
        }

        @Override
        public Calls calls() {
            return Calls.of("castColumns", columns.stream().map(Field::calls).toList());
        }
    }

    /** Puts a value where a column has none. */
    record FillNulls(String name, String input, String column, Expression value) implements ColumnStep {
        public FillNulls {
            Names.column(column);
        }

        @Override
        public String kind() {
            return "fill";
        }

        @Override
        public String describe() {
            return "fills " + column + " with " + GraphText.of(value);
        }

        @Override
        public Calls calls() {
            return Calls.of("fillNulls", column, new Calls.Value(value));
        }
    }

    /** Leaves out the columns that have no type because they hold nothing but nulls. */
    record DropNullColumns(String name, String input) implements ColumnStep {

        @Override
        public String kind() {
            return "dropNullColumns";
        }

        @Override
        public String describe() {
            return "drops columns of nulls";
        }

        @Override
        public Calls calls() {
            return Calls.of("dropNullColumns");
        }
    }

    /** Resolves columns that hold values of several types. */
    record ResolveChoice(String name, String input, List<Choice> choices) implements ColumnStep {
        public ResolveChoice {
            Names.some("resolveChoice", choices.stream().map(Choice::column).toList());
            choices = List.copyOf(choices);
        }

        @Override
        public String kind() {
            return "resolve";
        }

        @Override
        public String describe() {
            return "resolves " + choices.stream().map(Choice::describe).collect(Collectors.joining(", "));
        }

        @Override
        public Calls calls() {
            return Calls.of("resolveChoice", choices.stream().map(Choice::calls).toList());
        }
    }
}
