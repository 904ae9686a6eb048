package dev.mastic.bookmarks;

import java.time.Instant;

/**
 * One version of one object in an S3 bucket. Bucket, key and etag are its identity in the ledger: the modification time
 * is kept for people to read and never decides anything, so files that arrive late with an old time are not lost.
 *
 * @param etag as S3 gives it, without quotes
 * @param size bytes
 * @param lastModified as the store reports it
 */
public record ObjectVersion(String bucket, String key, String etag, long size, Instant lastModified) {

    /** The object's address as {@code s3://bucket/key}. */
    public String uri() {
        return "s3://" + bucket + "/" + key;
    }
}
