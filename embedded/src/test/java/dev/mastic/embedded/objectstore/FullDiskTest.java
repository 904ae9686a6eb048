package dev.mastic.embedded.objectstore;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class FullDiskTest {
    private static final Path FOLDER = Path.of("/data/buckets");

    @Test
    void namesTheFolderThatIsFull() {
        RuntimeException full =
                new IllegalStateException(new UncheckedIOException(new IOException("No space left on device")));

        assertThat(FullDisk.explained(full, FOLDER))
                .isInstanceOfSatisfying(S3Exception.class, refusal -> {
                    assertThat(refusal.statusCode()).isEqualTo(507);
                    assertThat(refusal.awsErrorDetails().errorMessage()).contains("/data/buckets is full");
                })
                .hasCause(full);
    }

    @Test
    void leavesOtherFailuresAsTheyAre() {
        RuntimeException other = new UncheckedIOException(new IOException("Permission denied"));
        assertThat(FullDisk.explained(other, FOLDER)).isSameAs(other);
    }
}
