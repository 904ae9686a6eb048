package dev.mastic.job;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows that a step gives. Each method adds a step to the job and returns its rows; this frame stays usable. Steps that
 * take no name are named after their kind, {@code orders.filter1}, or by {@link #named}.
 */
public final class Frame {
    private final JobBuilder job;
    private final String step;

    Frame(JobBuilder job, String step) {
        this.job = job;
        this.step = step;
    }

    String step() {
        return step;
    }

    /**
     * Names the step that was added last, which has a made-up name so far: {@code orders.filter(...).named("paid")}.
     *
     * @throws IllegalArgumentException when another step was added since, or the step was named by its own method
     */
    public Frame named(String name) {
        return job.rename(step, name);
    }

    /** Keeps these columns, in this order. */
    public Frame select(String... columns) {
        return job.add(step, "select", name -> new ColumnStep.Select(name, step, List.of(columns)));
    }

    /** Gives a column another name. */
    public Frame rename(String from, String to) {
        return job.add(step, "rename", name -> new ColumnStep.Rename(name, step, from, to));
    }

    /** Leaves columns out. */
    public Frame drop(String... columns) {
        return job.add(step, "drop", name -> new ColumnStep.Drop(name, step, List.of(columns)));
    }

    /** Adds a column, or replaces the one of that name. */
    public Frame derive(String column, Expression value) {
        return job.add(step, "derive", name -> new ColumnStep.Derive(name, step, column, value));
    }

    /** Gives columns other types: {@code castColumns(field("price", "decimal(10,2)"))}. A value that cannot become one fails the run. */
    public Frame castColumns(Field... columns) {
        return job.add(step, "cast", name -> new ColumnStep.CastColumns(name, step, List.of(columns)));
    }

    /** Puts a value where a column has none; the value is a constant or an expression. */
    public Frame fillNulls(String column, Object value) {
        return job.add(step, "fill", name -> new ColumnStep.FillNulls(name, step, column, Dsl.lit(value)));
    }

    /** Leaves out the columns that have no type because they hold nothing but nulls. */
    public Frame dropNullColumns() {
        return job.add(step, "dropNullColumns", name -> new ColumnStep.DropNullColumns(name, step));
    }

    /** Resolves columns that hold values of several types: {@code choice("price").cast("double")}. */
    public Frame resolveChoice(Choice... choices) {
        return job.add(step, "resolve", name -> new ColumnStep.ResolveChoice(name, step, List.of(choices)));
    }

    /** Keeps the rows for which the condition holds. */
    public Frame filter(Expression condition) {
        return job.add(step, "filter", name -> new RowStep.Filter(name, step, condition));
    }

    /** Keeps the rows for which the condition in Spark's SQL holds. */
    public Frame filter(String condition) {
        return filter(Dsl.expr(condition));
    }

    /** Keeps one of several equal rows. */
    public Frame distinct() {
        return job.add(step, "distinct", name -> new RowStep.Distinct(name, step));
    }

    /** Begins to say which of the rows with equal values in these columns is kept. */
    public Duplicates deduplicate(String... keys) {
        return new Duplicates(job, step, List.of(keys));
    }

    /** Puts rows into an order, {@code sort(desc("amount"), asc("id"))}, which a limit and the files written keep. */
    public Frame sort(SortKey... keys) {
        return job.add(step, "sort", name -> new RowStep.Sort(name, step, List.of(keys)));
    }

    /** Keeps the first rows; any when they are not sorted. */
    public Frame limit(int rows) {
        return job.add(step, "limit", name -> new RowStep.Limit(name, step, rows));
    }

    /** Leaves out rows that lack a value in any of these columns, in any at all when none is named. */
    public Frame dropNullRows(String... columns) {
        return job.add(
                step, "dropNulls", name -> new RowStep.DropNullRows(name, step, List.of(columns), RowStep.Nulls.ANY));
    }

    /** Leaves out rows that lack a value in all of these columns, in all there are when none is named. */
    public Frame dropAllNullRows(String... columns) {
        return job.add(
                step,
                "dropAllNulls",
                name -> new RowStep.DropNullRows(name, step, List.of(columns), RowStep.Nulls.ALL));
    }

    /** Joins rows that match on both sides. The right side's key columns are left out. */
    public Frame join(Frame right, JoinKey... keys) {
        return join(JoinKind.INNER, right, keys);
    }

    /**
     * Keeps all rows and adds the columns of the matching row of {@code lookup}, or nulls (a left join). The lookup's
     * key columns are left out.
     */
    public Frame enrich(Frame lookup, JoinKey... keys) {
        return join(JoinKind.LEFT, lookup, keys);
    }

    /** Joins rows and keeps all of the right side; the key columns, named as on the left, have a value always. */
    public Frame rightJoin(Frame right, JoinKey... keys) {
        return join(JoinKind.RIGHT, right, keys);
    }

    /** Joins rows and keeps all of both sides; the key columns, named as on the left, have a value always. */
    public Frame fullJoin(Frame right, JoinKey... keys) {
        return join(JoinKind.FULL, right, keys);
    }

    /** Keeps the rows that have a match in {@code other}, with their own columns only. */
    public Frame semiJoin(Frame other, JoinKey... keys) {
        return join(JoinKind.SEMI, other, keys);
    }

    /** Keeps the rows that have no match in {@code other}. */
    public Frame antiJoin(Frame other, JoinKey... keys) {
        return join(JoinKind.ANTI, other, keys);
    }

    /** Pairs each row with each of {@code other}. */
    public Frame crossJoin(Frame other) {
        return join(JoinKind.CROSS, other);
    }

    private Frame join(JoinKind kind, Frame right, JoinKey... keys) {
        return job.add(
                step, kind.word(), name -> new CombineStep.Join(name, step, job.own(right).step, kind, List.of(keys)));
    }

    /** Adds the rows of frames with the same columns, matched by name. Equal rows stay; {@link #distinct} drops them. */
    public Frame union(Frame... others) {
        return union("union", CombineStep.Columns.SAME, others);
    }

    /** Adds the rows of frames with any columns; those that a frame lacks are null in its rows. */
    public Frame unionAllowingMissing(Frame... others) {
        return union("unionAllowingMissing", CombineStep.Columns.ANY, others);
    }

    private Frame union(String kind, CombineStep.Columns columns, Frame... others) {
        List<String> inputs = new ArrayList<>(List.of(step));
        for (Frame other : others) {
            inputs.add(job.own(other).step);
        }
        return job.add(step, kind, name -> new CombineStep.Union(name, inputs, columns));
    }

    /** Groups rows by the values of columns; without any, all rows are one group. */
    public GroupedFrame groupBy(String... columns) {
        return new GroupedFrame(job, step, List.of(columns));
    }

    /** Makes a row of each of some columns: {@code unpivot("quarter", "revenue", "q1", "q2")}. */
    public Frame unpivot(String nameColumn, String valueColumn, String... columns) {
        return job.add(
                step, "unpivot", name -> new GroupStep.Unpivot(name, step, nameColumn, valueColumn, List.of(columns)));
    }

    /** Adds columns that are computed of the rows around each row. */
    public Frame window(Over over, WindowColumn... columns) {
        return job.add(step, "window", name -> new GroupStep.Window(name, step, over, List.of(columns)));
    }

    /**
     * Makes a row of each element of an array, which takes the column's place, or of each entry of a map, in the columns
     * {@code column_key} and {@code column_value}. Rows whose array or map is null or empty are left out.
     */
    public Frame explode(String column) {
        return job.add(
                step, "explode", name -> new NestedStep.Explode(name, step, column, NestedStep.Empty.DROP, null));
    }

    /** As {@link #explode(String)}, with the element's place, from 0, in a column of its own. */
    public Frame explode(String column, String position) {
        return job.add(
                step, "explode", name -> new NestedStep.Explode(name, step, column, NestedStep.Empty.DROP, position));
    }

    /** As {@link #explode(String)}, but a row whose array or map is null or empty stays, with null. */
    public Frame explodeOuter(String column) {
        return job.add(
                step, "explodeOuter", name -> new NestedStep.Explode(name, step, column, NestedStep.Empty.KEEP, null));
    }

    /** As {@link #explodeOuter(String)}, with the element's place, from 0, in a column of its own. */
    public Frame explodeOuter(String column, String position) {
        return job.add(
                step,
                "explodeOuter",
                name -> new NestedStep.Explode(name, step, column, NestedStep.Empty.KEEP, position));
    }

    /** Makes columns of the fields of structs, however deep: {@code address_city}. */
    public Frame flatten() {
        return flatten("_");
    }

    /** Makes columns of the fields of structs, however deep, with another separator than {@code _}. */
    public Frame flatten(String separator) {
        return job.add(step, "flatten", name -> new NestedStep.Flatten(name, step, separator));
    }

    /** Makes tables of nested rows, as Glue's Relationalize does. */
    public Relations relationalize(String name) {
        return new Relations(job.addBranch(new BranchStep.Relationalize(Names.step(name), step)));
    }

    /** Sends each row the first way whose condition holds, else the way {@code otherwise}. */
    public Routes split(String name, Route... routes) {
        return new Routes(job.addBranch(new BranchStep.Split(Names.step(name), step, List.of(routes))));
    }

    /** Checks each row; bad ones can be taken aside with their reasons. Any number of them is borne. */
    public Checked check(String name, RowRule... rules) {
        return check(name, new Tolerance.All(), rules);
    }

    /** Checks each row; bad ones can be taken aside with their reasons. Too many stop the run before anything is written. */
    public Checked check(String name, Tolerance tolerance, RowRule... rules) {
        return new Checked(job.addBranch(new BranchStep.Check(Names.step(name), step, tolerance, List.of(rules))));
    }

    /** The rows as a custom transform gives them; the engine finds it by its name on the driver's class path. */
    public Frame transform(String name, String transform, Option... options) {
        return job.add(new CodeStep.Transform(Names.step(name), step, transform, List.of(options)));
    }

    /** These rows by the name that a query of {@link JobBuilder#sql} knows them by. */
    public NamedFrame as(String alias) {
        return new NamedFrame(Names.alias(alias), this);
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
}
