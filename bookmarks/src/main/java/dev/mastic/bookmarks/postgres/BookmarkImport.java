package dev.mastic.bookmarks.postgres;

import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Makes a bookmark of the lines of {@link BookmarkExport}: the lines are collected, and become the bookmark all at once
 * when the last has come. Every operation runs on the caller's handle, in the caller's transaction. Stateless and
 * thread-safe.
 */
public final class BookmarkImport {

    /** What is done with a bookmark that the job has. */
    public enum Existing {
        /** The import is refused. */
        REFUSE,
        /** The import takes its place. */
        REPLACE
    }

    /**
     * Begins an import; those that were begun a day ago and never finished are forgotten.
     *
     * @return its id
     * @throws AlreadyExistsException when the job has a bookmark that may not be replaced
     */
    public String begin(Handle handle, String jobName, Existing existing) {
        refuse(handle, jobName, existing);
        handle.execute("DELETE FROM bookmarks.bookmark_import WHERE begun_on < clock_timestamp() - interval '1 day'");
        String id = UUID.randomUUID().toString();
        handle.createUpdate("INSERT INTO bookmarks.bookmark_import (import_id, job_name) VALUES (:id, :job)")
                .bind("id", id)
                .bind("job", jobName)
                .execute();
        return id;
    }

    /**
     * Collects lines; the same lines may come twice.
     *
     * @param first number of the first line, from 1
     * @throws InvalidInputException naming the line that is none of an exported bookmark
     */
    public void add(Handle handle, String jobName, String importId, long first, List<String> lines) {
        require(handle, jobName, importId);
        try (PreparedBatch batch =
                handle.prepareBatch("INSERT INTO bookmarks.imported_line (import_id, line, kind, body) "
                        + "VALUES (:id, :line, :kind, :body::jsonb) ON CONFLICT DO NOTHING")) {
            long number = first;
            for (String line : lines) {
                batch.bind("id", importId)
                        .bind("line", number)
                        .bind("kind", kind(number, line))
                        .bind("body", line)
                        .add();
                number++;
            }
            batch.execute();
        }
    }

    private static String kind(long number, String line) {
        byte[] json = line.getBytes(StandardCharsets.UTF_8);
        try {
            String kind = String.valueOf(Json.readObject(json).get("kind"));
            switch (kind) {
                case BookmarkLine.Counters.KIND -> {
                    int format = Json.read(json, BookmarkLine.Counters.class).format();
                    if (format != BookmarkLine.Counters.FORMAT) {
                        throw invalid("line " + number + " has format " + format + "; this server reads format "
                                + BookmarkLine.Counters.FORMAT);
                    }
                }
                case BookmarkLine.Commit.KIND ->
                    Objects.requireNonNull(
                            Json.read(json, BookmarkLine.Commit.class).runId(), "runId");
                case BookmarkLine.Processed.KIND -> check(Json.read(json, BookmarkLine.Processed.class));
                case BookmarkLine.End.KIND -> Json.read(json, BookmarkLine.End.class);
                default ->
                    throw invalid("line " + number + " is of kind '" + kind
                            + "'; expected bookmark, commit, object or end: is it a file of mastic bookmark export?");
            }
            return kind;
        } catch (RestException | NullPointerException e) {
            throw invalid("line " + number + " is no line of an exported bookmark: " + e.getMessage());
        }
    }

    private static void check(BookmarkLine.Processed object) {
        for (Map.Entry<String, ?> member : List.of(
                named("source", object.source()),
                named("bucket", object.bucket()),
                named("key", object.key()),
                named("etag", object.etag()),
                named("lastModified", object.lastModified()),
                named("runId", object.runId()))) {
            Objects.requireNonNull(member.getValue(), member.getKey());
        }
    }

    private static Map.Entry<String, ?> named(String name, @org.jspecify.annotations.Nullable Object value) {
        return Map.entry(name, Objects.requireNonNull(value, name + " is missing"));
    }

