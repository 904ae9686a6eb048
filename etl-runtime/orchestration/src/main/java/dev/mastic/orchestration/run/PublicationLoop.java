package dev.mastic.orchestration.run;

import dev.mastic.bookmarks.Failpoint;
import dev.mastic.bookmarks.postgres.Publication;
import dev.mastic.bookmarks.postgres.Publications;
import dev.mastic.bookmarks.publish.Publisher;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;

/**
 * Publishes what runs have committed, again and again until it succeeds. The publication is locked by an open
 * transaction meanwhile: when this server dies, another takes it over at once. Thread-safe.
 */
final class PublicationLoop {
    private static final Logger LOG = LoggerFactory.getLogger(PublicationLoop.class);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);

    private final Jdbi jdbi;
    private final RunStore runs;
    private final RunLifecycle lifecycle;
    private final Publications publications;
    private final Publisher publisher;
    private final Runnable changed;

    /** @param changed called when a run has succeeded */
    PublicationLoop(
            Jdbi jdbi,
            RunStore runs,
            RunLifecycle lifecycle,
            Publications publications,
            Publisher publisher,
            Runnable changed) {
        this.jdbi = jdbi;
        this.runs = runs;
        this.lifecycle = lifecycle;
        this.publications = publications;
        this.publisher = publisher;
        this.changed = changed;
    }

    /** Publishes one run, if one is due; tells whether there was one. */
    boolean publishNext() {
        Optional<String> published = jdbi.inTransaction(this::publishNext);
        published.ifPresent(runId -> {
            Failpoint.SERVER_AFTER_PUBLISHED.reach();
            try (RunLogContext context = RunLogContext.of(runId)) {
                LOG.info("Run {} is SUCCEEDED: its output is published", runId);
            }
            changed.run();
        });
        return published.isPresent();
    }

    private Optional<String> publishNext(Handle handle) {
        Optional<Publication> due = publications.lockDue(handle);
        if (due.isEmpty()) {
            return Optional.empty();
        }
        Publication publication = due.get();
        try (RunLogContext context = RunLogContext.of(publication.runId())) {
            publisher.publish(publication.outputs(), publication.loads());
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                // This server stops; the publication is not at fault, and the next server takes it at once.
                throw e;
            }
            // Anything: whatever the store or the catalog does, what was committed must come out in the end.
            Duration backoff = backoff(publication.attempts());
            LOG.warn(
                    "Publishing run {} failed {} times and is tried again in {} s",
                    publication.runId(),
                    publication.attempts() + 1,
                    backoff.toSeconds(),
                    e);
            String error = String.valueOf(e.getMessage()).replace("\0", "");
            publications.failed(handle, publication.runId(), error, backoff);
            runs.detail(
                    handle,
                    publication.runId(),
                    "committed; publishing failed " + (publication.attempts() + 1) + " times and is tried again: "
                            + error);
            return Optional.empty();
        }
        lifecycle.published(handle, publication.runId());
        return Optional.of(publication.runId());
    }

    private static Duration backoff(int attempts) {
        Duration backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(attempts, 10));
        return backoff.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : backoff;
    }
}
