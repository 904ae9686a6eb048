package dev.mastic.spark.write;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * The multipart uploads that this process has begun and that nobody has completed or aborted, so that a failing run can
 * clean up after itself. What a killed run leaves is aborted by the server, which knows the run's locations. Thread-safe.
 */
public final class OpenUploads {
    private static final Logger LOG = LoggerFactory.getLogger(OpenUploads.class);
    private static final Map<Upload, S3Client> OPEN = new HashMap<>();
    private static int era;

    private OpenUploads() {}

    /** An upload in the store. */
    record Upload(String bucket, String key, String uploadId) {}

    /** Ends when all uploads are aborted. What works for a run remembers the era in which the run began to write. */
    static synchronized int era() {
        return era;
    }

    /**
     * Takes an upload that has just begun.
     *
     * @param era of the write that it is for
     * @throws CancellationException when the era has ended; the upload is aborted then, for nobody else would
     */
    static void add(Upload upload, S3Client s3, int era) {
        boolean late;
        synchronized (OpenUploads.class) {
            late = era != OpenUploads.era;
            OPEN.put(upload, s3);
        }
        if (late) {
            abort(upload);
            throw new CancellationException("The run has ended while s3://" + upload.bucket() + "/" + upload.key()
                    + " was about to be uploaded");
        }
    }

    /** Aborts one upload; trouble is logged, since the server will look for leftovers too. */
    static void abort(Upload upload) {
        S3Client s3;
        synchronized (OpenUploads.class) {
            s3 = OPEN.remove(upload);
        }
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

    /** Aborts all that are open, and those that tasks which are still running will begin. */
    public static void abortAll() {
        Set<Upload> open;
        synchronized (OpenUploads.class) {
            era++;
            open = Set.copyOf(OPEN.keySet());
        }
        open.forEach(OpenUploads::abort);
    }

    /** Leaves them to the server: the run has committed. */
    public static synchronized void handOver() {
        OPEN.clear();
    }
}
