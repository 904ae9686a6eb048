package dev.mastic.crawler.source;

import java.time.Instant;

/**
 * An object as a listing shows it.
 *
 * @param size bytes
 * @param etag another one when the content is another one; empty when the store gives none
 */
public record StoredObject(String bucket, String key, long size, Instant lastModified, String etag) {

    /** An object whose etag does not matter. */
    public StoredObject(String bucket, String key, long size, Instant lastModified) {
        this(bucket, key, size, lastModified, "");
    }

    /** The object's address as {@code s3://bucket/key}. */
    public String uri() {
        return "s3://" + bucket + "/" + key;
    }

    /** The key up to and with its last slash; empty in the bucket's root. */
    public String folder() {
        return key.substring(0, key.lastIndexOf('/') + 1);
    }

    /** The key after its last slash. */
    public String fileName() {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
