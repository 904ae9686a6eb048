package dev.mastic.job;

/** The tables that nested rows were made. */
public final class Relations {
    private final JobBuilder.Branch branch;

    Relations(JobBuilder.Branch branch) {
        this.branch = branch;
    }

    /** One row for each row; an array or a map is the {@code id} of its rows in its own table. */
    public Frame root() {
        return branch.take(BranchStep.ROOT);
    }

    /** The elements of an array or map, by its column: {@code items}, or {@code items.val.tags} for one in another. */
    public Frame child(String column) {
        return branch.take(BranchStep.ROOT + "_" + column);
    }
}
