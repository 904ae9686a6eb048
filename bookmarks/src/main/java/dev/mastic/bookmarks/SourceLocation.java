package dev.mastic.bookmarks;

/**
 * Where a source's objects are.
 *
 * @param key a prefix or an object's key; empty for the whole bucket
 */
public record SourceLocation(String bucket, String key) {

    /**
     * Reads {@code s3://bucket/key}; {@code s3a} and {@code s3n} mean the same.
     *
     * @throws IllegalArgumentException when the text is no such address
     */
    public static SourceLocation parse(String uri) {
        if (!uri.matches("(?s)s3[an]?://[^/]+(/.*)?")) {
            throw new IllegalArgumentException("'" + uri + "' is not in S3; write s3://bucket/prefix/");
        }
        String rest = uri.substring(uri.indexOf("://") + 3);
        int slash = rest.indexOf('/');
        return slash < 0
                ? new SourceLocation(rest, "")
                : new SourceLocation(rest.substring(0, slash), rest.substring(slash + 1));
    }

    /**
     * The nearest folder that has both keys; folders of partitions, {@code day=1/}, are left out, because the next files
     * may be in others.
     */
    public static SourceLocation around(String bucket, String firstKey, String lastKey) {
        int common = 0;
        while (common < Math.min(firstKey.length(), lastKey.length())
                && firstKey.charAt(common) == lastKey.charAt(common)) {
            common++;
        }
        String folder = firstKey.substring(0, firstKey.lastIndexOf('/', common - 1) + 1);
        int partition = folder.indexOf('=');
        return new SourceLocation(
                bucket, partition < 0 ? folder : folder.substring(0, folder.lastIndexOf('/', partition) + 1));
    }

    /** Whether a job that reads this place reads an object: it is in it, and no part of its key below is hidden. */
    public boolean holds(String objectKey) {
        if (objectKey.equals(key)) {
            return !objectKey.endsWith("/");
        }
        String folder = key.isEmpty() || key.endsWith("/") ? key : key + "/";
        if (!objectKey.startsWith(folder) || objectKey.endsWith("/")) {
            return false;
        }
        for (String part : objectKey.substring(folder.length()).split("/")) {
            boolean partition = part.startsWith("_") && part.indexOf('=') > 0;
            if (part.startsWith(".") || (part.startsWith("_") && !partition)) {
                return false;
            }
        }
        return true;
    }

    /** {@code s3://bucket/key}. */
    public String uri() {
        return "s3://" + bucket + "/" + key;
    }
}
