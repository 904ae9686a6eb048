package dev.mastic.bookmarks.postgres;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.KeyClaim;
import dev.mastic.bookmarks.KeyClaimRequest;
import dev.mastic.bookmarks.KeyInterval;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What jobs have read of tables by keys: a chain of intervals for each source, of which a run holds those that it reads.
 * Every operation runs on the caller's handle; see {@link PostgresLedger} for who may call. Stateless and thread-safe.
 */
public final class KeyClaims {

    /**
     * Grants a run what is free, and what is new up to the bound that it found.
     *
     * @throws InvalidInputException when the bookmark of the source is of something else
     */
    public KeyClaim claim(Handle handle, String jobName, String runId, BookmarkOption option, KeyClaimRequest request) {
        lock(handle, jobName, request.source());
        Optional<Link> last = last(handle, jobName, request.source());
        last.ifPresent(link -> requireIdentity(jobName, request, link));
        String known = last.map(Link::upper).orElse(null);
        if (!Objects.equals(known, request.known())) {
            return new KeyClaim(known, List.of());
        }
        boolean newer = request.upTo() != null && !request.upTo().equals(known);
        return switch (option) {
            case DISABLE ->
                new KeyClaim(
                        known,
                        newer ? List.of(new KeyInterval(null, Objects.requireNonNull(request.upTo()))) : List.of());
            case PAUSE -> {
                List<Link> links = new ArrayList<>(links(handle, jobName, request.source(), "state = 'FREE'", runId));
                if (newer) {
                    links.add(new Link(
                            last.map(Link::place).orElse(0) + 1,
                            request.identity(),
                            known,
                            Objects.requireNonNull(request.upTo())));
                }
                yield new KeyClaim(known, joined(links));
            }
            case ENABLE -> {
                hold(handle, jobName, runId, request.source());
                if (newer) {
                    append(
                            handle,
                            jobName,
                            runId,
                            request,
                            last.map(Link::place).orElse(0) + 1,
                            known);
                }
                yield new KeyClaim(
                        newer ? request.upTo() : known,
                        joined(links(handle, jobName, request.source(), "state = 'CLAIMED' AND run_id = :run", runId)));
            }
        };
    }

    /** One run at a time looks at a source. */
    private static void lock(Handle handle, String jobName, String source) {
        handle.createQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:place, 0))")
                .bind("place", "mastic key claims " + jobName + "/" + source)
                .mapTo(Integer.class)
                .one();
    }

    private static Optional<Link> last(Handle handle, String jobName, String source) {
        return handle.createQuery("SELECT place, identity, lower_bound, upper_bound FROM bookmarks.key_claim "
                        + "WHERE job_name = :job AND source = :source ORDER BY place DESC LIMIT 1")
                .bind("job", jobName)
                .bind("source", source)
                .map((row, context) -> link(row))
                .findOne();
    }

    private static List<Link> links(Handle handle, String jobName, String source, String condition, String runId) {
        return handle.createQuery("SELECT place, identity, lower_bound, upper_bound FROM bookmarks.key_claim "
                        + "WHERE job_name = :job AND source = :source AND " + condition
                        + " AND :run <> '' ORDER BY place")
                .bind("job", jobName)
                .bind("source", source)
                .bind("run", runId)
                .map((row, context) -> link(row))
                .list();
    }

    private static Link link(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Link(
                row.getInt("place"),
                row.getString("identity"),
                row.getString("lower_bound"),
                row.getString("upper_bound"));
    }

    private static void requireIdentity(String jobName, KeyClaimRequest request, Link link) {
        if (!link.identity().equals(request.identity())) {
            throw InvalidInputException.builder()
                    .message("The bookmark of read '" + request.source() + "' of job " + jobName + " is of "
                            + link.identity() + ", and the job reads " + request.identity()
                            + ": give the read step another name, or reset the bookmark")
                    .build();
        }
    }

    private static void hold(Handle handle, String jobName, String runId, String source) {
        handle.createUpdate("UPDATE bookmarks.key_claim SET state = 'CLAIMED', run_id = :run "
                        + "WHERE job_name = :job AND source = :source AND state = 'FREE'")
                .bind("job", jobName)
                .bind("source", source)
                .bind("run", runId)
                .execute();
    }

    private static void append(
            Handle handle, String jobName, String runId, KeyClaimRequest request, int place, @Nullable String known) {
        handle.createUpdate("INSERT INTO bookmarks.key_claim "
                        + "(job_name, source, place, identity, lower_bound, upper_bound, state, run_id) "
                        + "VALUES (:job, :source, :place, :identity, :lower, :upper, 'CLAIMED', :run)")
                .bind("job", jobName)
                .bind("source", request.source())
                .bind("place", place)
                .bind("identity", request.identity())
                .bind("lower", known)
                .bind("upper", request.upTo())
                .bind("run", runId)
                .execute();
    }

    /** Neighbours become one interval. */
    private static List<KeyInterval> joined(List<Link> links) {
        List<KeyInterval> intervals = new ArrayList<>();
        int end = -1;
        for (Link link : links) {
            if (link.place() == end && !intervals.isEmpty()) {
                KeyInterval before = intervals.remove(intervals.size() - 1);
                intervals.add(new KeyInterval(before.after(), link.upper()));
            } else {
                intervals.add(new KeyInterval(link.lower(), link.upper()));
            }
            end = link.place() + 1;
        }
        return intervals;
    }

    /** Gives back what the run claimed and did not commit. */
    void release(Handle handle, String runId) {
        handle.createUpdate("UPDATE bookmarks.key_claim SET state = 'FREE', run_id = NULL "
                        + "WHERE run_id = :run AND state = 'CLAIMED'")
                .bind("run", runId)
                .execute();
    }

    void commit(Handle handle, String runId, int version) {
        handle.createUpdate("UPDATE bookmarks.key_claim SET state = 'DONE', version = :version "
                        + "WHERE run_id = :run AND state = 'CLAIMED'")
                .bind("run", runId)
                .bind("version", version)
                .execute();
    }

    /** Frees what was read after a version; a chain of which no run holds a part is forgotten when all of it is free. */
    void forgetAfter(Handle handle, String jobName, int version) {
        handle.createUpdate("UPDATE bookmarks.key_claim SET state = 'FREE', run_id = NULL, version = NULL "
                        + "WHERE job_name = :job AND state = 'DONE' AND version > :version")
                .bind("job", jobName)
                .bind("version", version)
                .execute();
        handle.createUpdate("DELETE FROM bookmarks.key_claim k WHERE job_name = :job AND NOT EXISTS ("
                        + "SELECT 1 FROM bookmarks.key_claim o WHERE o.job_name = k.job_name AND o.source = k.source "
                        + "AND o.state <> 'FREE')")
                .bind("job", jobName)
                .execute();
    }

    /** For each source what is read by keys: the newest bound that a version had. */
    Map<String, Object> progress(Handle handle, String jobName, int version) {
        Map<String, Object> progress = new LinkedHashMap<>();
        handle.createQuery(
                        "SELECT DISTINCT ON (source) source, identity, upper_bound FROM bookmarks.key_claim "
                                + "WHERE job_name = :job AND state = 'DONE' AND version <= :version ORDER BY source, place DESC")
                .bind("job", jobName)
                .bind("version", version)
                .map((row, context) -> Map.entry(
                        row.getString("source"),
                        Map.of("of", row.getString("identity"), "upTo", row.getString("upper_bound"))))
                .forEach(entry -> progress.put(entry.getKey(), entry.getValue()));
        return progress;
    }

    private record Link(
            int place, String identity, @Nullable String lower, String upper) {}
}
