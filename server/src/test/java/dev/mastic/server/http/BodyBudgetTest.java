package dev.mastic.server.http;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class BodyBudgetTest {
    private static final long MEGABYTE = 1 << 20;

    private final BodyBudget budget = new BodyBudget(4 * MEGABYTE);

    @Test
    void letsLargeBodiesWaitForEachOther() throws Exception {
        BodyBudget.Room first = budget.take(3 * MEGABYTE);
        CompletableFuture<BodyBudget.Room> second = CompletableFuture.supplyAsync(() -> budget.take(2 * MEGABYTE));
        assertThat(second).isNotDone();

        first.close();
        second.get(10, TimeUnit.SECONDS).close();
    }

    @Test
    void neverLetsSmallBodiesWait() {
        try (BodyBudget.Room all = budget.take(-1);
                BodyBudget.Room small = budget.take(BodyBudget.SMALL);
                BodyBudget.Room none = budget.take(0)) {
            assertThat(all).isNotNull();
            assertThat(small).isNotNull();
            assertThat(none).isNotNull();
        }
    }

    @Test
    void givesABodyThatIsLargerThanAllRoomAllOfIt() {
        budget.take(64 * MEGABYTE).close();
        budget.take(64 * MEGABYTE).close();
    }
}
