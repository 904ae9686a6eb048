package dev.mastic.spark.s3;

import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.spark.failure.JobFailure;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which data files a place in S3 has. Thread-safe. */
public final class ObjectListing {
    private final S3Client s3;

    public ObjectListing(S3Client s3) {
        this.s3 = s3;
    }

    /**
     * The data files of a place: the object of that very key, or all objects in the folder of that name. Hidden ones (a
     * part of the path below the place begins with {@code _} or {@code .}) and empty ones are left out.
     *
     * @throws JobFailure when the bucket is missing or may not be listed
     */
    public List<ObjectVersion> files(S3Location place) {
        List<ObjectVersion> files = new ArrayList<>();
        try {
            s3.listObjectsV2Paginator(ListObjectsV2Request.builder()
                            .bucket(place.bucket())
                            .prefix(place.key())
                            .build())
                    .contents()
                    .forEach(object -> {
                        if (isDataFile(place, object.key()) && object.size() > 0) {
                            files.add(version(place.bucket(), object));
                        }
                    });
        } catch (NoSuchBucketException e) {
            throw new JobFailure("Bucket " + place.bucket() + " not found; create it or correct " + place.uri(), e);
        } catch (S3Exception e) {
            throw new JobFailure("Cannot list " + place.uri() + ": " + reason(e), e);
        }
        return files;
    }

    /**
     * The keys of all objects in a folder that are not hidden, empty ones too.
     *
     * @throws JobFailure when the bucket is missing or may not be listed
     */
    public List<String> keys(S3Location place) {
        List<String> keys = new ArrayList<>();
        try {
            s3.listObjectsV2Paginator(ListObjectsV2Request.builder()
                            .bucket(place.bucket())
                            .prefix(place.key())
                            .build())
                    .contents()
                    .forEach(object -> {
                        if (isDataFile(place, object.key())) {
                            keys.add(object.key());
                        }
                    });
        } catch (S3Exception e) {
            throw new JobFailure("Cannot list " + place.uri() + ": " + reason(e), e);
        }
        return keys;
    }

    /**
     * The object's present version; empty when it is gone.
     *
     * @throws JobFailure when the store refuses
     */
    public Optional<ObjectVersion> head(String bucket, String key) {
        try {
            HeadObjectResponse head =
                    s3.headObject(request -> request.bucket(bucket).key(key));
            return Optional.of(
                    new ObjectVersion(bucket, key, unquoted(head.eTag()), head.contentLength(), head.lastModified()));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return Optional.empty();
            }
            throw new JobFailure("Cannot look at s3://" + bucket + "/" + key + ": " + reason(e), e);
        }
    }

    /** Whether a key is in a place and not hidden below it. */
    public static boolean isDataFile(S3Location place, String key) {
        if (key.equals(place.key())) {
            return !key.endsWith("/");
        }
        String folder = place.folder().key();
        if (!key.startsWith(folder) || key.endsWith("/")) {
            return false;
        }
        for (String part : key.substring(folder.length()).split("/")) {
            boolean partition = part.startsWith("_") && part.indexOf('=') > 0;
            if (part.startsWith(".") || (part.startsWith("_") && !partition)) {
                return false;
            }
        }
        return true;
    }

    /** What the store said, in one line. */
    public static String reason(S3Exception e) {
        String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode() + " ";
        String message = e.awsErrorDetails() == null
                ? e.getMessage()
                : e.awsErrorDetails().errorMessage();
        return "status " + e.statusCode() + " " + code + message;
    }

    private static ObjectVersion version(String bucket, S3Object object) {
        return new ObjectVersion(bucket, object.key(), unquoted(object.eTag()), object.size(), object.lastModified());
    }

    private static String unquoted(String etag) {
        return etag.replace("\"", "");
    }
}
