package dev.mastic.crawler;

import dev.mastic.crawler.classify.ParquetBytes;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static dev.mastic.crawler.CrawlFixture.warnings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tables with a log of their own, by metadata as their specifications have it. */
class LakesIT {
    private static final byte[] DATA =
            ParquetBytes.file(3, 1, ParquetBytes.optional("id").setType(Type.INT64));

    private CrawlFixture fixture;

    @BeforeEach
    void open() {
        fixture = new CrawlFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String iceberg(String fields) {
        return "{\"format-version\":2,\"location\":\"s3://x\",\"current-schema-id\":1,\"schemas\":[{\"schema-id\":0,"
                + "\"type\":\"struct\",\"fields\":[]},{\"schema-id\":1,\"type\":\"struct\",\"fields\":[" + fields
                + "]}],\"current-snapshot-id\":7,\"snapshots\":[{\"snapshot-id\":7,\"summary\":{\"total-records\":\"42\","
                + "\"total-data-files\":\"2\",\"total-files-size\":\"99\"}}]}";
    }

    private void putIceberg(String root) {
        fixture.put(
                root + "metadata/00009-a.metadata.json",
                iceberg("{\"id\":1,\"name\":\"Id\",\"required\":true,\"type\":\"long\"}"));
        fixture.put(root + "data/a.parquet", DATA);
    }

    private void putDelta(String root) {
        String schema =
                "{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"long\\\"},"
                        + "{\\\"name\\\":\\\"price\\\",\\\"type\\\":\\\"decimal(9,2)\\\"},{\\\"name\\\":\\\"day\\\",\\\"type\\\":"
                        + "\\\"date\\\"},{\\\"name\\\":\\\"l\\\",\\\"type\\\":{\\\"type\\\":\\\"array\\\",\\\"elementType\\\":"
                        + "\\\"integer\\\"}}]}";
        fixture.put(
                root + "_delta_log/00000000000000000000.json",
                "{\"commitInfo\":{}}\n{\"metaData\":{\"id\":\"x\",\"schemaString\":\"" + schema
                        + "\",\"partitionColumns\":[\"day\"]}}\n");
        fixture.put(root + "_delta_log/00000000000000000001.json", "{\"add\":{\"path\":\"a\"}}\n");
        fixture.put(root + "day=2026-01-01/a.parquet", DATA);
    }

    private void putHudi(String root) {
        fixture.put(
                root + ".hoodie/hoodie.properties",
                "hoodie.table.name=h\nhoodie.table.type=COPY_ON_WRITE\nhoodie.table.partition.fields=day\n");
        fixture.put(
                root + ".hoodie/20260101000000000.commit",
                "{\"extraMetadata\":{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"r\\\",\\\"fields\\\":["
                        + "{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"long\\\"},{\\\"name\\\":\\\"day\\\",\\\"type\\\":"
                        + "\\\"string\\\"}]}\"}}");
        fixture.put(root + "day=2026-01-01/a.parquet", DATA);
        fixture.put(root + "day=2026-01-02/a.parquet", DATA);
    }

    @Test
    void registersThemAsWhatTheyAreAndFollowsTheirSchema() {
        putIceberg("lake/ice/");
        putDelta("lake/delta/");
        putHudi("lake/hudi/");
        fixture.put("lake/plain/a.csv", "id,v\n1,2\n");
        fixture.createCrawler();

        assertThat(warnings(fixture.crawl())).isEmpty();

        assertThat(fixture.tables()).containsExactly("delta", "hudi", "ice", "plain");
        assertThat(fixture.columns("ice")).isEqualTo("id bigint");
        assertThat(fixture.table("ice").parameters())
                .containsEntry("table_type", "ICEBERG")
                .containsEntry("metadata_location", fixture.uri("lake/ice/metadata/00009-a.metadata.json"))
                .containsEntry("recordCount", "42");
        assertThat(fixture.columns("delta")).isEqualTo("id bigint, price decimal(9,2), day date, l array<int>");
        assertThat(fixture.table("delta").parameters())
                .containsEntry("table_type", "delta")
                .containsEntry("spark.sql.sources.provider", "delta");
        assertThat(fixture.table("delta").storageDescriptor().serdeInfo().parameters())
                .containsEntry("path", fixture.uri("lake/delta/"));
        assertThat(fixture.columns("hudi"))
                .startsWith("_hoodie_commit_time string")
                .endsWith("id bigint");
        assertThat(fixture.table("hudi").storageDescriptor().inputFormat())
                .isEqualTo("org.apache.hudi.hadoop.HoodieParquetInputFormat");
        assertThat(fixture.partitions("hudi").stream().map(Partition::values))
                .containsExactlyInAnyOrder(List.of("2026-01-01"), List.of("2026-01-02"));

        fixture.put(
                "lake/ice/metadata/00010-b.metadata.json",
                iceberg(
                        "{\"id\":1,\"name\":\"Id\",\"type\":\"long\"},{\"id\":2,\"name\":\"at\",\"type\":\"timestamptz\"}"));
        fixture.crawl();

        assertThat(fixture.columns("ice")).isEqualTo("id bigint, at timestamp");
        assertThat(fixture.table("ice").parameters())
                .containsEntry("metadata_location", fixture.uri("lake/ice/metadata/00010-b.metadata.json"));
    }

    @Test
    void leavesATableOfIcebergThatAnEngineMadeToItsWriters() {
        putIceberg("ice/");
        fixture.glue.createDatabase(request -> request.databaseInput(input -> input.name("db")));
        fixture.glue.createTable(request -> request.databaseName("db")
                .tableInput(input -> input.name("ice")
                        .tableType("EXTERNAL_TABLE")
                        .parameters(Map.of(
                                "table_type",
                                "ICEBERG",
                                "metadata_location",
                                fixture.uri("ice/metadata/00008-z.metadata.json")))
                        .storageDescriptor(storage -> storage.location(fixture.uri("ice"))
                                .columns(column -> column.name("old").type("int")))));
        fixture.createCrawler();

        assertThat(warnings(fixture.crawl())).anyMatch(text -> text.contains("db.ice is left alone"));

        assertThat(fixture.tables()).containsExactly("ice");
        assertThat(fixture.columns("ice")).isEqualTo("old int");
        assertThat(fixture.table("ice").parameters())
                .containsEntry("metadata_location", fixture.uri("ice/metadata/00008-z.metadata.json"));
    }

    @Test
    void takesThemAsTargetsOfTheirOwn() {
        putIceberg("a/b/ice/");
        putDelta("a/delta/");
        putHudi("a/hudi/");
        fixture.createCrawler(request -> request.targets(targets -> targets.icebergTargets(
                        target -> target.paths(fixture.uri("a/")).maximumTraversalDepth(3))
                .deltaTargets(
                        target -> target.deltaTables(fixture.uri("a/delta/")).createNativeDeltaTable(true))
                .hudiTargets(target -> target.paths(fixture.uri("a/")))));

        assertThat(warnings(fixture.crawl())).isEmpty();

        assertThat(fixture.tables()).containsExactly("delta", "hudi", "ice");
    }

    @Test
    void leavesBrokenOnesAloneAndRefusesManifests() {
        fixture.put("ice/metadata/v1.metadata.json", "{");
        fixture.put("ice/data/a.parquet", DATA);
        fixture.createCrawler();

        Map<String, Object> report = fixture.crawl();

        assertThat(warnings(report)).anyMatch(text -> text.contains("ice/") && text.contains("cannot be registered"));
        assertThat(fixture.tables()).isEmpty();
        assertThatThrownBy(() -> fixture.glue.createCrawler(request -> request.name("manifests")
                        .role("r")
                        .databaseName("db")
                        .targets(targets -> targets.deltaTargets(
                                target -> target.deltaTables(fixture.uri("d/")).writeManifest(true)))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("WriteManifest");
    }

    @Test
    void neverTakesBackWhatAnEngineOfIcebergCommitted() {
        putIceberg("ice/");
        fixture.createCrawler();
        fixture.crawl();
        Table table = fixture.table("ice");
        Map<String, String> parameters = new HashMap<>(table.parameters());
        parameters.put("metadata_location", fixture.uri("ice/metadata/00010-committed.metadata.json"));
        fixture.glue.updateTable(request -> request.databaseName("db")
                .tableInput(input -> input.name("ice")
                        .tableType(table.tableType())
                        .parameters(parameters)
                        .storageDescriptor(table.storageDescriptor())));
        fixture.put(
                "ice/metadata/00010-abandoned.metadata.json", iceberg("{\"id\":1,\"name\":\"x\",\"type\":\"int\"}"));

        Map<String, Object> report = fixture.crawl();

        assertThat(warnings(report)).anyMatch(text -> text.contains("an engine of Iceberg keeps it"));
        assertThat(fixture.columns("ice")).isEqualTo("id bigint");
        assertThat(fixture.table("ice").parameters())
                .containsEntry("metadata_location", fixture.uri("ice/metadata/00010-committed.metadata.json"));
    }

    @Test
    void namesADeltaLogWithAGap() {
        putDelta("delta/");
        for (int version = 2; version < 12; version++) {
            fixture.put("delta/_delta_log/%020d.json".formatted(version), "{\"add\":{\"path\":\"a\"}}\n");
        }
        fixture.delete("delta/_delta_log/00000000000000000000.json");
        fixture.createCrawler();

        assertThat(warnings(fixture.crawl()))
                .as("a log with a gap and without checkpoint")
                .anyMatch(text -> text.contains("delta/") && text.contains("gap"));
        assertThat(fixture.tables()).isEmpty();
    }

    @Test
    void followsACommitThatChangesNoColumn() {
        putIceberg("ice/");
        fixture.createCrawler();
        fixture.crawl();

        fixture.put(
                "ice/metadata/00010-b.metadata.json",
                iceberg("{\"id\":1,\"name\":\"Id\",\"required\":true,\"type\":\"long\"}"));
        fixture.crawl();

        assertThat(fixture.table("ice").parameters())
                .containsEntry("metadata_location", fixture.uri("ice/metadata/00010-b.metadata.json"));
    }
}
