package dev.mastic.server.bookmark;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/**
 * A page of what the next run would read, as the REST API shows it.
 *
 * @param next where to go on; null after the last page
 */
public record PlanView(
        String source,
        String location,
        long looked,
        long processed,
        List<Planned> objects,
        @Nullable String next) {

    /** An object that has not been read. */
    public record Planned(
            String uri,
            String etag,
            long size,
            String lastModified,
            String reason,
            @Nullable String run) {

        /** One line for people: why, and what. */
        public String line() {
            String why = switch (reason) {
                case "NEW" -> "new";
                case "LATE" -> "late: older than the newest that was read";
                case "OVERWRITTEN" -> "overwritten since " + run;
                case "BEING_READ" -> "is being read by " + run;
                default -> reason.toLowerCase(Locale.ROOT);
            };
            return String.format(Locale.ROOT, "  %s  %,d bytes  %s", uri, size, why);
        }

        /** Whether the next run reads it unless another one does so before. */
        public boolean isRead() {
            return !reason.equals("BEING_READ");
        }
    }
}
