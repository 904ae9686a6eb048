package dev.mastic.crawler;

import dev.mastic.crawler.Crawlers.TouchedObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.RecrawlBehavior;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class IncrementalIT {
    private CrawlFixture fixture;

    @BeforeEach
    void open() {
        fixture = new CrawlFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void readsOnlyFoldersWhoseObjectsChanged() {
        fixture.put("t/day=1/a.csv", "id,v\n1,2\n");
        fixture.put("t/day=2/a.csv", "id,v\n1,2\n");
        fixture.put("t/day=2/bad.bin", new byte[] {0, 1, 2});
        fixture.createCrawler();
        fixture.crawl();
        assertThat(last("objectsSampled")).isEqualTo(3);

        Map<String, Object> report = fixture.crawl();
        assertThat(last("objectsSampled")).isEqualTo(0);
        assertThat(last("objectsListed")).isEqualTo(3);
        assertThat(CrawlFixture.warnings(report)).anyMatch(warning -> warning.contains("bad.bin"));

        fixture.put("t/day=1/a.csv", "id,v\n1,x\n");
        fixture.crawl();
        assertThat(last("objectsSampled")).isEqualTo(1);
        assertThat(fixture.columns("t")).isEqualTo("id bigint, v string");

        fixture.delete("t/day=1/a.csv");
        fixture.put("t/day=3/a.csv", "id,v\n1,2\n");
        fixture.crawl();
        assertThat(last("objectsSampled")).isEqualTo(1);
        assertThat(fixture.partitions("t")).hasSize(3);
    }

    @Test
    void readsAllAgainWhenTheCrawlerWasEdited() {
        fixture.put("t/a.csv", "id,v\n1,2\n");
        fixture.createCrawler();
        fixture.crawl();

        fixture.glue.updateCrawler(request -> request.name("crawler")
                .configuration(
                        "{\"Version\":1.0,\"Grouping\":{\"TableGroupingPolicy\":\"CombineCompatibleSchemas\"}}"));
        fixture.crawl();

        assertThat(last("objectsSampled")).isEqualTo(1);
    }

    @Test
    void readsAPlansFilesOnce() {
        fixture.put("t/a.csv", "id,v\n1,2\n");
        fixture.createCrawler();

        fixture.apply(fixture.makePlan());

        assertThat(last("objectsSampled")).isEqualTo(0);
        assertThat(fixture.columns("t")).isEqualTo("id bigint, v bigint");
    }

    @Test
    void looksAtNewFoldersOnlyWhenToldSo() {
        fixture.put("t/day=1/a.csv", "id,v\n1,2\n");
        createCrawler(RecrawlBehavior.CRAWL_NEW_FOLDERS_ONLY);
        fixture.crawl();
        fixture.put("t/day=1/b.csv", "id,v,w\n1,2,3\n");
        fixture.put("t/day=2/a.csv", "id,v,x\n1,2,3\n");

        Map<String, Object> report = fixture.crawl();

        assertThat(last("mode")).isEqualTo("NEW_FOLDERS");
        assertThat(last("objectsSampled")).isEqualTo(1);
        assertThat(fixture.partitions("t")).hasSize(2);
        assertThat(fixture.columns("t")).as("the policy is LOG, always").isEqualTo("id bigint, v bigint");
        assertThat(CrawlFixture.warnings(report)).anyMatch(warning -> warning.contains("column x bigint is new"));
        assertThat(fixture.table("t").parameters()).containsEntry("objectCount", "1");

        fixture.crawl();
        assertThat(last("objectsSampled")).isEqualTo(0);
    }

    @Test
    void listsOnlyFoldersThatEventsNamed() {
        fixture.put("t/day=1/a.csv", "id,v\n1,2\n");
        fixture.put("t/day=2/a.csv", "id,v\n1,2\n");
        fixture.put("u/a.csv", "x,y\n1,2\n");
        createCrawler(RecrawlBehavior.CRAWL_EVENT_MODE);
        fixture.crawl();
        assertThat(last("mode")).isEqualTo("EVERYTHING");

        Map<String, Object> report = fixture.crawl();
        assertThat(last("mode")).isEqualTo("EVENTS");
        assertThat(last("objectsListed")).isEqualTo(0);
        assertThat(report.get("notes").toString()).contains("No events since the last crawl");

        fixture.put("t/day=3/a.csv", "id,v,w\n1,2,3\n");
        fixture.delete("t/day=1/a.csv");
        fixture.put("u/b.csv", "x,y,z\n1,2,3\n");
        touched("t/day=3/a.csv");
        touched("t/day=1/a.csv");

        fixture.crawl();
        assertThat(last("objectsListed"))
                .as("one new object, nothing in the other folder")
                .isEqualTo(1);
        assertThat(fixture.columns("t")).isEqualTo("id bigint, v bigint, w bigint");
        assertThat(fixture.columns("u")).as("no event named it").isEqualTo("x bigint, y bigint");
        assertThat(fixture.partitions("t"))
                .filteredOn(partition -> partition.parameters().containsKey("DEPRECATED_BY_CRAWLER"))
                .extracting(partition -> partition.values().get(0))
                .containsExactly("1");
        assertThat(fixture.table("t").parameters()).containsEntry("objectCount", "2");

        fixture.crawl();
        assertThat(last("objectsListed")).isEqualTo(0);

        fixture.delete("u/a.csv");
        fixture.delete("u/b.csv");
        touched("u/a.csv");
        fixture.crawl();
        assertThat(fixture.table("u").parameters()).containsKey("DEPRECATED_BY_CRAWLER");
    }

    @Test
    void keepsEventsOfACrawlThatFails() {
        fixture.put("t/day=1/a.csv", "id,v\n1,2\n");
        createCrawler(RecrawlBehavior.CRAWL_EVENT_MODE);
        fixture.crawl();
        fixture.put("t/day=2/a.csv", "id,v\n1,2\n");
        touched("t/day=2/a.csv");
        fixture.makePlan();
        assertThat(fixture.partitions("t")).as("a plan takes no events away").hasSize(1);

        fixture.crawl();

        assertThat(last("mode")).isEqualTo("EVENTS");
        assertThat(fixture.partitions("t")).hasSize(2);
    }

    private void touched(String key) {
        fixture.crawlers.touched(
                List.of(new TouchedObject(fixture.bucket, key), new TouchedObject("other-bucket", key)));
    }

    private void createCrawler(RecrawlBehavior behavior) {
        fixture.createCrawler(request -> request.recrawlPolicy(policy -> policy.recrawlBehavior(behavior)));
    }

    private Object last(String member) {
        return fixture.rest("GET", "/api/v1/crawlers/crawler/crawls/latest").get(member);
    }
}
