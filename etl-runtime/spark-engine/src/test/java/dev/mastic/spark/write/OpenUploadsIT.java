package dev.mastic.spark.write;

import dev.mastic.testing.TestObjectStore;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

import java.util.concurrent.CancellationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OpenUploadsIT {
    private final S3Client s3 = TestObjectStore.shared().s3();
    private final String bucket = TestObjectStore.shared().newBucket();

    private OpenUploads.Upload begin(String key) {
        String id = s3.createMultipartUpload(request -> request.bucket(bucket).key(key))
                .uploadId();
        return new OpenUploads.Upload(bucket, key, id);
    }

    private int open() {
        return s3.listMultipartUploads(request -> request.bucket(bucket))
                .uploads()
                .size();
    }

    @Test
    void whatATaskBeginsAfterItsRunHasFailedIsAborted() {
        int era = OpenUploads.era();
        OpenUploads.add(begin("early"), s3, era);
        OpenUploads.Upload late = begin("late");

        OpenUploads.abortAll();
        assertThat(open()).as("the upload that is on its way").isEqualTo(1);

        assertThatThrownBy(() -> OpenUploads.add(late, s3, era))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining(bucket + "/late");
        assertThat(open()).isZero();

        OpenUploads.add(begin("of the next run"), s3, OpenUploads.era());
        assertThat(open()).isEqualTo(1);
        OpenUploads.abortAll();
        assertThat(open()).isZero();
    }
}
