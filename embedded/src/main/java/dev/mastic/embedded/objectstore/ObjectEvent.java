package dev.mastic.embedded.objectstore;

import java.time.Instant;

/**
 * An object appeared in or vanished from the store.
 *
 * @param name as S3 names events, without {@code s3:}: {@code ObjectCreated:Put}, {@code ObjectCreated:Copy}, {@code
 *     ObjectCreated:CompleteMultipartUpload} or {@code ObjectRemoved:Delete}
 * @param etag without quotes; empty when the object was removed
 * @param size bytes; 0 when the object was removed
 * @param sequencer hexadecimal, larger for a later event of the same key
 */
public record ObjectEvent(
        String name, String bucket, String key, String etag, long size, String sequencer, Instant time) {}
