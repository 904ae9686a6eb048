package dev.mastic.job;

import java.util.List;

/** Rows of which one per key is to be kept. */
public final class Duplicates {
    private final JobBuilder job;
    private final String step;
    private final List<String> keys;

    Duplicates(JobBuilder job, String step, List<String> keys) {
        this.job = job;
        this.step = step;
        this.keys = keys;
    }

    /** Keeps the row that is first by the order; rows that are equal by it are told apart by their other columns. */
    public Frame keepFirst(SortKey... order) {
        return keep(RowStep.Keep.FIRST, order);
    }

    /** Keeps the row that is last by the order; rows that are equal by it are told apart by their other columns. */
    public Frame keepLast(SortKey... order) {
        return keep(RowStep.Keep.LAST, order);
    }

    private Frame keep(RowStep.Keep keep, SortKey... order) {
        return job.add(step, "deduplicate", name -> new RowStep.Deduplicate(name, step, keys, List.of(order), keep));
    }
}
