package dev.mastic.orchestration.bookmark;

import dev.mastic.bookmarks.SourceLocation;
import dev.mastic.bookmarks.postgres.NextInput;
import dev.mastic.orchestration.bookmark.PresentObjects.Listed;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What the next run of a job would read of a source, page by page; no page looks at more than 100,000 objects. Thread-safe. */
final class InputPlans {
    private static final int MOST_LISTINGS = 100;

    private final Jdbi jdbi;
    private final PresentObjects present;
    private final NextInput input = new NextInput();

    InputPlans(Jdbi jdbi, PresentObjects present) {
        this.jdbi = jdbi;
        this.present = present;
    }

    /**
     * A page of a plan.
     *
     * @param looked how many objects of the source this page is about
     * @param processed how many of those have been read before
     * @param objects the others
     * @param next where to go on; null after the last page
     */
    record Plan(
            String source,
            String location,
            long looked,
            long processed,
            List<PlannedObject> objects,
            @Nullable String next) {}

    /** An object that has not been read. */
    record PlannedObject(
            String uri,
            String etag,
            long size,
            Instant lastModified,
            NextInput.Reason reason,
            @Nullable String run) {
        static PlannedObject of(NextInput.Planned planned) {
            return new PlannedObject(
                    planned.object().uri(),
                    planned.object().etag(),
                    planned.object().size(),
                    planned.object().lastModified(),
                    planned.reason(),
                    planned.run());
        }
    }

    /**
     * The page after a key.
     *
     * @param limit the page ends after the listing of 1,000 objects that brings it to so many
     */
    Plan page(String job, String source, SourceLocation location, String afterKey, int limit) {
        Optional<Instant> newest =
                jdbi.<Optional<Instant>, RuntimeException>withHandle(handle -> input.newest(handle, job, source));
        List<PlannedObject> objects = new ArrayList<>();
        long looked = 0;
        Iterator<Listed> listings = present.pages(location, afterKey).iterator();
        Listed listed = listings.next();
        for (int count = 1; ; count++) {
            Listed now = listed;
            looked += now.objects().size();
            jdbi.<List<NextInput.Planned>, RuntimeException>withHandle(
                            handle -> input.compare(handle, job, source, newest, now.objects()))
                    .forEach(planned -> objects.add(PlannedObject.of(planned)));
            if (now.last() || count == MOST_LISTINGS || objects.size() >= limit) {
                String next = now.last() ? null : now.lastKey();
                return new Plan(source, location.uri(), looked, looked - objects.size(), objects, next);
            }
            listed = listings.next();
        }
    }
}
