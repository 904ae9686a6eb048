package dev.mastic.job;

/** The ways of a split. */
public final class Routes {
    private final JobBuilder.Branch branch;

    Routes(JobBuilder.Branch branch) {
        this.branch = branch;
    }

    /** The rows that take a route. */
    public Frame route(String name) {
        return branch.take(name);
    }

    /** The rows that take no other route. */
    public Frame otherwise() {
        return branch.take(Route.OTHERWISE);
    }
}
