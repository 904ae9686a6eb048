package dev.mastic.crawler.source;

import software.amazon.awssdk.services.glue.model.InvalidInputException;

/**
 * A bucket, a folder or one object in S3.
 *
 * @param prefix key of a folder (ends with a slash), of an object, or empty for the whole bucket
 */
public record S3Location(String bucket, String prefix) {

    /**
     * Reads a location: {@code s3://bucket/prefix}, {@code s3a:} likewise, or {@code bucket/prefix}.
     *
     * @throws InvalidInputException when the text has no bucket or another scheme
     */
    public static S3Location parse(String text) {
        String rest = text.strip();
        int scheme = rest.indexOf("://");
        if (scheme >= 0) {
            String name = rest.substring(0, scheme);
            if (!name.equals("s3") && !name.equals("s3a") && !name.equals("s3n")) {
                throw invalid(text);
            }
            rest = rest.substring(scheme + 3);
        }
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        if (!bucket.matches("[A-Za-z0-9._-]{3,63}")) {
            throw invalid(text);
        }
        return new S3Location(bucket, slash < 0 ? "" : rest.substring(slash + 1));
    }

    /** The folder that names below are relative to: the location itself, or the folder of its object. */
    public String folder() {
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    /** Whether a key lies in the folder, or is the object itself. */
    public boolean contains(String key) {
        return key.startsWith(folder()) || key.equals(prefix);
    }

    /** The location as {@code s3://bucket/prefix}. */
    public String uri() {
        return "s3://" + bucket + "/" + prefix;
    }

    private static InvalidInputException invalid(String text) {
        return InvalidInputException.builder()
                .message("'" + text + "' is not a path in S3; use s3://bucket or s3://bucket/prefix/")
                .build();
    }
}
