package dev.mastic.bookmarks.publish;

import dev.mastic.bookmarks.PendingUpload;
import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.testing.TestObjectStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PublisherIT {
    private final S3Client s3 = TestObjectStore.shared().s3();
    private final String bucket = TestObjectStore.shared().newBucket();
    private Publisher publisher;

    @BeforeEach
    void open() {
        publisher = new Publisher(s3, new NoCatalog());
    }

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void showsNothingBeforeAndEverythingAfterHoweverOften() {
        StagedOutput output = output(IntStream.range(0, 40)
                .mapToObj(number -> upload("lake/part-" + number, "rows " + number))
                .toList());
        assertThat(keys()).as("before").isEmpty();

        publisher.publish(List.of(output));
        assertThat(keys()).hasSize(40).contains("lake/part-0", "lake/part-39");
        publisher.publish(List.of(output));

        assertThat(keys()).as("repeated").hasSize(40);
    }

    @Test
    void goesOnWhereAnotherPublisherDied() {
        PendingUpload first = upload("lake/a", "one");
        PendingUpload second = upload("lake/b", "two");
        publisher.publish(List.of(output(List.of(first))));

        publisher.publish(List.of(output(List.of(first, second))));

        assertThat(keys()).containsExactly("lake/a", "lake/b");
    }

    @Test
    void namesAFileThatIsLost() {
        PendingUpload upload = upload("lake/lost", "rows");
        s3.abortMultipartUpload(
                request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));

        assertThatThrownBy(() -> publisher.publish(List.of(output(List.of(upload)))))
                .isInstanceOf(Publisher.PublicationException.class)
                .hasMessageContaining("s3://" + bucket + "/lake/lost is lost");
    }

    @Test
    void doesNotTakeAnotherObjectForTheFile() {
        PendingUpload upload = upload("lake/other", "rows");
        s3.abortMultipartUpload(
                request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
        s3.putObject(request -> request.bucket(bucket).key("lake/other"), RequestBody.fromString("something else"));

        assertThatThrownBy(() -> publisher.publish(List.of(output(List.of(upload)))))
                .hasMessageContaining("no object of 4 bytes is there");
    }

    @Test
    void abortsTheUploadsOfOneRunAlone() {
        upload("lake/part-run1-0", "a");
        upload("lake/part-run1-1", "b");
        PendingUpload ofOther = upload("lake/part-run2-0", "c");
        upload("elsewhere/part-run1-0", "d");
        Leftovers leftovers = new Leftovers(s3);

        assertThat(leftovers.abort("run1", List.of("s3://" + bucket + "/lake/")))
                .isEqualTo(2);
        assertThat(leftovers.abort("run1", List.of("s3://" + bucket + "/lake/")))
                .as("repeated")
                .isZero();

        publisher.publish(List.of(output(List.of(ofOther))));
        assertThat(keys()).containsExactly("lake/part-run2-0");
        assertThat(leftovers.abort("run1", List.of("s3://" + bucket + "-that-is-not-there/lake/")))
                .isZero();
    }

    private PendingUpload upload(String key, String content) {
        String id = s3.createMultipartUpload(request -> request.bucket(bucket).key(key))
                .uploadId();
        String etag = s3.uploadPart(
                        request -> request.bucket(bucket).key(key).uploadId(id).partNumber(1),
                        RequestBody.fromString(content))
                .eTag();
        return new PendingUpload(
                bucket, key, id, List.of(new PendingUpload.Part(1, etag)), content.length(), 1, List.of());
    }

    private StagedOutput output(List<PendingUpload> uploads) {
        return new StagedOutput("lake", "s3://" + bucket + "/lake/", uploads, Optional.empty());
    }

    private List<String> keys() {
        return s3.listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** Outputs without a table never ask the catalog: whatever it is asked fails. */
    private static final class NoCatalog implements GlueClient {
        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
