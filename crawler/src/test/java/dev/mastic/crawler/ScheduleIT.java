package dev.mastic.crawler;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.CrawlerHistory;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.NoScheduleException;
import software.amazon.awssdk.services.glue.model.Schedule;
import software.amazon.awssdk.services.glue.model.ScheduleState;
import software.amazon.awssdk.services.glue.model.SchedulerNotRunningException;
import software.amazon.awssdk.services.glue.model.SchedulerRunningException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class ScheduleIT {
    private static final String DAILY = "cron(15 12 * * ? *)";

    private final TestClock clock = new TestClock();
    private CrawlFixture fixture;

    @BeforeEach
    void open() {
        fixture = new CrawlFixture(dev.mastic.testing.TestObjectStore.shared().s3(), clock, catalog -> catalog);
        fixture.put("t/a.csv", "id,v\n1,2\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void startsACrawlOnceAtEachTickHoweverManyServersThereAre() {
        try (Crawlers second =
                        Crawlers.open(fixture.database.dataSource(), fixture.stores, fixture.catalogClient, clock);
                Crawlers third =
                        Crawlers.open(fixture.database.dataSource(), fixture.stores, fixture.catalogClient, clock)) {
            second.start();
            third.start();
            fixture.createCrawler(request -> request.schedule(DAILY));
            assertThat(schedule().state()).isEqualTo(ScheduleState.SCHEDULED);
            assertThat(schedule().scheduleExpression()).isEqualTo(DAILY);

            clock.forward(Duration.ofDays(1));
            awaitCrawls(1);
            clock.forward(Duration.ofDays(1));
            awaitCrawls(2);
            clock.forward(Duration.ofDays(5));

            awaitCrawls(3);
        }
        assertThat(crawls()).as("ticks that were missed are made up for once").hasSize(3);
        assertThat(fixture.tables()).containsExactly("t");
    }

    @Test
    void pausesResumesAndChangesSchedules() {
        fixture.createCrawler(request -> request.schedule(DAILY));

        fixture.glue.stopCrawlerSchedule(request -> request.crawlerName("crawler"));
        assertThat(schedule().state()).isEqualTo(ScheduleState.NOT_SCHEDULED);
        assertThatThrownBy(() -> fixture.glue.stopCrawlerSchedule(request -> request.crawlerName("crawler")))
                .isInstanceOf(SchedulerNotRunningException.class);

        fixture.glue.startCrawlerSchedule(request -> request.crawlerName("crawler"));
        assertThat(schedule().state()).isEqualTo(ScheduleState.SCHEDULED);
        assertThatThrownBy(() -> fixture.glue.startCrawlerSchedule(request -> request.crawlerName("crawler")))
                .isInstanceOf(SchedulerRunningException.class);

        fixture.glue.updateCrawlerSchedule(
                request -> request.crawlerName("crawler").schedule("cron(0 8 1 * ? *)"));
        assertThat(schedule().scheduleExpression()).isEqualTo("cron(0 8 1 * ? *)");
        assertThatThrownBy(() -> fixture.glue.updateCrawlerSchedule(
                        request -> request.crawlerName("crawler").schedule("cron(0 8 1 * ?)")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("six are needed");

        fixture.glue.updateCrawlerSchedule(request -> request.crawlerName("crawler"));
        assertThat(fixture.glue
                        .getCrawler(request -> request.name("crawler"))
                        .crawler()
                        .schedule())
                .isNull();
        assertThatThrownBy(() -> fixture.glue.startCrawlerSchedule(request -> request.crawlerName("crawler")))
                .isInstanceOf(NoScheduleException.class);
    }

    @Test
    void keepsAPausedSchedulePausedWhenAnotherMemberChanges() {
        fixture.createCrawler(request -> request.schedule(DAILY));
        fixture.glue.stopCrawlerSchedule(request -> request.crawlerName("crawler"));

        fixture.glue.updateCrawler(request -> request.name("crawler").description("new"));

        assertThat(schedule().state()).isEqualTo(ScheduleState.NOT_SCHEDULED);
    }

    private void awaitCrawls(int count) {
        await().atMost(Duration.ofMinutes(3))
                .until(() -> crawls().size() == count && crawls().stream().allMatch(crawl -> crawl.endTime() != null));
    }

    private List<CrawlerHistory> crawls() {
        return fixture.glue
                .listCrawls(request -> request.crawlerName("crawler"))
                .crawls();
    }

    private Schedule schedule() {
        return fixture.glue
                .getCrawler(request -> request.name("crawler"))
                .crawler()
                .schedule();
    }

    /** Real time, moved forward by hand. */
    private static final class TestClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        void forward(Duration by) {
            ahead = ahead.plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }
}
