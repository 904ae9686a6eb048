package dev.mastic.job;

/** Rows that were checked. */
public final class Checked {
    private final JobBuilder.Branch branch;

    Checked(JobBuilder.Branch branch) {
        this.branch = branch;
    }

    /** The good rows. */
    public Frame passed() {
        return branch.take(BranchStep.PASSED);
    }

    /**
     * The bad rows, with three more columns: {@code _reason} has the names of the rules that they broke, {@code _file} and
     * {@code _row} where they come from, null where that is not known.
     */
    public Frame failed() {
        return branch.take(BranchStep.FAILED);
    }
}
