package dev.mastic.bookmarks.postgres;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.KeyClaim;
import dev.mastic.bookmarks.KeyClaimRequest;
import dev.mastic.bookmarks.KeyInterval;
import dev.mastic.testing.TestPostgres;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.List;
import java.util.UUID;

import static dev.mastic.bookmarks.BookmarkOption.DISABLE;
import static dev.mastic.bookmarks.BookmarkOption.ENABLE;
import static dev.mastic.bookmarks.BookmarkOption.PAUSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyClaimsIT {
    private static TestPostgres.TestDatabase database;
    private static Jdbi jdbi;

    private final KeyClaims keys = new KeyClaims();
    private final Bookmarks bookmarks = new Bookmarks(new PostgresLedger());
    private final String job = "job-" + UUID.randomUUID();

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

    private KeyClaim claim(String run, BookmarkOption option, @Nullable String known, @Nullable String upTo) {
        return jdbi.inTransaction(handle ->
                keys.claim(handle, job, job + run, option, new KeyClaimRequest("orders", "t by id", known, upTo)));
    }

    private List<KeyInterval> granted(String run, @Nullable String known, @Nullable String upTo) {
        return claim(run, ENABLE, known, upTo).granted();
    }

    private void commit(String run) {
        jdbi.useTransaction(handle -> bookmarks.commit(handle, job, job + run, ENABLE));
    }

    private void fail(String run) {
        jdbi.useTransaction(handle -> bookmarks.fail(handle, job, job + run));
    }

    private static KeyInterval interval(@Nullable String after, String upTo) {
        return new KeyInterval(after, upTo);
    }

    @Test
    void aRunBeginsWhereTheCommittedOneEnded() {
        assertThat(granted("1", null, "10")).containsExactly(interval(null, "10"));
        commit("1");
        assertThat(granted("2", "10", "25")).containsExactly(interval("10", "25"));
        commit("2");
        assertThat(granted("3", "25", "25")).as("nothing new").isEmpty();
        assertThat(granted("3", "25", null)).isEmpty();
        String state = jdbi.inTransaction(handle ->
                bookmarks.load(handle, job, java.util.Optional.empty()).jobBookmark());
        assertThat(state).contains("\"keys\":{\"orders\":").contains("\"upTo\":\"25\"");
    }

    @Test
    void whatAFailedRunHeldIsReadByTheNext() {
        granted("1", null, "10");
        fail("1");
        assertThat(granted("2", "10", "12")).containsExactly(interval(null, "12"));
    }

    @Test
    void runsAtOnceTakeDisjointIntervalsAndAHoleIsFilled() {
        assertThat(granted("1", null, "10")).containsExactly(interval(null, "10"));
        assertThat(granted("2", "10", "20")).containsExactly(interval("10", "20"));
        fail("1");
        commit("2");
        assertThat(granted("3", "20", "30")).containsExactly(interval(null, "10"), interval("20", "30"));
    }

    @Test
    void whoDoesNotKnowTheNewestBoundLooksAgain() {
        granted("1", null, "10");
        KeyClaim late = claim("2", ENABLE, null, "9");
        assertThat(late.known()).isEqualTo("10");
        assertThat(late.granted()).isEmpty();
    }

    @Test
    void aRepeatedClaimGrantsTheSame() {
        granted("1", null, "10");
        assertThat(claim("1", ENABLE, null, "10").known()).isEqualTo("10");
        assertThat(granted("1", "10", null)).containsExactly(interval(null, "10"));
    }

    @Test
    void pauseHoldsAndRemembersNothing() {
        granted("1", null, "10");
        commit("1");
        assertThat(claim("2", PAUSE, "10", "20").granted()).containsExactly(interval("10", "20"));
        assertThat(claim("3", PAUSE, "10", "20").granted()).containsExactly(interval("10", "20"));
        assertThat(claim("4", DISABLE, "10", "20").granted()).containsExactly(interval(null, "20"));
        assertThat(granted("5", "10", "20")).containsExactly(interval("10", "20"));
    }

    @Test
    void rewindAndResetGiveIntervalsBack() {
        granted("1", null, "10");
        commit("1");
        granted("2", "10", "20");
        commit("2");
        granted("3", "20", "30");
        commit("3");
        jdbi.useTransaction(handle -> bookmarks.rewind(handle, job, job + "1"));
        assertThat(granted("4", "30", null)).containsExactly(interval("10", "30"));
        commit("4");
        jdbi.useTransaction(handle -> bookmarks.reset(handle, job));
        assertThat(granted("5", null, "40")).containsExactly(interval(null, "40"));
    }

    @Test
    void aBookmarkOfOtherKeysIsRefused() {
        granted("1", null, "10");
        assertThatThrownBy(() -> jdbi.inTransaction(handle -> keys.claim(
                        handle, job, job + "2", ENABLE, new KeyClaimRequest("orders", "t by at", null, "10"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is of t by id, and the job reads t by at");
    }
}
