package dev.mastic.server.bookmark;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * A job's bookmark as the REST API shows it.
 *
 * @param version grows with every change
 * @param run how many runs have advanced it
 * @param attempt failures since
 */
public record BookmarkView(
        String jobName,
        int version,
        int run,
        int attempt,
        @Nullable String runId,
        @Nullable String previousRunId,
        List<Source> sources) {

    /** What is known of a source. */
    public record Source(
            String source,
            long objects,
            long bytes,
            @Nullable String newest,
            long beingRead,
            long ledgerBytes,
            List<String> locations) {}

    /** Prints it for people. */
    public void print(PrintWriter out) {
        out.printf(Locale.ROOT, "Job %s: version %,d, run %,d, attempt %,d%n", jobName, version, run, attempt);
        out.printf("  last run      %s%n", runId == null ? "none" : runId);
        out.printf("  run before    %s%n", previousRunId == null ? "none" : previousRunId);
        for (Source source : sources) {
            out.printf("Source %s at %s%n", source.source(), String.join(", ", source.locations()));
            out.printf(Locale.ROOT, "  processed     %,d objects, %,d bytes%n", source.objects(), source.bytes());
            out.printf("  newest        %s%n", source.newest() == null ? "none" : source.newest());
            out.printf(Locale.ROOT, "  being read    %,d objects%n", source.beingRead());
            out.printf(Locale.ROOT, "  ledger        %,d bytes, without indexes%n", source.ledgerBytes());
        }
        out.flush();
    }
}
