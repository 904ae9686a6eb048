package dev.mastic.bookmarks.postgres;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.Claim;
import dev.mastic.bookmarks.ClaimTerms;
import dev.mastic.bookmarks.Ledger;
import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.testing.TestPostgres;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.JobBookmarkEntry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static dev.mastic.bookmarks.BookmarkOption.DISABLE;
import static dev.mastic.bookmarks.BookmarkOption.ENABLE;
import static dev.mastic.bookmarks.BookmarkOption.PAUSE;
import static dev.mastic.bookmarks.OutputAccess.EXCLUSIVE;
import static dev.mastic.bookmarks.OutputAccess.SHARED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PostgresLedgerIT {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    private static TestPostgres.TestDatabase database;
    private static Jdbi jdbi;

    private final PostgresLedger ledger = new PostgresLedger();
    private final Bookmarks bookmarks = new Bookmarks(ledger);
    private String job;

    @BeforeAll
    static void migrate() {
        database = TestPostgres.newDatabase();
        BookmarksSchema.migrate(database.dataSource());
        jdbi = Jdbi.create(database.dataSource());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void nameJob() {
        job = "job-" + UUID.randomUUID();
    }

    @Test
    void grantsWhatIsNewOnceAndTheSameAgainToTheSameRun() {
        List<ObjectVersion> files = List.of(file("b", "1"), file("a", "1"));

        assertThat(claim("r1", ENABLE, files)).isEqualTo(new Claim(files, 0, 0));
        assertThat(claim("r1", ENABLE, files))
                .as("repeated after an unknown outcome")
                .isEqualTo(new Claim(files, 0, 0));
        assertThat(claim("r2", ENABLE, files)).as("another run").isEqualTo(new Claim(List.of(), 0, 2));

        commit("r1", ENABLE);
        assertThat(claim("r3", ENABLE, files)).isEqualTo(new Claim(List.of(), 2, 0));
    }

    @Test
    void doesNotDecideByTime() {
        claim("r1", ENABLE, List.of(file("new", "1")));
        commit("r1", ENABLE);
        ObjectVersion late = new ObjectVersion("bucket", "late", "1", 5, TIME.minus(Duration.ofDays(400)));
        ObjectVersion sameSecond = new ObjectVersion("bucket", "same-second", "1", 5, TIME);
        ObjectVersion touched = new ObjectVersion("bucket", "new", "1", 5, TIME.plusSeconds(100));

        assertThat(claim("r2", ENABLE, List.of(late, sameSecond, touched)))
                .isEqualTo(new Claim(List.of(late, sameSecond), 1, 0));
    }

    @Test
    void readsAnOverwrittenObjectAgain() {
        claim("r1", ENABLE, List.of(file("a", "1")));
        commit("r1", ENABLE);

        assertThat(claim("r2", ENABLE, List.of(file("a", "2"))).granted()).containsExactly(file("a", "2"));
    }

    @Test
    void leavesAnOverwrittenObjectAloneWhenAsked() {
        claim("r1", ENABLE, List.of(file("a", "1")));
        commit("r1", ENABLE);
        ClaimTerms terms = new ClaimTerms(ClaimTerms.ChangedObjects.LEAVE, Integer.MAX_VALUE, Long.MAX_VALUE);
        List<ObjectVersion> files = List.of(file("a", "1"), file("a", "2"), file("b", "1"));

        for (BookmarkOption option : List.of(PAUSE, ENABLE, ENABLE)) {
            Claim claim = claim("r2", option, files, terms);
            assertThat(claim.granted()).as("%s", option).containsExactly(file("b", "1"));
            assertThat(claim.changedObjects()).containsExactly(file("a", "2"));
            assertThat(claim.alreadyProcessed()).isOne();
            assertThat(claim.heldByOtherRuns()).isZero();
        }
    }

    @Test
    void worksOffABacklogInBoundedRuns() {
        List<ObjectVersion> files = List.of(file("e", "1"), file("d", "1"), file("c", "1"), file("b", "1"));
        ClaimTerms two = new ClaimTerms(ClaimTerms.ChangedObjects.TAKE, 2, Long.MAX_VALUE);
        ClaimTerms sixBytes = new ClaimTerms(ClaimTerms.ChangedObjects.TAKE, Integer.MAX_VALUE, 6);

        assertThat(claim("p", PAUSE, files, two)).isEqualTo(new Claim(files.subList(0, 2), 0, 0, List.of(), 2));
        assertThat(claim("r1", ENABLE, files, two)).isEqualTo(new Claim(files.subList(0, 2), 0, 0, List.of(), 2));
        assertThat(claim("r1", ENABLE, files, two))
                .as("repeated after an unknown outcome")
                .isEqualTo(new Claim(files.subList(0, 2), 0, 0, List.of(), 2));
        commit("r1", ENABLE);
        assertThat(claim("r2", ENABLE, files, new ClaimTerms(ClaimTerms.ChangedObjects.TAKE, Integer.MAX_VALUE, 1)))
                .as("one at least")
                .isEqualTo(new Claim(files.subList(2, 3), 2, 0, List.of(), 1));
        assertThat(claim("r3", ENABLE, files, sixBytes)).isEqualTo(new Claim(files.subList(3, 4), 2, 1, List.of(), 0));
    }

    @Test
    void aRunThatReplacesHasALocationAlone() {
        jdbi.useTransaction(handle -> ledger.stage(handle, run("r1"), "w", "s3://b/" + job + "/", SHARED));
        jdbi.useTransaction(handle -> ledger.stage(handle, run("r2"), "w", "s3://b/" + job + "/", SHARED));
        assertThatThrownBy(() -> jdbi.useTransaction(
                        handle -> ledger.stage(handle, run("r3"), "w", "s3://b/" + job + "/below/", EXCLUSIVE)))
                .isInstanceOf(Ledger.OutputBusyException.class)
                .hasMessageContaining("Run " + run("r1") + " is adding to s3://b/" + job + "/, so this run cannot"
                        + " replace s3://b/" + job + "/below/ now");
        jdbi.useTransaction(handle -> ledger.release(handle, run("r1")));
        jdbi.useTransaction(handle -> new Publications().published(handle, run("r2")));
        for (int i = 0; i < 2; i++) {
            jdbi.useTransaction(handle -> ledger.stage(handle, run("r3"), "w", "s3://b/" + job + "/below/", EXCLUSIVE));
        }
        assertThatThrownBy(() -> jdbi.useTransaction(
                        handle -> ledger.stage(handle, run("r4"), "w", "s3://b/" + job + "/", SHARED)))
                .hasMessageContaining("is replacing s3://b/" + job + "/below/");
        jdbi.useTransaction(handle -> ledger.stage(handle, run("r4"), "w", "s3://b/other/", EXCLUSIVE));
        jdbi.useTransaction(handle -> ledger.release(handle, run("r4")));
    }

    @Test
    void countsACandidateThatIsNamedTwiceOnce() {
        assertThat(claim("r1", ENABLE, List.of(file("a", "1"), file("a", "1"))))
                .isEqualTo(new Claim(List.of(file("a", "1")), 0, 0));
    }

    @Test
    void keepsSourcesApart() {
        claim("r1", ENABLE, List.of(file("a", "1")));
        commit("r1", ENABLE);

        Claim other = jdbi.inTransaction(
                handle -> ledger.claim(handle, job, run("r2"), ENABLE, "other", List.of(file("a", "1"))));

        assertThat(other.granted()).containsExactly(file("a", "1"));
    }

    @Test
    void freesTheClaimsOfAFailedRun() {
        claim("r1", ENABLE, List.of(file("a", "1")));
        assertThat(claim("r2", ENABLE, List.of(file("a", "1"))).heldByOtherRuns())
                .isOne();
        Set<PostgresLedger.ObjectIdentity> held = jdbi.withHandle(handle -> ledger.heldByOthers(handle, run("r2")));
        assertThat(held).extracting(PostgresLedger.ObjectIdentity::key).containsExactly("a");

        jdbi.useTransaction(handle -> bookmarks.fail(handle, job, run("r1")));

        assertThat(claim("r2", ENABLE, List.of(file("a", "1"))).granted()).hasSize(1);
    }

    @Test
    void pauseSeesWhatIsNewAndRemembersNothing() {
        claim("r1", ENABLE, List.of(file("a", "1")));
        commit("r1", ENABLE);

        Claim paused = claim("r2", PAUSE, List.of(file("a", "1"), file("b", "1")));
        commit("r2", PAUSE);

        assertThat(paused).isEqualTo(new Claim(List.of(file("b", "1")), 1, 0));
        assertThat(bookmark().run()).as("PAUSE does not advance").isOne();
        assertThat(claim("r3", ENABLE, List.of(file("b", "1"))).granted()).hasSize(1);
    }

    @Test
    void disableReadsEverythingAndRemembersNothing() {
        claim("r1", ENABLE, List.of(file("a", "1")));
        commit("r1", ENABLE);

        assertThat(claim("r2", DISABLE, List.of(file("a", "1")))).isEqualTo(new Claim(List.of(file("a", "1")), 0, 0));
        commit("r2", DISABLE);
        assertThat(bookmark().version()).isOne();
    }

    @Test
    void countsAsGlueDoes() {
        claim("r1", ENABLE, List.of(file("a", "1")));
        commit("r1", ENABLE);
        jdbi.useTransaction(handle -> bookmarks.fail(handle, job, run("r2")));
        assertThat(bookmark())
                .returns(2, JobBookmarkEntry::version)
                .returns(1, JobBookmarkEntry::run)
                .returns(1, JobBookmarkEntry::attempt);

        commit("r3", ENABLE);

        assertThat(bookmark())
                .returns(3, JobBookmarkEntry::version)
                .returns(2, JobBookmarkEntry::run)
                .returns(0, JobBookmarkEntry::attempt)
                .returns(run("r3"), JobBookmarkEntry::runId)
                .returns(run("r1"), JobBookmarkEntry::previousRunId)
                .returns(
                        "{\"sources\":{\"source\":{\"objects\":1,\"bytes\":5,\"newest\":\"2026-01-02T03:04:05.678Z\"}}}",
                        JobBookmarkEntry::jobBookmark);
    }

    @Test
    void resetsAndRewinds() {
        for (String run : List.of("r1", "r2", "r3")) {
            claim(run, ENABLE, List.of(file(run, "1")));
            commit(run, ENABLE);
        }
        List<ObjectVersion> all = List.of(file("r1", "1"), file("r2", "1"), file("r3", "1"));

        JobBookmarkEntry rewound = jdbi.inTransaction(handle -> bookmarks.rewind(handle, job, run("r1")));

        assertThat(rewound)
                .returns(4, JobBookmarkEntry::version)
                .returns(1, JobBookmarkEntry::run)
                .returns(run("r1"), JobBookmarkEntry::runId);
        assertThat(claim("r4", ENABLE, all).granted()).containsExactly(all.get(1), all.get(2));
        commit("r4", ENABLE);
        assertThatThrownBy(() -> jdbi.inTransaction(handle -> bookmarks.rewind(handle, job, run("r3"))))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining(run("r3"))
                .hasMessageContaining("was rewound");

        assertThat(jdbi.inTransaction(handle -> bookmarks.reset(handle, job)).run())
                .isZero();
        assertThat(claim("r5", ENABLE, all).granted()).hasSize(3);
    }

    @Test
    void forgetsADeletedJob() {
        claim("r1", ENABLE, List.of(file("a", "1")));
        commit("r1", ENABLE);

        jdbi.useTransaction(handle -> bookmarks.delete(handle, job));

        assertThatThrownBy(this::bookmark)
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Continuation for job " + job + " not found");
        assertThat(claim("r2", ENABLE, List.of(file("a", "1"))).granted()).hasSize(1);
    }

    @Test
    void sharesObjectsAmongConcurrentRunsWithoutOverlapOrDeadlock() throws Exception {
        List<ObjectVersion> files = IntStream.range(0, 2000)
                .mapToObj(number -> file("f" + number, "1"))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Claim>> claims = new ArrayList<>();
            for (int run = 0; run < 4; run++) {
                List<ObjectVersion> shuffled = new ArrayList<>(files);
                Collections.shuffle(shuffled, new Random(run));
                String name = "concurrent-" + run;
                claims.add(() -> claim(name, ENABLE, shuffled));
            }
            List<ObjectVersion> granted = new ArrayList<>();
            for (Future<Claim> claim : threads.invokeAll(claims)) {
                granted.addAll(claim.get().granted());
            }
            assertThat(granted)
                    .as("each object to exactly one run")
                    .hasSize(2000)
                    .containsAll(files);
        } finally {
            threads.shutdownNow();
        }
    }

    private Claim claim(String run, BookmarkOption option, List<ObjectVersion> files) {
        return jdbi.inTransaction(handle -> ledger.claim(handle, job, run(run), option, "source", files));
    }

    private Claim claim(String run, BookmarkOption option, List<ObjectVersion> files, ClaimTerms terms) {
        return jdbi.inTransaction(handle -> ledger.claim(handle, job, run(run), option, "source", files, terms));
    }

    private void commit(String run, BookmarkOption option) {
        jdbi.useTransaction(handle -> bookmarks.commit(handle, job, run(run), option));
    }

    private JobBookmarkEntry bookmark() {
        return jdbi.withHandle(handle -> bookmarks.load(handle, job, Optional.empty()));
    }

    /** Run ids are unique over all jobs. */
    private String run(String name) {
        return name + "-of-" + job;
    }

    private static ObjectVersion file(String key, String etag) {
        return new ObjectVersion("bucket", key, etag, 5, TIME);
    }
}
