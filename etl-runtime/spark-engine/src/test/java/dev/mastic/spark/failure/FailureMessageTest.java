package dev.mastic.spark.failure;

import org.junit.jupiter.api.Test;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class FailureMessageTest {
    private static String message(Throwable thrown) {
        return FailureMessage.of(thrown, Path.of("/data/scratch"));
    }

    @Test
    void saysWhereThereIsNoSpace() {
        assertThat(message(new StepFailure(
                        "Write 'lake'", new RuntimeException("task", new IOException("No space left on device")))))
                .isEqualTo("No space left on the disk of /data/scratch; free some, or give drivers another scratch"
                        + " folder");
    }

    @Test
    void namesStepFileAndFirstCause() {
        Exception read = new RuntimeException(
                "Encountered error while reading file s3a://b/in/a.csv.gz. SQLSTATE: KD001", new EOFException());
        assertThat(message(new StepFailure("Write 'lake'", read)))
                .isEqualTo("Write 'lake': s3://b/in/a.csv.gz: the file ends too early: it is truncated or still being"
                        + " written; upload it again");
    }

    @Test
    void isOneLine() {
        assertThat(message(new JobFailure("first\n  second\r\nthird"))).isEqualTo("first; second; third");
        assertThat(message(new IllegalStateException("a\nb"))).isEqualTo("IllegalStateException: a");
        assertThat(message(new JobFailure("x".repeat(5_000)))).hasSize(2_003);
    }

    @Test
    void prefersWhatWasSaidForTheUser() {
        assertThat(message(new RuntimeException("outer", new JobFailure("Bucket b not found; create it"))))
                .isEqualTo("Bucket b not found; create it");
    }

    @Test
    void saysThatTheStoreIsAway() {
        assertThat(message(new RuntimeException("x", new ConnectException("Connection refused"))))
                .isEqualTo("no connection to the object store or the catalog: Connection refused; see that it runs,"
                        + " then run the job again");
    }

    @Test
    void survivesACauseThatIsItsOwnCause() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);
        assertThat(message(first)).isEqualTo("Exception: second");
    }

    @Test
    void bytesThatAreNoTextAreReplaced() {
        assertThat(message(new JobFailure("a column 'PAR1\0\u0015'"))).isEqualTo("a column 'PAR1\uFFFD\uFFFD'");
    }
}
