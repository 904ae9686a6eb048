package dev.mastic.bookmarks;

import dev.mastic.warehouse.table.TablePath;

import java.util.List;

/**
 * The ledger as one attempt of one run sees it. The protocol, in order:
 *
 * <ol>
 *   <li>{@link #claim} for each bookmarked source: which objects may this run read;
 *   <li>{@link #stage} for each output, before the first byte is uploaded: where to look for leftovers if this run dies;
 *   <li>{@link #commit} once: from here on the run has succeeded and everything it wrote will be published, whoever dies.
 * </ol>
 *
 * Every call fails with {@link AttemptLostException} when this attempt is no longer the run's active one (stopped, timed
 * out, or taken over after its driver was silent for too long); the caller must stop at once, and may publish nothing.
 */
public interface Ledger {

    /**
     * Claims candidates of a source for this run. Repeating a claim grants the same objects again. What is granted
     * depends on the run's {@link BookmarkOption}: with {@code DISABLE} everything is.
     *
     * @param source name of the read step
     * @param candidates in the order in which they are to be granted when not all are
     */
    Claim claim(String source, List<ObjectVersion> candidates, ClaimTerms terms);

    /** Claims everything that is new. */
    default Claim claim(String source, List<ObjectVersion> candidates) {
        return claim(source, candidates, ClaimTerms.ALL);
    }

    /**
     * Announces that files will be uploaded below a location.
     *
     * @param output name of the write step
     * @param location {@code s3://bucket/prefix/}
     * @throws OutputBusyException when another run that is not published or ended yet excludes this one
     */
    void stage(String output, String location, OutputAccess access);

    /** Announces files that are added to what is at a location. */
    default void stage(String output, String location) {
        stage(output, location, OutputAccess.SHARED);
    }

    /**
     * Announces that rows will be staged in a table of a database.
     *
     * @param output name of the write step
     * @param connection name of the connection in the catalog
     * @param table the staging table
     */
    void stageTable(String output, String connection, TablePath table);

    /**
     * Claims rows of a source that are new by its keys. Repeating the call grants the same intervals again.
     *
     * @throws IllegalStateException when the job's bookmark of the source is of other keys or another table
     */
    KeyClaim claimKeys(KeyClaimRequest request);

    /**
     * Commits the run. Repeating the call after an unknown outcome is safe: it answers like the first one.
     *
     * @throws AttemptLostException when the run was ended before; nothing is published then
     */
    void commit(RunCommit commit);

    /** Another run writes to the location, and one of both replaces what is there. */
    final class OutputBusyException extends RuntimeException {
        public OutputBusyException(String message) {
            super(message);
        }
    }

    /** The run attempt is no longer active. */
    final class AttemptLostException extends RuntimeException {
        public AttemptLostException(String message) {
            super(message);
        }
    }
}
