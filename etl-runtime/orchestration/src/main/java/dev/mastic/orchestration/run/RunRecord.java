package dev.mastic.orchestration.run;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.wire.GlueJson;
import dev.mastic.wire.rest.Json;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One attempt of a run, as it is stored.
 *
 * @param ordinal order in the queue
 * @param request what of Glue's JobRun was decided when the run was started: arguments, worker type and so on
 * @param arguments resolved, by name with dashes
 * @param launchedOn when a driver was started for it; null while it is in the queue
 * @param assignedOn when that driver fetched its assignment
 * @param launches how many drivers were started for it so far
 * @param tokenHash SHA-256 of the token of the present driver
 */
record RunRecord(
        long ordinal,
        String id,
        String jobName,
        int attempt,
        @Nullable String previousRunId,
        @Nullable String triggerName,
        JobRunState state,
        JobRun request,
        Map<String, String> arguments,
        String scriptLocation,
        BookmarkOption bookmarkOption,
        int timeoutMinutes,
        int retriesLeft,
        boolean fromEvents,
        Instant queuedOn,
        Instant lastModifiedOn,
        @Nullable Instant launchedOn,
        @Nullable Instant assignedOn,
        @Nullable Instant startedOn,
        @Nullable Instant completedOn,
        @Nullable Instant committedOn,
        int launches,
        @Nullable String serverId,
        byte @Nullable [] tokenHash,
        Map<String, Long> metrics,
        @Nullable String errorMessage,
        @Nullable String stateDetail) {

    static final RowMapper<RunRecord> MAPPER = (row, context) -> new RunRecord(
            row.getLong("ordinal"),
            row.getString("id"),
            row.getString("job_name"),
            row.getInt("attempt"),
            row.getString("previous_run_id"),
            row.getString("trigger_name"),
            JobRunState.fromValue(row.getString("state")),
            GlueJson.read(row.getString("request"), JobRun.class),
            texts(row.getString("arguments")),
            row.getString("script_location"),
            BookmarkOption.valueOf(row.getString("bookmark_option")),
            row.getInt("timeout_minutes"),
            row.getInt("retries_left"),
            row.getBoolean("from_events"),
            row.getTimestamp("queued_on").toInstant(),
            row.getTimestamp("last_modified_on").toInstant(),
            instant(row, "launched_on"),
            instant(row, "assigned_on"),
            instant(row, "started_on"),
            instant(row, "completed_on"),
            instant(row, "committed_on"),
            row.getInt("launches"),
            row.getString("server_id"),
            row.getBytes("token_hash"),
            numbers(row.getString("metrics")),
            row.getString("error_message"),
            row.getString("state_detail"));

    /** Whether a driver may work on it: launched, neither ended nor committed. */
    boolean isActive() {
        return launchedOn != null && completedOn == null && committedOn == null;
    }

    /** Whether nothing of it is decided yet. */
    boolean isOpen() {
        return completedOn == null && committedOn == null;
    }

    /** The run as Glue shows it. */
    JobRun toJobRun() {
        return request.toBuilder()
                .id(id)
                .attempt(attempt)
                .previousRunId(previousRunId)
                .triggerName(triggerName)
                .jobName(jobName)
                .jobRunState(state)
                .startedOn(queuedOn)
                .lastModifiedOn(lastModifiedOn)
                .completedOn(completedOn)
                .executionTime(executionSeconds())
                .timeout(timeoutMinutes)
                .errorMessage(errorMessage)
                .stateDetail(stateDetail)
                .build();
    }

    private int executionSeconds() {
        Instant start = startedOn;
        if (start == null) {
            return 0;
        }
        Instant end = completedOn == null ? Instant.now() : completedOn;
        return (int) Math.max(0, Duration.between(start, end).toSeconds());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static Map<String, String> texts(String json) {
        Map<String, String> texts = new HashMap<>();
        Json.readObject(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }

    private static Map<String, Long> numbers(String json) {
        Map<String, Long> numbers = new HashMap<>();
        Json.readObject(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)).forEach((name, value) -> {
            if (value instanceof Number number) {
                numbers.put(name, number.longValue());
            }
        });
        return numbers;
    }
}
