package dev.mastic.spark.s3;

import org.apache.hadoop.fs.Path;

/**
 * A place in S3.
 *
 * @param key a prefix or an object's key; empty for the whole bucket
 */
public record S3Location(String bucket, String key) {

    /**
     * Reads {@code s3://bucket/key}; {@code s3a} and {@code s3n} mean the same.
     *
     * @throws IllegalArgumentException when the text is no such address
     */
    public static S3Location parse(String uri) {
        int scheme = uri.indexOf("://");
        if (scheme < 0 || !uri.substring(0, scheme).matches("s3[an]?")) {
            throw new IllegalArgumentException("'" + uri + "' is not in S3; write s3://bucket/key");
        }
        String rest = uri.substring(scheme + 3);
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        if (bucket.isEmpty()) {
            throw new IllegalArgumentException("'" + uri + "' names no bucket; write s3://bucket/key");
        }
        return new S3Location(bucket, slash < 0 ? "" : rest.substring(slash + 1));
    }

    /** This place as a folder: its key ends with a slash unless it is the whole bucket. */
    public S3Location folder() {
        return key.isEmpty() || key.endsWith("/") ? this : new S3Location(bucket, key + "/");
    }

    /** The place that Hadoop's S3A file system opens; keys may hold any character. */
    public Path path() {
        String stripped = key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
        return new Path("s3a", bucket, "/" + stripped);
    }

    /** {@code s3://bucket/key}. */
    public String uri() {
        return "s3://" + bucket + "/" + key;
    }
}
