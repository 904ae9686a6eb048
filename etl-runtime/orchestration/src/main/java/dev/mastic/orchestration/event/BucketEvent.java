package dev.mastic.orchestration.event;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Something that happened to an object in a bucket.
 *
 * @param name as S3 names it, {@code ObjectCreated:Put} for instance
 * @param key as the object is called, not encoded
 * @param etag without quotes; empty when the notification has none
 * @param size bytes
 * @param sequencer orders the events of one key, in hexadecimal; null when the store gives none
 */
public record BucketEvent(
        String name,
        String bucket,
        String key,
        String etag,
        long size,
        @Nullable String sequencer,
        Instant time) {

    /** Whether an object appeared: nothing else starts a job. */
    public boolean isCreation() {
        return name.startsWith("ObjectCreated");
    }

    /** What makes the event the same one when it is delivered again. */
    String identity() {
        return sequencer == null ? "etag " + etag : "sequencer " + sequencer;
    }

    /** The sequencer so that texts of different length compare right, as S3 prescribes: padded on the right. */
    @Nullable
    String comparableSequencer() {
        if (sequencer == null) {
            return null;
        }
        String text = sequencer.toUpperCase(java.util.Locale.ROOT);
        return text + "0".repeat(Math.max(0, S3Notifications.LONGEST_SEQUENCER - text.length()));
    }
}
