package dev.mastic.bookmarks.postgres;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** A line of an exported bookmark; as JSON it has the member {@code kind} besides. */
sealed interface BookmarkLine {

    /** The first line: the counters. */
    record Counters(
            String kind,
            int format,
            String jobName,
            int version,
            int run,
            int attempt,
            @Nullable String runId,
            @Nullable String previousRunId)
            implements BookmarkLine {
        static final String KIND = "bookmark";
        static final int FORMAT = 1;
    }

    /** A run that advanced the bookmark. */
    record Commit(
            String kind,
            int version,
            int run,
            int attempt,
            String runId,
            @Nullable String previousRunId,
            Instant committedOn)
            implements BookmarkLine {
        static final String KIND = "commit";
    }

    /** A version of an object that a committed run has read. */
    record Processed(
            String kind,
            String source,
            String bucket,
            String key,
            String etag,
            long size,
            Instant lastModified,
            String runId,
            int version)
            implements BookmarkLine {
        static final String KIND = "object";
    }

    /** The last line: how many lines were before it, so that a file that was cut off is known by it. */
    record End(String kind, long lines) implements BookmarkLine {
        static final String KIND = "end";
    }
}