    /**
     * Makes the collected lines the job's bookmark. The caller has made sure that no run of the job is open, and that
     * none begins.
     *
     * @return how many versions of objects it has
     * @throws AlreadyExistsException when the job has a bookmark that may not be replaced
     * @throws InvalidInputException when lines are missing
     */
    public long finish(Handle handle, String jobName, String importId, Existing existing) {
        require(handle, jobName, importId);
        refuse(handle, jobName, existing);
        complete(handle, importId);
        for (String table : List.of("object_claim", "bookmark_commit", "bookmark")) {
            handle.createUpdate("DELETE FROM bookmarks." + table + " WHERE job_name = :job")
                    .bind("job", jobName)
                    .execute();
        }
        insert(
                handle,
                jobName,
                importId,
                BookmarkLine.Counters.KIND,
                "INSERT INTO bookmarks.bookmark (job_name, version, run, attempt, run_id, previous_run_id) "
                        + "SELECT :job, (body->>'version')::int, (body->>'run')::int, (body->>'attempt')::int, "
                        + "body->>'runId', body->>'previousRunId'");
        insert(
                handle,
                jobName,
                importId,
                BookmarkLine.Commit.KIND,
                "INSERT INTO bookmarks.bookmark_commit "
                        + "(job_name, version, run, attempt, run_id, previous_run_id, committed_on) "
                        + "SELECT :job, (body->>'version')::int, (body->>'run')::int, (body->>'attempt')::int, "
                        + "body->>'runId', body->>'previousRunId', (body->>'committedOn')::timestamptz");
        long objects = insert(
                handle,
                jobName,
                importId,
                BookmarkLine.Processed.KIND,
                "INSERT INTO bookmarks.object_claim "
                        + "(job_name, source, bucket, object_key, etag, size, last_modified, run_id, state, version) "
                        + "SELECT :job, body->>'source', body->>'bucket', body->>'key', body->>'etag', "
                        + "(body->>'size')::bigint, (body->>'lastModified')::timestamptz, body->>'runId', 'DONE', "
                        + "(body->>'version')::int");
        handle.createUpdate("DELETE FROM bookmarks.bookmark_import WHERE import_id = :id")
                .bind("id", importId)
                .execute();
        return objects;
    }

    private static int insert(Handle handle, String jobName, String importId, String kind, String insert) {
        return handle.createUpdate(insert + " FROM bookmarks.imported_line WHERE import_id = :id AND kind = :kind")
                .bind("job", jobName)
                .bind("id", importId)
                .bind("kind", kind)
                .execute();
    }

    private static void complete(Handle handle, String importId) {
        String trouble = handle.createQuery("SELECT CASE "
                        + "WHEN count(*) FILTER (WHERE kind = 'bookmark' AND line = 1) <> 1 "
                        + "OR count(*) FILTER (WHERE kind = 'bookmark') <> 1 THEN 'its first line has no counters' "
                        + "WHEN count(*) FILTER (WHERE kind = 'end' AND line = (body->>'lines')::bigint + 1) <> 1 "
                        + "OR count(*) FILTER (WHERE kind = 'end') <> 1 "
                        + "OR count(*) <> max(line) OR max(line) <> max(line) FILTER (WHERE kind = 'end') "
                        + "THEN 'lines are missing: it ends without the line that counts them, or the count differs' "
                        + "ELSE '' END FROM bookmarks.imported_line WHERE import_id = :id")
                .bind("id", importId)
                .mapTo(String.class)
                .one();
        if (!trouble.isEmpty()) {
            throw invalid(trouble + "; export it again");
        }
    }

    private static void require(Handle handle, String jobName, String importId) {
        boolean begun = handle.createQuery(
                        "SELECT 1 FROM bookmarks.bookmark_import WHERE import_id = :id AND job_name = :job FOR UPDATE")
                .bind("id", importId)
                .bind("job", jobName)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (!begun) {
            throw EntityNotFoundException.builder()
                    .message("Import " + importId + " of job " + jobName + " not found; begin another")
                    .build();
        }
    }

    private static void refuse(Handle handle, String jobName, Existing existing) {
        BookmarkExport.requireNoKeys(handle, jobName);
        boolean exists = handle.createQuery("SELECT EXISTS (SELECT FROM bookmarks.bookmark WHERE job_name = :job)")
                .bind("job", jobName)
                .mapTo(Boolean.class)
                .one();
        if (exists && existing == Existing.REFUSE) {
            throw AlreadyExistsException.builder()
                    .message("Job " + jobName + " has a bookmark; replace it with --replace, or reset and keep it")
                    .build();
        }
    }

    private static InvalidInputException invalid(String message) {
        return InvalidInputException.builder()
                .message("The bookmark cannot be imported: " + message)
                .build();
    }
}
