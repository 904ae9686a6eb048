package dev.mastic.bookmarks.postgres;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.Claim;
import dev.mastic.bookmarks.ClaimTerms;
import dev.mastic.bookmarks.Ledger;
import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.bookmarks.OutputAccess;
import org.jdbi.v3.core.Handle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The claims of all jobs. Every operation runs on the caller's handle, so that the caller can make it one transaction
 * with its own changes; the caller also decides who may call: an ended run must be {@linkplain #release released} in
 * the transaction that ends it, and may not claim afterwards.
 *
 * <p>Stateless and thread-safe.
 */
public final class PostgresLedger {
    private static final String SAME_VERSION = "o.job_name = :job AND o.source = :source AND o.bucket = c.bucket "
            + "AND o.object_key = c.object_key AND o.etag = c.etag";
    private static final String CHANGED = "EXISTS (SELECT FROM bookmarks.object_claim p WHERE p.job_name = :job "
            + "AND p.source = :source AND p.bucket = c.bucket AND p.object_key = c.object_key AND p.etag <> c.etag "
            + "AND p.state = 'DONE')";

    private final OutputLocks locks = new OutputLocks();
    private final KeyClaims keys = new KeyClaims();

    private enum Outcome {
        GRANTED,
        PROCESSED,
        HELD,
        CHANGED,
        LEFT
    }

    /**
     * Claims candidates of a source for a run; see {@link dev.mastic.bookmarks.Ledger#claim}. An {@code ENABLE} run holds
     * what it is granted alone. A {@code PAUSE} run is granted everything that no run has committed, and holds nothing,
     * as it remembers nothing. A {@code DISABLE} run is granted everything.
     *
     * @param source name of the read step
     */
    public Claim claim(
            Handle handle,
            String jobName,
            String runId,
            BookmarkOption option,
            String source,
            List<ObjectVersion> candidates,
            ClaimTerms terms) {
        List<ObjectVersion> distinct = candidates.stream()
                .map(Version::of)
                .distinct()
                .map(Version::object)
                .toList();
        return switch (option) {
            case DISABLE -> Bounds.of(new Claim(distinct, 0, 0), terms);
            case PAUSE ->
                Bounds.of(
                        answer(
                                handle,
                                runId,
                                distinct,
                                outcomes(handle, jobName, runId, source, distinct, terms, true)),
                        terms);
            case ENABLE -> claimAlone(handle, jobName, runId, source, distinct, terms);
        };
    }

    /** Claims everything that is new to a run. */
    public Claim claim(
            Handle handle,
            String jobName,
            String runId,
            BookmarkOption option,
            String source,
            List<ObjectVersion> candidates) {
        return claim(handle, jobName, runId, option, source, candidates, ClaimTerms.ALL);
    }

    /** Most candidates of most runs are processed already: a look finds them faster than a refused insert does. */
    private static Claim claimAlone(
            Handle handle,
            String jobName,
            String runId,
            String source,
            List<ObjectVersion> candidates,
            ClaimTerms terms) {
        Map<Integer, Outcome> known = outcomes(handle, jobName, runId, source, candidates, terms, false);
        List<ObjectVersion> open = IntStream.range(0, candidates.size())
                .filter(index -> known.get(index) != Outcome.PROCESSED)
                .mapToObj(candidates::get)
                .toList();
        if (terms.equals(ClaimTerms.ALL)) {
            insert(handle, jobName, runId, source, open);
        } else {
            insert(handle, jobName, runId, source, open, terms);
        }
        Claim claim = answer(handle, runId, open, outcomes(handle, jobName, runId, source, open, terms, false));
        return new Claim(
                claim.granted(),
                claim.alreadyProcessed() + candidates.size() - open.size(),
                claim.heldByOtherRuns(),
                claim.changed(),
                claim.left());
    }

    private static void insert(
            Handle handle, String jobName, String runId, String source, List<ObjectVersion> candidates) {
        if (candidates.isEmpty()) {
            return;
        }
        // In one order for all runs: two that want the same objects then wait for each other, and cannot deadlock.
        ObjectArrays.bind(
                        handle,
                        handle.createUpdate("INSERT INTO bookmarks.object_claim "
                                + "(job_name, source, bucket, object_key, etag, size, last_modified, run_id, state) "
                                + "SELECT :job, :source, bucket, object_key, etag, size, last_modified, :run, 'CLAIMED' FROM "
                                + ObjectArrays.ROWS + " ORDER BY bucket, object_key, etag ON CONFLICT DO NOTHING"),
                        candidates)
                .bind("job", jobName)
                .bind("source", source)
                .bind("run", runId)
                .execute();
    }

    /** The first of what is new, up to the bounds; what this run has claimed already counts, as a call may be repeated. */
    private static void insert(
            Handle handle,
            String jobName,
            String runId,
            String source,
            List<ObjectVersion> candidates,
            ClaimTerms terms) {
        if (candidates.isEmpty()) {
            return;
        }
        ObjectArrays.bind(
                        handle,
                        handle.createUpdate("INSERT INTO bookmarks.object_claim "
                                + "(job_name, source, bucket, object_key, etag, size, last_modified, run_id, state) "
                                + "SELECT :job, :source, bucket, object_key, etag, size, last_modified, :run, 'CLAIMED' "
                                + "FROM (SELECT c.*, row_number() OVER (ORDER BY ord) AS place, "
                                + "sum(size) OVER (ORDER BY ord) - size AS before FROM " + ObjectArrays.ROWS
                                + " WHERE NOT EXISTS (SELECT FROM bookmarks.object_claim o WHERE " + SAME_VERSION
                                + " AND NOT (o.run_id = :run AND o.state = 'CLAIMED')) "
                                + "AND (:takeChanged OR NOT " + CHANGED + ")) AS fresh "
                                + "WHERE place <= :mostObjects AND before < :mostBytes "
                                + "ORDER BY bucket, object_key, etag ON CONFLICT DO NOTHING"),
                        candidates)
                .bind("job", jobName)
                .bind("source", source)
                .bind("run", runId)
                .bind("takeChanged", terms.changed() == ClaimTerms.ChangedObjects.TAKE)
                .bind("mostObjects", terms.mostObjects())
                .bind("mostBytes", terms.mostBytes())
                .execute();
    }

    private static Map<Integer, Outcome> outcomes(
            Handle handle,
            String jobName,
            String runId,
            String source,
            List<ObjectVersion> candidates,
            ClaimTerms terms,
            boolean withoutHolding) {
        Map<Integer, Outcome> outcomes = new HashMap<>();
        if (candidates.isEmpty()) {
            return outcomes;
        }
        // A scalar subquery is one look into the primary key for each candidate; a join reads the whole ledger instead
        // when the candidates are many, which makes a claim in pieces quadratic.
        ObjectArrays.bind(
                        handle,
                        handle.createQuery("SELECT c.ord, coalesce((SELECT CASE WHEN o.state = 'DONE' THEN 'PROCESSED' "
                                + "WHEN o.run_id = :run OR :withoutHolding THEN 'GRANTED' ELSE 'HELD' END "
                                + "FROM bookmarks.object_claim o WHERE " + SAME_VERSION + "), "
                                + "CASE WHEN NOT :takeChanged AND " + CHANGED + " THEN 'CHANGED' "
                                + "WHEN :withoutHolding THEN 'GRANTED' WHEN :bounded THEN 'LEFT' ELSE 'HELD' END) "
                                + "AS outcome FROM " + ObjectArrays.ROWS),
                        candidates)
                .bind("job", jobName)
                .bind("source", source)
                .bind("run", runId)
                .bind("withoutHolding", withoutHolding)
                .bind("takeChanged", terms.changed() == ClaimTerms.ChangedObjects.TAKE)
                .bind("bounded", terms.isBounded())
                .map((row, context) -> Map.entry(row.getInt("ord") - 1, Outcome.valueOf(row.getString("outcome"))))
                .forEach(entry -> outcomes.put(entry.getKey(), entry.getValue()));
        return outcomes;
    }

    private static Claim answer(
            Handle handle, String runId, List<ObjectVersion> candidates, Map<Integer, Outcome> outcomes) {
        List<ObjectVersion> granted = new ArrayList<>();
        List<ObjectVersion> held = new ArrayList<>();
        List<ObjectVersion> changed = new ArrayList<>();
        long processed = 0;
        long left = 0;
        for (int i = 0; i < candidates.size(); i++) {
            switch (outcomes.getOrDefault(i, Outcome.HELD)) {
                case GRANTED -> granted.add(candidates.get(i));
                case PROCESSED -> processed++;
                case HELD -> held.add(candidates.get(i));
                case CHANGED -> changed.add(candidates.get(i));
                case LEFT -> left++;
            }
        }
        if (!held.isEmpty()) {
            ObjectArrays.bind(
                            handle,
                            handle.createUpdate("INSERT INTO bookmarks.held_object (run_id, bucket, object_key, etag) "
                                    + "SELECT :run, bucket, object_key, etag FROM " + ObjectArrays.ROWS
                                    + " ON CONFLICT DO NOTHING"),
                            held)
                    .bind("run", runId)
                    .execute();
        }
        return new Claim(granted, processed, held.size(), changed, left);
    }

    /** The objects that the run asked for and did not get because another run held them. */
    public Set<ObjectIdentity> heldByOthers(Handle handle, String runId) {
        return new HashSet<>(
                handle.createQuery("SELECT bucket, object_key, etag FROM bookmarks.held_object WHERE run_id = :run")
                        .bind("run", runId)
                        .map((row, context) -> new ObjectIdentity(
                                row.getString("bucket"), row.getString("object_key"), row.getString("etag")))
                        .list());
    }

    /** Gives back what the run claimed and did not commit: other runs may claim it now. Harmless when repeated. */
    public void release(Handle handle, String runId) {
        handle.createUpdate("DELETE FROM bookmarks.object_claim WHERE run_id = :run AND state = 'CLAIMED'")
                .bind("run", runId)
                .execute();
        forgetHeld(handle, runId);
        locks.release(handle, runId);
        keys.release(handle, runId);
    }

    /** Makes the run's claims processed for good; the caller has advanced the bookmark to {@code version}. */
    void commitClaims(Handle handle, String runId, int version) {
        handle.createUpdate("UPDATE bookmarks.object_claim SET state = 'DONE', version = :version "
                        + "WHERE run_id = :run AND state = 'CLAIMED'")
                .bind("run", runId)
                .bind("version", version)
                .execute();
    }

    void forgetHeld(Handle handle, String runId) {
        handle.createUpdate("DELETE FROM bookmarks.held_object WHERE run_id = :run")
                .bind("run", runId)
                .execute();
    }

    /**
     * Announces where a run will upload; see {@link dev.mastic.bookmarks.Ledger#stage}. Harmless when repeated.
     *
     * @throws Ledger.OutputBusyException when another run excludes this one
     */
    public void stage(Handle handle, String runId, String output, String location, OutputAccess access) {
        locks.acquire(handle, runId, location, access);
        handle.createUpdate("INSERT INTO bookmarks.staged_output (run_id, output, location) "
                        + "VALUES (:run, :output, :location) ON CONFLICT DO NOTHING")
                .bind("run", runId)
                .bind("output", output)
                .bind("location", location)
                .execute();
    }

    /** Where a run announced to upload, each location once. */
    public List<String> stagedLocations(Handle handle, String runId) {
        return handle.createQuery("SELECT DISTINCT location FROM bookmarks.staged_output WHERE run_id = :run")
                .bind("run", runId)
                .mapTo(String.class)
                .list();
    }

    /** The runs that announced uploads and were not {@linkplain #forgetStaged forgotten}. */
    public List<String> stagedRuns(Handle handle) {
        return handle.createQuery("SELECT DISTINCT run_id FROM bookmarks.staged_output ORDER BY run_id")
                .mapTo(String.class)
                .list();
    }

    /** Forgets where a run uploaded, when nothing of it can be left over any more. */
    public void forgetStaged(Handle handle, String runId) {
        handle.createUpdate("DELETE FROM bookmarks.staged_output WHERE run_id = :run")
                .bind("run", runId)
                .execute();
    }

    /** The bounds of a claim where nothing is held. */
    private static final class Bounds {
        static Claim of(Claim claim, ClaimTerms terms) {
            List<ObjectVersion> granted = new ArrayList<>();
            long bytes = 0;
            for (ObjectVersion object : claim.granted()) {
                if (granted.size() < terms.mostObjects() && bytes < terms.mostBytes()) {
                    granted.add(object);
                }
                bytes += object.size();
            }
            long left = claim.granted().size() - granted.size();
            return new Claim(granted, claim.alreadyProcessed(), claim.heldByOtherRuns(), claim.changedObjects(), left);
        }
    }

    /** What a version of an object is known by. */
    public record ObjectIdentity(String bucket, String key, String etag) {}

    /** Equal when bucket, key and etag are: a candidate that is named twice is one candidate. */
    private record Version(ObjectIdentity identity, ObjectVersion object) {
        static Version of(ObjectVersion object) {
            return new Version(new ObjectIdentity(object.bucket(), object.key(), object.etag()), object);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Version version && version.identity.equals(identity);
        }

        @Override
        public int hashCode() {
            return identity.hashCode();
        }
    }
}
