package dev.mastic.crawler;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.List;
import java.util.Map;

import static dev.mastic.crawler.CrawlFixture.warnings;
import static org.assertj.core.api.Assertions.assertThat;

/** Tables of the catalog as targets. */
class CatalogTargetsIT {
    private CrawlFixture fixture;

    @BeforeEach
    void open() {
        fixture = new CrawlFixture();
        fixture.glue.createDatabase(request -> request.databaseInput(input -> input.name("db")));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void addsPartitionsAndColumnsToATableThatAPersonMade() {
        table("my-events", "landing/events/", List.of(column("day", "date")));
        fixture.put("landing/events/2026-01-01/a.csv", "id,v\n1,2\n");
        fixture.put("landing/events/2026-01-02/a.csv", "id,v,extra\n1,2,x\n");
        fixture.put("landing/other/a.csv", "p,q\n1,2\n");
        crawler("my-events");

        Map<String, Object> report = fixture.crawl();

        assertThat(warnings(report)).isEmpty();
        assertThat(fixture.tables()).containsExactly("my-events");
        assertThat(fixture.columns("my-events")).isEqualTo("id int, v bigint, extra string");
        assertThat(fixture.partitions("my-events").stream().map(Partition::values))
                .containsExactlyInAnyOrder(List.of("2026-01-01"), List.of("2026-01-02"));
        Table after = fixture.table("my-events");
        assertThat(CrawlFixture.columns(after.partitionKeys())).isEqualTo("day date");
        assertThat(after.description()).isEqualTo("made by hand");
    }

    @Test
    void makesAndDeletesNothing() {
        table("events", "landing/events/", List.of());
        table("gone", "landing/gone/", List.of());
        fixture.put("landing/events/a.csv", "id,v\n1,2\n");
        crawler("events", "gone", "missing");

        Map<String, Object> report = fixture.crawl();

        assertThat(fixture.tables()).containsExactly("events", "gone");
        assertThat(warnings(report))
                .anyMatch(warning -> warning.contains("Table db.gone is left as it is") && warning.contains("no data"))
                .anyMatch(warning -> warning.contains("Table db.missing is not in the catalog"));
        assertThat(fixture.table("gone").parameters()).doesNotContainKey("DEPRECATED_BY_CRAWLER");
    }

    private void crawler(String... tables) {
        fixture.createCrawler(request -> request.databaseName(null)
                .targets(targets -> targets.catalogTargets(
                        target -> target.databaseName("db").tables(tables))));
    }

    private void table(String name, String prefix, List<Column> keys) {
        fixture.glue.createTable(request -> request.databaseName("db")
                .tableInput(input -> input.name(name)
                        .description("made by hand")
                        .tableType("EXTERNAL_TABLE")
                        .parameters(Map.of("classification", "csv", "skip.header.line.count", "1"))
                        .partitionKeys(keys)
                        .storageDescriptor(StorageDescriptor.builder()
                                .location(fixture.uri(prefix))
                                .columns(column("id", "int"), column("v", "bigint"))
                                .inputFormat("org.apache.hadoop.mapred.TextInputFormat")
                                .outputFormat("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat")
                                .serdeInfo(SerDeInfo.builder()
                                        .serializationLibrary("org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe")
                                        .parameters(Map.of("field.delim", ","))
                                        .build())
                                .build())));
    }

    private static Column column(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }
}
