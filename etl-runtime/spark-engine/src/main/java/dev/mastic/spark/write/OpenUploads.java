package dev.mastic.spark.write;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The multipart uploads that this process has begun and that nobody has completed or aborted, so that a failing run can
 * clean up after itself. What a killed run leaves is aborted by the server, which knows the run's locations. Thread-safe.
 */
public final class OpenUploads {
    private static final Logger LOG = LoggerFactory.getLogger(OpenUploads.class);
    private static final Map<Upload, S3Client> OPEN = new ConcurrentHashMap<>();

    private OpenUploads() {}

    /** An upload in the store. */
    record Upload(String bucket, String key, String uploadId) {}

    static void add(Upload upload, S3Client s3) {
        OPEN.put(upload, s3);
    }

    /** Aborts one upload; trouble is logged, since the server will look for leftovers too. */
    static void abort(Upload upload) {
        S3Client s3 = OPEN.remove(upload);
        if (s3 != null) {
            try {
                s3.abortMultipartUpload(request ->
                        request.bucket(upload.bucket()).key(upload.key()).uploadId(upload.uploadId()));
            } catch (NoSuchUploadException e) {
                LOG.debug("Upload of s3://{}/{} was gone", upload.bucket(), upload.key());
            } catch (SdkException e) {
                LOG.warn(
                        "Upload of s3://{}/{} could not be aborted: {}", upload.bucket(), upload.key(), e.getMessage());
            }
        }
    }

    /** Aborts all that are open. */
    public static void abortAll() {
        for (Upload upload : Map.copyOf(OPEN).keySet()) {
            abort(upload);
        }
    }

    /** Leaves them to the server: the run has committed. */
    public static void handOver() {
        OPEN.clear();
    }
}
