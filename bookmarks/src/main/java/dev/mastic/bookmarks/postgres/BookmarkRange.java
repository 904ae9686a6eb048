package dev.mastic.bookmarks.postgres;

import dev.mastic.bookmarks.Claim;
import dev.mastic.bookmarks.ObjectVersion;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The input of earlier runs, read again: what runs after {@code from} read, up to and including {@code to}. Reading it
 * changes no bookmark. Glue's {@code --job-bookmark-from} and {@code --job-bookmark-to}.
 *
 * @param from a run that advanced the bookmark; its input and all before is left out
 * @param to a later run, or the same one
 */
public record BookmarkRange(String from, String to) {
    /** The argument for {@link #from}. */
    public static final String FROM = "--job-bookmark-from";
    /** The argument for {@link #to}. */
    public static final String TO = "--job-bookmark-to";

    /** The range that a run's arguments name, when both are there. */
    public static Optional<BookmarkRange> of(Map<String, String> arguments) {
        String from = arguments.get(FROM);
        String to = arguments.get(TO);
        return from == null || to == null ? Optional.empty() : Optional.of(new BookmarkRange(from, to));
    }

    /**
     * Looks whether both runs are known to the job's bookmark, in that order.
     *
     * @throws InvalidInputException when they are not
     */
    public void check(Handle handle, String jobName) {
        int first = version(handle, jobName, FROM, from);
        if (version(handle, jobName, TO, to) < first) {
            throw invalid(FROM + " is " + from + ", which ran after " + TO + ", " + to + "; exchange them");
        }
    }

    private static int version(Handle handle, String jobName, String argument, String runId) {
        return handle.createQuery(
                        "SELECT version FROM bookmarks.bookmark_commit WHERE job_name = :job AND run_id = :run")
                .bind("job", jobName)
                .bind("run", runId)
                .mapTo(Integer.class)
                .findOne()
                .orElseThrow(() -> invalid(argument + " is " + runId + ": that run left no bookmark of job " + jobName
                        + "; name one that committed with job-bookmark-enable and was not rewound"));
    }

    private static InvalidInputException invalid(String message) {
        return InvalidInputException.builder().message(message).build();
    }

    /** Grants those candidates that the runs of the range read; the others count as processed. Holds nothing. */
    public Claim claim(Handle handle, String jobName, String source, List<ObjectVersion> candidates) {
        if (candidates.isEmpty()) {
            return new Claim(List.of(), 0, 0);
        }
        check(handle, jobName);
        List<ObjectVersion> distinct = candidates.stream().distinct().toList();
        Set<Integer> granted = new HashSet<>(ObjectArrays.bind(
                        handle,
                        handle.createQuery("SELECT c.ord FROM " + ObjectArrays.ROWS
                                + " JOIN LATERAL (SELECT o.version FROM bookmarks.object_claim o "
                                + "WHERE o.job_name = :job AND o.source = :source AND o.bucket = c.bucket "
                                + "AND o.object_key = c.object_key AND o.etag = c.etag AND o.state = 'DONE' OFFSET 0) o "
                                + "ON o.version > :first AND o.version <= :last"),
                        distinct)
                .bind("job", jobName)
                .bind("source", source)
                .bind("first", version(handle, jobName, FROM, from))
                .bind("last", version(handle, jobName, TO, to))
                .mapTo(Integer.class)
                .list());
        List<ObjectVersion> objects = java.util.stream.IntStream.range(0, distinct.size())
                .filter(index -> granted.contains(index + 1))
                .mapToObj(distinct::get)
                .toList();
        return new Claim(objects, (long) distinct.size() - objects.size(), 0);
    }
}
