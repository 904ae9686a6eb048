package dev.mastic.job;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A step that unpacks nested values. Immutable. */
public sealed interface NestedStep extends Step {

    /** What becomes of rows whose array or map is null or empty. */
    enum Empty {
        DROP,
        KEEP
    }

    /** The step whose rows this one takes. */
    String input();

    @Override
    default List<String> inputs() {
        return List.of(input());
    }

    /** Makes a row of each element of an array or entry of a map. An array's element takes the column's place; a map gives the
     * columns {@code column_key} and {@code column_value}. */
    record Explode(
            String name,
            String input,
            String column,
            Empty empty,
            @Nullable String position) implements NestedStep {
        public Explode {
            Names.column(column);
        }

        @Override
        public String kind() {
            return empty == Empty.DROP ? "explode" : "explodeOuter";
        }

        @Override
        public String describe() {
            return "makes a row of each element of " + column + (empty == Empty.KEEP ? ", of empty ones too" : "")
                    + (position == null ? "" : ", with its place in " + position);
        }

        @Override
        public Calls calls() {
            return position == null ? Calls.of(kind(), column) : Calls.of(kind(), column, position);
        }
    }

    /** Makes columns of the fields of structs, however deep, with names put together. */
    record Flatten(String name, String input, String separator) implements NestedStep {
        public Flatten {
            if (separator.isEmpty()) {
                throw new IllegalArgumentException("flatten(\"\") has no separator; write flatten(\"_\")");
            }
        }

        @Override
        public String kind() {
            return "flatten";
        }

        @Override
        public String describe() {
            return "flattens structs by '" + separator + "'";
        }

        @Override
        public Calls calls() {
            return separator.equals("_") ? Calls.of("flatten") : Calls.of("flatten", separator);
        }
    }
}
