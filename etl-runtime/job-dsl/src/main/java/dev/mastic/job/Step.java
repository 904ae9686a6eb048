package dev.mastic.job;

import java.util.List;

/**
 * One node of a {@link JobGraph}. Steps name the steps that they take rows from, which come before them in the graph.
 * Immutable.
 */
public sealed interface Step
        permits Step.Read,
                Step.Write,
                Step.Output,
                ColumnStep,
                RowStep,
                CombineStep,
                GroupStep,
                NestedStep,
                BranchStep,
                CodeStep {

    /** The step's name, unique in its job; bookmarks, metrics and errors speak of it. */
    String name();

    /** Names of the steps whose rows this one takes. */
    List<String> inputs();

    /** What a step that its author gave no name is called after, {@code filter} for instance; empty when it needs one. */
    String kind();

    /** What the step does, for people: {@code keeps quantity > 0}. */
    String describe();

    /** The calls that add the step, upon the rows of its first input; upon the job for a step that has none. */
    Calls calls();

    /** Reads rows. */
    record Read(String name, Source source) implements Step {
        @Override
        public List<String> inputs() {
            return List.of();
        }

        @Override
        public String kind() {
            return "";
        }

        @Override
        public String describe() {
            return "reads " + source.describe();
        }

        @Override
        public Calls calls() {
            return Calls.of("read", name, source.calls());
        }
    }

    /** Writes rows. */
    record Write(String name, String input, Target output) implements Step {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public String kind() {
            return "";
        }

        @Override
        public String describe() {
            return "writes " + output.describe();
        }

        @Override
        public Calls calls() {
            return Calls.of("write", name, output.calls());
        }
    }

    /** The rows of one output of a {@link BranchStep}; named {@code <branch>.<output>}. */
    record Output(String name, String input, String output) implements Step {
        public Output {
            if (!name.equals(input + "." + output)) {
                throw new IllegalArgumentException("Output '" + output + "' of step '" + input + "' is named '" + name
                        + "'; it must be '" + input + "." + output + "'");
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public String kind() {
            return "";
        }

        @Override
        public String describe() {
            return "takes " + output;
        }

        /** As the branch says by {@link BranchStep#callsOf}. */
        @Override
        public Calls calls() {
            return Calls.of("output", output);
        }
    }
}
