package dev.mastic.server.crawl;

import dev.mastic.crawler.find.ListedTarget;
import dev.mastic.crawler.plan.Action;
import dev.mastic.crawler.plan.PlanReport;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints a plan for people: what would change, and why. */
public final class PlanPrinter {
    private static final int MOST_COLUMNS = 40;
    private static final int MOST_WARNINGS = 20;

    private final PrintWriter out;

    public PlanPrinter(PrintWriter out) {
        this.out = out;
    }

    /** Prints all of a plan. */
    public void print(PlanReport plan) {
        for (ListedTarget target : plan.targets()) {
            line(
                    "Target %s: %,d objects in %,d folders, %,d read, %,d left out",
                    target.path(),
                    target.objectsListed(),
                    target.folders(),
                    target.objectsSampled(),
                    target.objectsSkipped());
        }
        if (plan.newDatabase()) {
            line("%n+ database %s is created", plan.database());
        }
        plan.tables().forEach(table -> table(plan.database(), table));
        warnings(plan.warnings());
        line("%n%s", summary(plan));
        out.flush();
    }

    private void table(String database, PlanReport.Table table) {
        line("%n%s table %s.%s  %s", sign(table.action()), database, table.name(), words(table.action()));
        line("    from %s%s", table.location(), table.format().isEmpty() ? "" : ", " + table.format());
        if (table.objects() > 0) {
            line(
                    "    %,d objects, %,d bytes, about %,d records; %,d files read, confidence %.2f",
                    table.objects(), table.bytes(), table.records(), table.sampled(), table.confidence());
        }
        columns(table);
        if (!table.partitionKeys().isEmpty()) {
            PlanReport.Partitions partitions = table.partitions();
            line(
                    "    partitioned by %s: %,d found; %,d new, %,d changed, %,d without files marked, %,d deleted",
                    String.join(", ", table.partitionKeys()),
                    partitions.found(),
                    partitions.added(),
                    partitions.changed(),
                    partitions.deprecated(),
                    partitions.deleted());
            partitions.examples().forEach(example -> line("      %s", example));
        }
        several("because", table.reasons());
        several("not", table.rejected());
        several("change", table.changes());
        several("note", table.notes());
        if (!table.samples().isEmpty()) {
            several("read", table.samples());
        }
    }

    private void columns(PlanReport.Table table) {
        List<PlanReport.Column> columns = table.columns();
        int width = columns.stream()
                .mapToInt(column -> column.name().length())
                .max()
                .orElse(1);
        for (PlanReport.Column column : columns.subList(0, Math.min(columns.size(), MOST_COLUMNS))) {
            String sign = column.before().isEmpty()
                    ? "+"
                    : column.after().isEmpty() ? "-" : column.before().equals(column.after()) ? " " : "~";
            String type = sign.equals("~")
                    ? column.before() + " -> " + column.after()
                    : column.after().isEmpty() ? column.before() : column.after();
            String name = column.name()
                    + " ".repeat(Math.max(0, Math.min(width, 40) - column.name().length()));
            line(
                    "      %s %s  %s%s%s",
                    sign,
                    name,
                    type,
                    column.owner().equals("person") ? "  (a person's: kept)" : "",
                    column.why().isEmpty() || sign.equals(" ") ? "" : "  -- " + column.why());
        }
        if (columns.size() > MOST_COLUMNS) {
            line("      and %,d more columns; --json has them all", columns.size() - MOST_COLUMNS);
        }
    }

    private void several(String word, List<String> texts) {
        texts.forEach(text -> line("    %s: %s", word, text));
    }

    private void warnings(List<String> warnings) {
        if (!warnings.isEmpty()) {
            line("%nWarnings");
            warnings.stream().limit(MOST_WARNINGS).forEach(warning -> line("  %s", warning));
            if (warnings.size() > MOST_WARNINGS) {
                line("  and %,d more; --json has them all", warnings.size() - MOST_WARNINGS);
            }
        }
    }

    private static String summary(PlanReport plan) {
        return String.format(
                Locale.ROOT,
                "Plan: %d tables to create, %d to update, %d to mark as without files, %d to delete, %d as they are, %d left"
                        + " alone; partitions %,d new, %,d changed, %,d deleted",
                count(plan, Action.CREATE),
                count(plan, Action.UPDATE),
                count(plan, Action.DEPRECATE),
                count(plan, Action.DELETE),
                count(plan, Action.KEEP),
                count(plan, Action.LEAVE),
                plan.tables().stream()
                        .mapToLong(table -> table.partitions().added())
                        .sum(),
                plan.tables().stream()
                        .mapToLong(table -> table.partitions().changed()
                                + table.partitions().deprecated())
                        .sum(),
                plan.tables().stream()
                        .mapToLong(table -> table.partitions().deleted())
                        .sum());
    }

    private static long count(PlanReport plan, Action action) {
        return plan.tables().stream().filter(table -> table.action() == action).count();
    }

    private static String sign(Action action) {
        return switch (action) {
            case CREATE -> "+";
            case UPDATE -> "~";
            case KEEP -> "=";
            case LEAVE -> "!";
            case DEPRECATE -> "?";
            case DELETE -> "-";
        };
    }

    private static String words(Action action) {
        return switch (action) {
            case CREATE -> "is created";
            case UPDATE -> "is updated";
            case KEEP -> "stays as it is";
            case LEAVE -> "is left alone";
            case DEPRECATE -> "is marked as without files";
            case DELETE -> "is deleted";
        };
    }

    private void line(String form, Object... values) {
        out.printf(Locale.ROOT, form + "%n", values);
    }
}
