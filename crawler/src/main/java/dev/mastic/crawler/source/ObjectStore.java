package dev.mastic.crawler.source;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.util.List;
import java.util.function.Consumer;

/** Listing and ranged reading in S3. Transient failures are tried again by the client itself. Thread-safe. */
public final class ObjectStore {
    private final S3Client s3;

    public ObjectStore(S3Client s3) {
        this.s3 = s3;
    }

    /**
     * Lists a location page by page, in the order of the keys.
     *
     * @param location a bucket, a folder with or without its slash, or an object
     * @param page given the objects of each page
     * @throws SourceException naming the location, when the bucket is missing, refused or out of reach
     * @throws CancelledException between two pages
     */
    public void list(S3Location location, Cancellation cancellation, Consumer<List<StoredObject>> page) {
        list(location, null, cancellation, page);
    }

    /**
     * Lists what lies directly in a folder, without the folders in it.
     *
     * @throws SourceException naming the location, when the bucket is missing, refused or out of reach
     * @throws CancelledException between two pages
     */
    public void listFolder(S3Location folder, Cancellation cancellation, Consumer<List<StoredObject>> page) {
        list(folder, "/", cancellation, page);
    }

    private void list(
            S3Location location,
            @Nullable String delimiter,
            Cancellation cancellation,
            Consumer<List<StoredObject>> page) {
        @Nullable String token = null;
        do {
            cancellation.check();
            ListObjectsV2Response response = listPage(location, delimiter, token);
            page.accept(response.contents().stream()
                    .filter(object -> location.contains(object.key()))
                    .map(object -> new StoredObject(
                            location.bucket(),
                            object.key(),
                            object.size(),
                            object.lastModified(),
                            object.eTag() == null ? "" : object.eTag()))
                    .toList());
            token = response.nextContinuationToken();
        } while (token != null);
    }

    private ListObjectsV2Response listPage(S3Location location, @Nullable String delimiter, @Nullable String token) {
        try {
            return s3.listObjectsV2(ListObjectsV2Request.builder()
                    .bucket(location.bucket())
                    .prefix(location.prefix())
                    .delimiter(delimiter)
                    .continuationToken(token)
                    .build());
        } catch (S3Exception e) {
            throw new SourceException("Cannot list " + location.uri() + ": " + reason(location.bucket(), e), e);
        } catch (SdkException e) {
            throw new SourceException(unreachable(location.uri(), e), e);
        }
    }

    /**
     * Some bytes of an object.
     *
     * @param from first byte, 0 is the object's first
     * @param length at most so many
     * @throws UnreadableFileException when the object is gone or refused
     * @throws SourceException when S3 does not answer
     */
    public byte[] read(StoredObject object, long from, long length) {
        long last = Math.min(object.size(), from + length) - 1;
        try {
            return s3.getObjectAsBytes(request ->
                            request.bucket(object.bucket()).key(object.key()).range("bytes=" + from + "-" + last))
                    .asByteArray();
        } catch (S3Exception e) {
            if (e.statusCode() >= 500) {
                throw new SourceException(unreachable(object.uri(), e), e);
            }
            throw new UnreadableFileException("it cannot be read: " + reason(object.bucket(), e), e);
        } catch (SdkException e) {
            throw new SourceException(unreachable(object.uri(), e), e);
        }
    }

    private static String unreachable(String uri, SdkException e) {
        String detail = e instanceof SdkClientException && e.getCause() != null ? String.valueOf(e.getCause()) : "";
        return "S3 does not answer for " + uri + ": " + firstLine(e) + (detail.isEmpty() ? "" : " (" + detail + ")")
                + ". Start the crawler again when S3 is back";
    }

    private static String reason(String bucket, S3Exception e) {
        String code = e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
        if (code.equals("NoSuchBucket") || (e.statusCode() == 404 && !code.equals("NoSuchKey"))) {
            return "bucket " + bucket + " does not exist; create it or correct the target's path";
        } else if (code.equals("NoSuchKey")) {
            return "the object was deleted meanwhile";
        } else if (e.statusCode() == 403) {
            return "access was denied (" + code + "); check the credentials that the server has for bucket " + bucket;
        }
        return firstLine(e);
    }

    private static String firstLine(SdkException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
