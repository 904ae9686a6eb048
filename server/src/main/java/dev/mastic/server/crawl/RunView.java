package dev.mastic.server.crawl;

import dev.mastic.crawler.plan.PlanReport;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A crawl or a plan as the REST API shows it.
 *
 * @param plan what would change; null of crawls, and until a plan is made
 * @param report why a crawl did what it did; null until it ends
 */
public record RunView(
        String state,
        String phase,
        @Nullable String error,
        long objectsListed,
        long samplesFound,
        long objectsSampled,
        int tablesFound,
        int tablesWritten,
        @Nullable Object plan,
        @Nullable Counts tables,
        @Nullable Counts partitions,
        @Nullable Report report) {

    /** What was created, updated and deleted. */
    public record Counts(long created, long updated, long deleted) {}

    /** The part of a report that the command line shows. */
    public record Report(List<Table> tables, List<String> warnings) {}

    /** A table of a report. */
    public record Table(
            String name,
            String action,
            String format,
            List<Map<String, Object>> columns,
            long partitionsFound,
            long partitionsCreated) {}

    /** A plan that was made. */
    public record Plan(PlanReport plan) {}

    /** Whether it goes on. */
    public boolean active() {
        return state.equals("RUNNING") || state.equals("STOPPING");
    }

    /** How far it is, from 0 to 1; negative while nobody can know. */
    public double done() {
        return switch (phase) {
            case "READING" -> samplesFound == 0 ? -1 : (double) objectsSampled / samplesFound;
            case "WRITING" -> tablesFound == 0 ? -1 : (double) tablesWritten / tablesFound;
            default -> -1;
        };
    }

    /** Where it stands, in a few words. */
    public String shown() {
        return switch (phase) {
            case "LISTING" -> String.format(Locale.ROOT, "listing: %,d objects", objectsListed);
            case "READING" ->
                String.format(
                        Locale.ROOT,
                        "reading: %,d of %,d files, %,d listed",
                        objectsSampled,
                        samplesFound,
                        objectsListed);
            case "PLANNING" -> String.format(Locale.ROOT, "comparing: %,d tables", tablesFound);
            case "WRITING" -> String.format(Locale.ROOT, "writing: %,d of %,d tables", tablesWritten, tablesFound);
            default -> phase.toLowerCase(Locale.ROOT);
        };
    }
}
