package dev.mastic.crawler;

import dev.mastic.crawler.classify.ParquetBytes;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import static dev.mastic.crawler.CrawlFixture.columns;
import static dev.mastic.crawler.CrawlFixture.warnings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CrawlIT {
    private static final String FLIGHTS = """
            date,delay,distance,origin,destination
            2001-01-01 00:47:00,66,1750,DTW,LAS
            2001-01-01 01:03:00,-5,313,PHX,LAS
            """;
    private static final String AIRPORTS = """
            iata,name,city,state,country,latitude,longitude
            00M,Thigpen,Bay Springs,MS,USA,31.95376472,-89.23450472
            35A,"Union County, Troy Shelton",Union,SC,USA,34.68680111,-81.64121167
            RBN,"Roben-Hood ",Big Rapids,MI,USA,43.72262333,-85.50415222
            """;

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
    void makesTablesOfFlightsAndAirports() {
        fixture.put("flights/year=2001/month=01/flights-2001-01.csv", FLIGHTS);
        fixture.put("flights/year=2001/month=02/flights-2001-02.csv", FLIGHTS);
        fixture.put("airports/airports.csv", AIRPORTS);
        fixture.createCrawler();

        Map<String, Object> report = fixture.crawl();

        assertThat(warnings(report)).isEmpty();
        assertThat(fixture.tables()).containsExactly("airports", "flights");
        Table flights = fixture.table("flights");
        assertThat(columns(flights.storageDescriptor().columns()))
                .isEqualTo("date timestamp, delay bigint, distance bigint, origin string, destination string");
        assertThat(columns(flights.partitionKeys())).isEqualTo("year string, month string");
        assertThat(flights.tableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(flights.storageDescriptor().location()).isEqualTo(fixture.uri("flights/"));
        assertThat(flights.storageDescriptor().serdeInfo().serializationLibrary())
                .isEqualTo("org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe");
        assertThat(flights.storageDescriptor().serdeInfo().parameters()).containsEntry("field.delim", ",");
        assertThat(flights.parameters())
                .containsEntry("classification", "csv")
                .containsEntry("compressionType", "none")
                .containsEntry("typeOfData", "file")
                .containsEntry("delimiter", ",")
                .containsEntry("columnsOrdered", "true")
                .containsEntry("areColumnsQuoted", "false")
                .containsEntry("skip.header.line.count", "1")
                .containsEntry("recordCount", "4")
                .containsEntry("objectCount", "2")
                .containsEntry("sizeKey", String.valueOf(2 * FLIGHTS.length()))
                .containsEntry("UPDATED_BY_CRAWLER", "crawler")
                .containsEntry("CrawlerSchemaSerializerVersion", "1.0")
                .containsEntry("CrawlerSchemaDeserializerVersion", "1.0")
                .containsKeys("averageRecordSize", "CRAWL_RUN_ID");
        List<Partition> partitions = fixture.partitions("flights");
        assertThat(partitions.stream().map(Partition::values))
                .containsExactlyInAnyOrder(List.of("2001", "01"), List.of("2001", "02"));
        assertThat(partitions.get(0).storageDescriptor().location())
                .isEqualTo(fixture.uri("flights/year=2001/month=01/"));
        assertThat(partitions.get(0).storageDescriptor().columns())
                .isEqualTo(flights.storageDescriptor().columns());

        Table airports = fixture.table("airports");
        assertThat(columns(airports.storageDescriptor().columns()))
                .isEqualTo("iata string, name string, city string, state string, country string, latitude double,"
                        + " longitude double");
        assertThat(airports.storageDescriptor().serdeInfo().serializationLibrary())
                .isEqualTo("org.apache.hadoop.hive.serde2.OpenCSVSerde");
        assertThat(airports.parameters()).containsEntry("areColumnsQuoted", "true");
    }

    @Test
    void addsPartitionsAndColumnsWhenCrawledAgain() {
        fixture.put("t/day=1/a.csv", "id,v\n1,2\n");
        fixture.createCrawler();
        fixture.crawl();
        fixture.put("t/day=2/a.csv", "id,v,extra\n1,2.5,x\n");

        fixture.crawl();

        assertThat(fixture.columns("t")).isEqualTo("id bigint, v double, extra string");
        assertThat(fixture.partitions("t"))
                .hasSize(2)
                .allSatisfy(partition -> assertThat(
                                columns(partition.storageDescriptor().columns()))
                        .isEqualTo("id bigint, v double, extra string"));
    }

    @Test
    void changesNothingWhenNothingChanged() {
        fixture.put("t/day=1/a.csv", "id,v\n1,2\n");
        fixture.createCrawler();
        fixture.crawl();
        Table before = fixture.table("t");

        fixture.crawl();

        assertThat(fixture.table("t")).isEqualTo(before);
    }

    @Test
    void neverDropsColumnsAndKeepsTypesThatAPersonGave() {
        fixture.put("t/a.csv", "id,v,gone\n1,2,3\n");
        fixture.createCrawler();
        fixture.crawl();
        Table table = fixture.table("t");
        List<Column> edited = table.storageDescriptor().columns().stream()
                .map(column -> column.name().equals("v")
                        ? column.toBuilder().type("int").comment("mine").build()
                        : column)
                .toList();
        fixture.glue.updateTable(request -> request.databaseName("db")
                .tableInput(TableInput.builder()
                        .name("t")
                        .tableType(table.tableType())
                        .parameters(table.parameters())
                        .storageDescriptor(table.storageDescriptor().toBuilder()
                                .columns(edited)
                                .build())
                        .build()));
        fixture.put("t/a.csv", "id,v\n1,2.5\n");

        fixture.crawl();

        assertThat(fixture.columns("t")).isEqualTo("id bigint, v int, gone bigint");
        assertThat(fixture.table("t").storageDescriptor().columns().get(1).comment())
                .isEqualTo("mine");
    }

    @Test
    void readsGzippedJsonLinesAndParquetFooters() throws IOException {
        fixture.put("events/a.json.gz", gzip("{\"Id\":1,\"at\":{\"x\":1.5}}\n{\"Id\":2,\"at\":{\"y\":\"z\"}}\n"));
        fixture.put(
                "numbers/a.parquet",
                ParquetBytes.file(
                        7,
                        2,
                        ParquetBytes.optional("id").setType(Type.INT32),
                        ParquetBytes.optional("name")
                                .setType(Type.BYTE_ARRAY)
                                .setLogicalType(LogicalType.STRING(new StringType()))));
        fixture.createCrawler();

        fixture.crawl();

        assertThat(fixture.columns("events")).isEqualTo("id bigint, at struct<x:double,y:string>");
        Table events = fixture.table("events");
        assertThat(events.parameters())
                .containsEntry("classification", "json")
                .containsEntry("compressionType", "gzip");
        assertThat(events.storageDescriptor().serdeInfo().parameters())
                .containsEntry("paths", "Id,at")
                .containsEntry("mapping.id", "Id");
        assertThat(fixture.columns("numbers")).isEqualTo("id int, name string");
        assertThat(fixture.table("numbers").parameters())
                .containsEntry("classification", "parquet")
                .containsEntry("recordCount", "7");
    }

    @Test
    void namesFilesThatCannotBeReadAndGoesOn() throws IOException {
        byte[] gzip = gzip(FLIGHTS.repeat(20));
        fixture.put("t/a.csv", FLIGHTS);
        fixture.put("t/cut.csv.gz", Arrays.copyOf(gzip, gzip.length - 10));
        fixture.put("t/cut.parquet", "PAR1 and no footer");
        fixture.put("t/picture.bin", new byte[] {0, 1, 2, 3});
        fixture.put("t/empty.csv", "");
        fixture.put("t/_SUCCESS", "x");
        fixture.createCrawler();

        Map<String, Object> report = fixture.crawl();

        assertThat(fixture.tables()).containsExactly("t");
        assertThat(warnings(report))
                .hasSize(3)
                .anyMatch(warning -> warning.contains("t/cut.csv.gz") && warning.contains("cut off"))
                .anyMatch(warning -> warning.contains("t/cut.parquet") && warning.contains("footer"))
                .anyMatch(warning -> warning.contains("t/picture.bin") && warning.contains("binary"));
        assertThat(report.toString()).contains("HIDDEN", "t/_SUCCESS", "EMPTY", "t/empty.csv");
    }

    @Test
    void honoursExclusionsPrefixAndSampleSize() {
        fixture.put("t/a.csv", "id,v\n1,2\n");
        fixture.put("t/b.csv", "id,v\n1,2\n");
        fixture.put("t/old/c.csv", "x,y,z\n1,2,3\n");
        fixture.createCrawler(request -> request.tablePrefix("raw_")
                .targets(targets -> targets.s3Targets(target ->
                        target.path(fixture.uri("t")).exclusions("old/**").sampleSize(1))));

        fixture.crawl();

        assertThat(fixture.tables()).containsExactly("raw_t");
        assertThat(fixture.table("raw_t").parameters())
                .containsEntry("exclusions", "[\"old/**\"]")
                .containsEntry("recordCount", "2");
    }

    @Test
    @SuppressWarnings("unchecked")
    void readsNoMoreThanAMegabyteOfAFile() {
        StringBuilder rows = new StringBuilder("id,name,price\n");
        for (int i = 0; i < 150_000; i++) {
            rows.append(i).append(",name of ").append(i).append(",1.5\n");
        }
        fixture.put("t/a.csv", rows.toString());
        fixture.createCrawler();

        Map<String, Object> report = fixture.crawl();

        Map<String, Object> file = ((List<Map<String, Object>>) report.get("files")).get(0);
        assertThat((Integer) file.get("bytesRead")).isEqualTo(1 << 20);
        assertThat(file.get("exact")).isEqualTo(false);
        assertThat(fixture.columns("t")).isEqualTo("id bigint, name string, price double");
        assertThat(Double.parseDouble(fixture.table("t").parameters().get("recordCount")))
                .isBetween(140_000.0, 165_000.0);
    }

    @Test
    void writesManyPartitionsInBatches() {
        for (int i = 0; i < 230; i++) {
            fixture.put(String.format(Locale.ROOT, "t/day=%03d/a.csv", i), "id,v\n" + i + ",2\n");
        }
        fixture.createCrawler();

        fixture.crawl();

        assertThat(fixture.partitions("t")).hasSize(230);
    }

    @Test
    void doesWithVanishedFilesWhatThePolicySays() {
        fixture.put("gone/a.csv", "id,v\n1,2\n");
        fixture.put("t/day=1/a.csv", "id,v\n1,2\n");
        fixture.put("t/day=2/a.csv", "id,v\n1,2\n");
        fixture.createCrawler();
        fixture.crawl();
        fixture.delete("gone/a.csv");
        fixture.delete("t/day=2/a.csv");

        fixture.crawl();
        assertThat(fixture.table("gone").parameters()).containsKey("DEPRECATED_BY_CRAWLER");
        assertThat(fixture.partitions("t")).hasSize(2);

        fixture.put("gone/a.csv", "id,v\n1,2\n");
        fixture.crawl();
        assertThat(fixture.table("gone").parameters()).doesNotContainKey("DEPRECATED_BY_CRAWLER");

        fixture.delete("gone/a.csv");
        deleteBehavior(DeleteBehavior.LOG);
        Map<String, Object> report = fixture.crawl();
        assertThat(fixture.table("gone").parameters()).doesNotContainKey("DEPRECATED_BY_CRAWLER");
        assertThat(warnings(report)).anyMatch(warning -> warning.contains("db.gone has no files any more"));

        deleteBehavior(DeleteBehavior.DELETE_FROM_DATABASE);
        fixture.crawl();
        assertThatThrownBy(() -> fixture.table("gone")).isInstanceOf(EntityNotFoundException.class);
        assertThat(fixture.partitions("t")).hasSize(1);
    }

    private void deleteBehavior(DeleteBehavior behavior) {
        fixture.glue.updateCrawler(
                request -> request.name("crawler").schemaChangePolicy(policy -> policy.deleteBehavior(behavior)));
    }

    @Test
    void onlyTellsOfChangedColumnsWhenThePolicySaysLog() {
        fixture.put("t/day=1/a.csv", "id,v\n1,2\n");
        fixture.createCrawler(
                request -> request.schemaChangePolicy(policy -> policy.updateBehavior(UpdateBehavior.LOG)));
        fixture.crawl();
        fixture.put("t/day=2/a.csv", "id,v,extra\n1,2,x\n");

        Map<String, Object> report = fixture.crawl();

        assertThat(fixture.columns("t")).isEqualTo("id bigint, v bigint");
        assertThat(fixture.partitions("t"))
                .as("new partitions are always added")
                .hasSize(2);
        assertThat(warnings(report)).anyMatch(warning -> warning.contains("column extra string is new"));
    }

    @Test
    void leavesATableAloneThatTheFilesDoNotFit() {
        fixture.put("t/a.csv", "id,v\n1,2\n");
        fixture.createCrawler();
        fixture.crawl();
        Table before = fixture.table("t");
        fixture.delete("t/a.csv");
        fixture.put("t/a.json", "{\"id\":1}\n");

        Map<String, Object> report = fixture.crawl();

        assertThat(fixture.table("t")).isEqualTo(before);
        assertThat(warnings(report)).anyMatch(warning -> warning.contains("db.t is left alone"));
    }

    @Test
    void keepsTablesOfOneNameApart() {
        fixture.put("a/orders/f.csv", "id,v\n1,2\n");
        fixture.put("b/orders/f.csv", "name,city,zip\nx y,San Jose,12\n");
        fixture.createCrawler();

        fixture.crawl();
        List<String> tables = fixture.tables();
        fixture.crawl();

        assertThat(tables).hasSize(2).contains("orders").allMatch(name -> name.startsWith("orders"));
        assertThat(fixture.tables()).as("names are stable").isEqualTo(tables);
    }

    @Test
    void failsAndNamesABucketThatIsMissing() {
        fixture.createCrawler(request ->
                request.targets(targets -> targets.s3Targets(target -> target.path("s3://no-such-bucket-here/x/"))));

        LastCrawlInfo last = fixture.crawlToEnd();

        assertThat(last.statusAsString()).isEqualTo("FAILED");
        assertThat(last.errorMessage()).contains("no-such-bucket-here", "does not exist");
    }

    @Test
    void succeedsAndSaysSoWhenThereIsNoData() {
        fixture.createCrawler();

        Map<String, Object> report = fixture.crawl();

        assertThat(warnings(report)).anyMatch(warning -> warning.contains("holds no data"));
        assertThat(fixture.tables()).isEmpty();
    }

    @Test
    void writesNothingAboveTheTableThreshold() {
        fixture.put("a/f.csv", "id,v\n1,2\n");
        fixture.put("b/f.csv", "name,city,zip\nx y,San Jose,12\n");
        fixture.createCrawler(request ->
                request.configuration("{\"Version\":1.0,\"CrawlerOutput\":{\"Tables\":{\"TableThreshold\":1}}}"));

        LastCrawlInfo last = fixture.crawlToEnd();

        assertThat(last.statusAsString()).isEqualTo("FAILED");
        assertThat(last.errorMessage()).contains("2 tables", "TableThreshold allows 1");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
