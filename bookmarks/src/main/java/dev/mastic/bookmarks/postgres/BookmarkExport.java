package dev.mastic.bookmarks.postgres;

import dev.mastic.wire.rest.Json;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bookmarks as lines of JSON, page by page: the counters, the commits, the objects, an end. Stateless and thread-safe. */
public final class BookmarkExport {

    /**
     * Some lines.
     *
     * @param next where to go on; null after the last page
     */
    public record Page(List<String> lines, @Nullable Position next) {}

    /**
     * After which object to go on.
     *
     * @param version of the bookmark when the export began
     * @param lines how many were given out
     */
    public record Position(int version, long lines, String source, String bucket, String key, String etag) {}

    /**
     * A page of a job's bookmark.
     *
     * @param after empty for the first page, which has the counters and commits besides
     * @param most how many objects at most
     * @throws EntityNotFoundException when the job has no bookmark
     * @throws ConcurrentModificationException when the bookmark has changed since the first page
     */
    public Page page(Handle handle, String jobName, Optional<Position> after, int most) {
        BookmarkLine.Counters counters = counters(handle, jobName);
        requireNoKeys(handle, jobName);
        List<String> lines = new ArrayList<>();
        if (after.isEmpty()) {
            lines.add(Json.text(counters));
            commits(handle, jobName).forEach(commit -> lines.add(Json.text(commit)));
        } else if (after.get().version() != counters.version()) {
            throw ConcurrentModificationException.builder()
                    .message("The bookmark of job " + jobName
                            + " changed while it was exported; export it again, best while no run of the job commits")
                    .build();
        }
        List<BookmarkLine.Processed> objects = objects(handle, jobName, after, most);
        objects.forEach(object -> lines.add(Json.text(object)));
        long total = after.map(Position::lines).orElse(0L) + lines.size();
        if (objects.size() < most) {
            lines.add(Json.text(new BookmarkLine.End(BookmarkLine.End.KIND, total)));
            return new Page(lines, null);
        }
        BookmarkLine.Processed last = objects.get(objects.size() - 1);
        return new Page(
                lines, new Position(counters.version(), total, last.source(), last.bucket(), last.key(), last.etag()));
    }

    private static BookmarkLine.Counters counters(Handle handle, String jobName) {
        return handle.createQuery("SELECT * FROM bookmarks.bookmark WHERE job_name = :job")
                .bind("job", jobName)
                .map((row, context) -> new BookmarkLine.Counters(
                        BookmarkLine.Counters.KIND,
                        BookmarkLine.Counters.FORMAT,
                        jobName,
                        row.getInt("version"),
                        row.getInt("run"),
                        row.getInt("attempt"),
                        row.getString("run_id"),
                        row.getString("previous_run_id")))
                .findOne()
                .orElseThrow(() -> EntityNotFoundException.builder()
                        .message("Continuation for job " + jobName + " not found: it has no bookmark to export")
                        .build());
    }

    /** A bookmark without what it knows by keys would read their rows twice. */
    static void requireNoKeys(Handle handle, String jobName) {
        List<String> sources = handle.createQuery(
                        "SELECT DISTINCT source FROM bookmarks.key_claim WHERE job_name = :job ORDER BY source")
                .bind("job", jobName)
                .mapTo(String.class)
                .list();
        if (!sources.isEmpty()) {
            throw InvalidInputException.builder()
                    .message("Job " + jobName + " reads " + sources
                            + " by keys; only bookmarks of objects alone can be exported and imported")
                    .build();
        }
    }

    private static List<BookmarkLine.Commit> commits(Handle handle, String jobName) {
        return handle.createQuery("SELECT * FROM bookmarks.bookmark_commit WHERE job_name = :job ORDER BY version")
                .bind("job", jobName)
                .map((row, context) -> new BookmarkLine.Commit(
                        BookmarkLine.Commit.KIND,
                        row.getInt("version"),
                        row.getInt("run"),
                        row.getInt("attempt"),
                        row.getString("run_id"),
                        row.getString("previous_run_id"),
                        instant(row, "committed_on")))
                .list();
    }

    private static Instant instant(java.sql.ResultSet row, String column) throws java.sql.SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static List<BookmarkLine.Processed> objects(
            Handle handle, String jobName, Optional<Position> after, int most) {
        Position from = after.orElse(new Position(0, 0, "", "", "", ""));
        return handle.createQuery("SELECT * FROM bookmarks.object_claim WHERE job_name = :job AND state = 'DONE' "
                        + "AND (source, bucket, object_key, etag) > (:source, :bucket, :key, :etag) "
                        + "ORDER BY job_name, source, bucket, object_key, etag LIMIT :most")
                .bind("job", jobName)
                .bind("source", from.source())
                .bind("bucket", from.bucket())
                .bind("key", from.key())
                .bind("etag", from.etag())
                .bind("most", most)
                .map((row, context) -> new BookmarkLine.Processed(
                        BookmarkLine.Processed.KIND,
                        row.getString("source"),
                        row.getString("bucket"),
                        row.getString("object_key"),
                        row.getString("etag"),
                        row.getLong("size"),
                        instant(row, "last_modified"),
                        row.getString("run_id"),
                        row.getInt("version")))
                .list();
    }
}
