package dev.mastic.job;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A step with several outputs; its rows are taken by {@link Step.Output} steps. Immutable. */
public sealed interface BranchStep extends Step {

    /** The output of {@link Check} with the good rows. */
    String PASSED = "passed";

    /** The output of {@link Check} with the bad rows. */
    String FAILED = "failed";

    /** The output of {@link Relationalize} with one row for each row; others begin with it and {@code _}. */
    String ROOT = "root";

    /** The names of the outputs; empty when they depend on the columns. */
    List<String> outputs();

    /** The calls that take an output. */
    Calls callsOf(String output);

    /** @throws IllegalArgumentException when there is no such output; the message has those that are */
    default void require(String output) {
        if (!outputs().isEmpty() && !outputs().contains(output)) {
            throw new IllegalArgumentException("Step '" + name() + "' has no output \"" + output + "\""
                    + Nearest.suggestion(output, outputs()) + " Outputs: " + String.join(", ", outputs()));
        }
        if (outputs().isEmpty() && !output.equals(ROOT) && !output.startsWith(ROOT + "_")) {
            throw new IllegalArgumentException("Step '" + name() + "' has no output \"" + output
                    + "\"; outputs are root, and root_items for a column items");
        }
    }

    /** The step whose rows this one takes. */
    String input();

    @Override
    default List<String> inputs() {
        return List.of(input());
    }

    /** Sends each row the first way whose condition holds, else the way {@code otherwise}. */
    record Split(String name, String input, List<Route> routes) implements BranchStep {
        public Split {
            routes = List.copyOf(routes);
            Names.some("Split '" + name + "'", routes.stream().map(Route::name).toList());
        }

        @Override
        public String kind() {
            return "";
        }

        @Override
        public String describe() {
            return "splits into "
                    + routes.stream()
                            .map(route -> route.name() + " if " + GraphText.of(route.condition()))
                            .collect(Collectors.joining(", "))
                    + ", otherwise";
        }

        @Override
        public Calls calls() {
            return Calls.of("split", name, routes.stream().map(Route::calls).toList());
        }

        @Override
        public List<String> outputs() {
            return Stream.concat(routes.stream().map(Route::name), Stream.of(Route.OTHERWISE))
                    .toList();
        }

        @Override
        public Calls callsOf(String output) {
            return output.equals(Route.OTHERWISE) ? Calls.of("otherwise") : Calls.of("route", output);
        }
    }

    /** Checks each row. Output {@code passed} has the good rows, {@code failed} the bad ones with the columns {@code _reason},
     * {@code _file} and {@code _row}. */
    record Check(String name, String input, Tolerance tolerance, List<RowRule> rules) implements BranchStep {
        public Check {
            rules = List.copyOf(rules);
            Names.some("Check '" + name + "'", rules.stream().map(RowRule::name).toList());
        }

        @Override
        public String kind() {
            return "";
        }

        @Override
        public String describe() {
            return "checks "
                    + rules.stream()
                            .map(rule -> rule.name() + ": " + GraphText.of(rule.condition()))
                            .collect(Collectors.joining("; "))
                    + tolerance.describe();
        }

        @Override
        public Calls calls() {
            return Calls.of(
                    "check",
                    name,
                    tolerance.calls(),
                    rules.stream().map(RowRule::calls).toList());
        }

        @Override
        public List<String> outputs() {
            return List.of(PASSED, FAILED);
        }

        @Override
        public Calls callsOf(String output) {
            return Calls.of(output);
        }
    }

    /** Makes tables of nested rows: structs become columns {@code a.b}, each array or map a table of its own, {@code
     * root_items}, whose rows have the columns {@code id} and {@code index}; the {@code id} is what stands in the array's
     * place in the table that it comes from. */
    record Relationalize(String name, String input) implements BranchStep {

        @Override
        public String kind() {
            return "";
        }

        @Override
        public String describe() {
            return "makes tables of nested rows";
        }

        @Override
        public Calls calls() {
            return Calls.of("relationalize", name);
        }

        @Override
        public List<String> outputs() {
            return List.of();
        }

        @Override
        public Calls callsOf(String output) {
            return output.equals(ROOT) ? Calls.of("root") : Calls.of("child", output.substring(ROOT.length() + 1));
        }
    }
}
