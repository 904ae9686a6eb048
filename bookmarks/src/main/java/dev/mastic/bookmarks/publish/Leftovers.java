package dev.mastic.bookmarks.publish;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.util.ArrayList;
import java.util.List;

/**
 * What runs leave in the object store that did not commit: multipart uploads that nobody will complete. They are
 * invisible to readers and cost space. An upload belongs to a run when its key holds the run's id. Thread-safe.
 */
public final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final S3Client s3;

    public Leftovers(S3Client s3) {
        this.s3 = s3;
    }

    /**
     * Aborts the uploads of a run below the locations where it announced to upload. Harmless when repeated. Never to be
     * called for a run that has committed and is not published yet.
     *
     * @param locations {@code s3://bucket/prefix/}
     * @return how many uploads were aborted
     * @throws S3Exception when the store does not answer as it should; trying again later is safe
     */
    public int abort(String runId, List<String> locations) {
        int aborted = 0;
        for (String location : locations) {
            String path = location.replaceFirst("^s3[an]?://", "");
            int slash = path.indexOf('/');
            String bucket = slash < 0 ? path : path.substring(0, slash);
            String prefix = slash < 0 ? "" : path.substring(slash + 1);
            for (MultipartUpload upload : uploads(bucket, prefix)) {
                // Between hyphens, as the id of a retry begins with the id of the run.
                if (upload.key().contains("-" + runId + "-")) {
                    abort(bucket, upload);
                    aborted++;
                }
            }
        }
        if (aborted > 0) {
            LOG.info("Aborted {} multipart uploads that run {} left", aborted, runId);
        }
        return aborted;
    }

    private void abort(String bucket, MultipartUpload upload) {
        try {
            s3.abortMultipartUpload(
                    request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
        } catch (S3Exception e) {
            if (e.statusCode() != 404) {
                throw e;
            }
            LOG.debug("Upload {} of {} was gone already", upload.uploadId(), upload.key());
        }
    }

    private List<MultipartUpload> uploads(String bucket, String prefix) {
        List<MultipartUpload> uploads = new ArrayList<>();
        ListMultipartUploadsRequest request = ListMultipartUploadsRequest.builder()
                .bucket(bucket)
                .prefix(prefix.isEmpty() ? null : prefix)
                .build();
        ListMultipartUploadsResponse page;
        do {
            try {
                page = s3.listMultipartUploads(request);
            } catch (S3Exception e) {
                if (e.statusCode() == 404) {
                    return uploads;
                }
                throw e;
            }
            page.uploads().stream()
                    .filter(upload -> upload.key().startsWith(prefix))
                    .forEach(uploads::add);
            request = request.toBuilder()
                    .keyMarker(page.nextKeyMarker())
                    .uploadIdMarker(page.nextUploadIdMarker())
                    .build();
        } while (Boolean.TRUE.equals(page.isTruncated()));
        return uploads;
    }
}
