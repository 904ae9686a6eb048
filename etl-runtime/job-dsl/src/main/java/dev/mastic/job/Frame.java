package dev.mastic.job;

import java.util.List;

/** The rows that a step gives. Each method adds a step to the job and returns its rows; this frame stays usable. */
public final class Frame {
    private final JobBuilder job;
    private final String step;

    Frame(JobBuilder job, String step) {
        this.job = job;
        this.step = step;
    }

    /** Keeps these columns, in this order. */
    public Frame select(String... columns) {
        return job.add(new Step.Select(name("select"), step, List.of(columns)));
    }

    /** Gives a column another name. */
    public Frame rename(String from, String to) {
        return job.add(new Step.Rename(name("rename"), step, Names.column(from), Names.column(to)));
    }

    /** Leaves columns out. */
    public Frame drop(String... columns) {
        return job.add(new Step.Drop(name("drop"), step, List.of(columns)));
    }

    /** Adds a column, or replaces the one of that name. */
    public Frame derive(String column, Expression value) {
        return job.add(new Step.Derive(name("derive"), step, Names.column(column), value));
    }

    /** Keeps the rows for which the condition holds. */
    public Frame filter(Expression condition) {
        return job.add(new Step.Filter(name("filter"), step, condition));
    }

    /** Keeps the rows for which the condition in Spark's SQL holds. */
    public Frame filter(String condition) {
        return filter(Dsl.expr(condition));
    }

    /** Joins rows that match on both sides. The right side's key columns are left out. */
    public Frame join(Frame right, JoinKey... keys) {
        return job.add(new Step.Join(name("join"), step, right.step, JoinKind.INNER, List.of(keys)));
    }

    /**
     * Keeps all rows and adds the columns of the matching row of {@code lookup}, or nulls (a left join). The lookup's
     * key columns are left out.
     */
    public Frame enrich(Frame lookup, JoinKey... keys) {
        return job.add(new Step.Join(name("enrich"), step, lookup.step, JoinKind.LEFT, List.of(keys)));
    }

    /** Groups rows by the values of columns; without any, all rows are one group. */
    public GroupedFrame groupBy(String... columns) {
        return new GroupedFrame(job, step, List.of(columns));
    }

    /** Adds the rows to the files of a location. */
    public Frame write(String name, FileLocation target) {
        return write(name, target.output());
    }

    /** Adds rows to a table of a database. */
    public Frame write(String name, Jdbc target) {
        return write(name, target.append());
    }

    /** Puts rows as items of a table of DynamoDB. */
    public Frame write(String name, DynamoDb target) {
        return write(name, target.put());
    }

    /** Writes the rows to a target. */
    public Frame write(String name, Target target) {
        job.add(new Step.Write(Names.step(name), step, target));
        return this;
    }

    private String name(String kind) {
        return job.nameAfter(step, kind);
    }
}
