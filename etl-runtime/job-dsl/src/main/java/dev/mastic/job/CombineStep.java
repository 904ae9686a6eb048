package dev.mastic.job;

import java.util.List;
import java.util.stream.Collectors;

/** A step that puts the rows of several steps together. Immutable. */
public sealed interface CombineStep extends Step {

    /** Which columns the inputs of a union must have. */
    enum Columns {
        /** The same in all. */
        SAME,
        /** Any; those that an input lacks are null in its rows. */
        ANY
    }

    /**
     * Puts rows of two steps side by side. The right side's key columns are left out of the result; for rows of the right
     * side alone, the left side's hold their values.
     */
    record Join(String name, String left, String right, JoinKind how, List<JoinKey> keys) implements CombineStep {
        public Join {
            keys = List.copyOf(keys);
            if (keys.isEmpty() != (how == JoinKind.CROSS)) {
                throw new IllegalArgumentException(
                        how == JoinKind.CROSS
                                ? "A cross join of " + left + " and " + right + " takes no keys; write join instead"
                                : "Join of " + left + " and " + right
                                        + " has no keys; add on(\"left_column\", \"right_column\")");
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(left, right);
        }

        @Override
        public String kind() {
            return how.word();
        }

        @Override
        public String describe() {
            String what = switch (how) {
                case INNER -> "joins " + left + " with ";
                case LEFT -> "enriches " + left + " with ";
                case RIGHT -> "right joins " + left + " with ";
                case FULL -> "full joins " + left + " with ";
                case SEMI -> "keeps rows of " + left + " that are in ";
                case ANTI -> "keeps rows of " + left + " that are not in ";
                case CROSS -> "pairs all rows of " + left + " with those of ";
            };
            String on = keys.stream()
                    .map(key -> left + "." + key.left() + " = " + right + "." + key.right())
                    .collect(Collectors.joining(" and "));
            return what + right + (keys.isEmpty() ? "" : " on " + on);
        }

        @Override
        public Calls calls() {
            return Calls.of(
                    how.word(),
                    new Calls.Rows(right),
                    keys.stream().map(JoinKey::calls).toList());
        }
    }

    /** Puts the rows of steps one after the other; columns are matched by name. */
    record Union(String name, List<String> inputs, Columns columns) implements CombineStep {
        public Union {
            inputs = List.copyOf(inputs);
            if (inputs.size() < 2) {
                throw new IllegalArgumentException("A union of " + inputs + " needs one more frame: a.union(b)");
            }
        }

        @Override
        public String kind() {
            return columns == Columns.SAME ? "union" : "unionAllowingMissing";
        }

        @Override
        public String describe() {
            return columns == Columns.SAME ? "unites rows" : "unites rows, missing columns as nulls";
        }

        @Override
        public Calls calls() {
            return Calls.of(
                    kind(),
                    inputs.subList(1, inputs.size()).stream()
                            .map(Calls.Rows::new)
                            .toList());
        }
    }
}
