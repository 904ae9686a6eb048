package dev.mastic.crawler.source;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PatienceTest {
    private final Patience patience = new Patience(16, Duration.ofMillis(2));

    @Test
    void asksLessWhenTheStoreSaysSoAndMoreAgainLater() {
        AtomicInteger asked = new AtomicInteger();

        String answer = patience.request(() -> {
            if (asked.incrementAndGet() <= 3) {
                throw S3Exception.builder().statusCode(503).message("SlowDown").build();
            }
            return "found";
        });

        assertThat(answer).isEqualTo("found");
        assertThat(asked).hasValue(4);
        assertThat(patience.allowed()).isEqualTo(2);
        for (int i = 0; i < 200; i++) {
            patience.request(() -> "found");
        }
        assertThat(patience.allowed()).isEqualTo(16);
    }

    @Test
    void givesUpAfterSomeTries() {
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> patience.request(() -> {
                    asked.incrementAndGet();
                    throw S3Exception.builder()
                            .statusCode(503)
                            .message("SlowDown")
                            .build();
                }))
                .isInstanceOf(S3Exception.class);
        assertThat(asked).hasValue(8);
        assertThat(patience.allowed()).isEqualTo(1);
    }

    @Test
    void doesNotRepeatOtherErrors() {
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> patience.request(() -> {
                    asked.incrementAndGet();
                    throw S3Exception.builder().statusCode(403).message("no").build();
                }))
                .isInstanceOf(S3Exception.class);
        assertThat(asked).hasValue(1);
        assertThat(patience.allowed()).isEqualTo(16);
    }
}
