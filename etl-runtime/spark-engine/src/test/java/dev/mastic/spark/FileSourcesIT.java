package dev.mastic.spark;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.job.Avro;
import dev.mastic.job.CatalogTable;
import dev.mastic.job.Csv;
import dev.mastic.job.FileOptions.ChangedFiles;
import dev.mastic.job.FileOptions.KeysInFiles;
import dev.mastic.job.FileOptions.SchemaDrift;
import dev.mastic.job.Job;
import dev.mastic.job.Json;
import dev.mastic.job.Orc;
import dev.mastic.job.Parquet;
import dev.mastic.job.Source;
import dev.mastic.job.TextLines;
import dev.mastic.job.Xml;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static dev.mastic.spark.TestCatalog.column;
import static org.assertj.core.api.Assertions.assertThat;

/** Sources of files: formats, which files, and what is done with those that do not fit. */
class FileSourcesIT {
    private static final String ORDERS = "<orders><order id=\"1\"><name>ann</name><item>a</item><item>b</item></order>"
            + "<order id=\"2\"><name>bob</name></order></orders>";
    private static final String PROTOCOL = "spark.sql.sources.commitProtocolClass";
    private static final String HADOOP_PROTOCOL =
            "org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol";
    private final TestJobs jobs = new TestJobs();
    private int reads;

    private Job copy(Source source, String place) {
        return job -> job.read("it", source).write("out", Parquet.at(jobs.at(place)));
    }

    private List<String> read(Source source) {
        String place = "out" + ++reads + "/";
        jobs.publish(copy(source, place), BookmarkOption.DISABLE);
        return jobs.rows(place);
    }

    private String failure(Source source) {
        return jobs.failure(copy(source, "fails/"));
    }

    /** Files that Spark writes without us. */
    private void sparkFiles(String format, String folder, String sql) throws IOException {
        Path local = Files.createTempDirectory("files").resolve("x");
        Dataset<Row> rows = TestJobs.SPARK.sql(sql).coalesce(1);
        String name = format.equals("avro") ? "org.apache.spark.sql.avro.AvroFileFormat" : format;
        String ours = rows.sparkSession().conf().get(PROTOCOL);
        rows.sparkSession().conf().set(PROTOCOL, HADOOP_PROTOCOL);
        rows.write().format(name).save(local.toUri().toString());
        rows.sparkSession().conf().set(PROTOCOL, ours);
        try (Stream<Path> files = Files.list(local)) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .toList()) {
                jobs.put(folder + (reads++) + "." + format, Files.readAllBytes(file));
            }
        }
    }

    @Test
    void readsTheFormatsThatCrawlersFind() throws IOException {
        sparkFiles("orc", "orc/", "SELECT 1 AS id, 'x' AS name");
        sparkFiles("orc", "orc/", "SELECT 2 AS id, 'y' AS name, 1.5D AS more");
        assertThat(read(Orc.at(jobs.at("orc/"))))
                .containsExactly("{\"id\":1,\"name\":\"x\"}", "{\"id\":2,\"name\":\"y\",\"more\":1.5}");
        sparkFiles("avro", "avro/", "SELECT 1 AS id, 'x' AS name");
        sparkFiles("avro", "avro/", "SELECT 2 AS id, 'y' AS name, 1.5D AS more");
        assertThat(read(Avro.at(jobs.at("avro/"))))
                .containsExactly("{\"id\":1,\"name\":\"x\"}", "{\"id\":2,\"name\":\"y\",\"more\":1.5}");
        jobs.put("xml/a.xml", ORDERS);
        assertThat(read(Xml.at(jobs.at("xml/"), "order")))
                .containsExactly("{\"_id\":1,\"item\":[\"a\",\"b\"],\"name\":\"ann\"}", "{\"_id\":2,\"name\":\"bob\"}");
        jobs.put("text/a.txt", "first\nsecond, with a comma\n");
        assertThat(read(TextLines.at(jobs.at("text/"))))
                .containsExactly("{\"line\":\"first\"}", "{\"line\":\"second, with a comma\"}");
        jobs.put("doc/a.json", "[\n  {\"id\": 1},\n  {\"id\": 2}\n]\n");
        jobs.put("doc/b.json", "{\n  \"id\": 3\n}\n");
        assertThat(read(Json.at(jobs.at("doc/")).asDocuments()))
                .containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    }

    @Test
    void readsTablesOfTheseFormats() throws IOException {
        TestCatalog.database("raw");
        sparkFiles("orc", "t/orc/year=2026/", "SELECT 1 AS id");
        sparkFiles("avro", "t/avro/", "SELECT 1 AS id");
        jobs.put("t/xml/a.xml", ORDERS);
        jobs.put("t/json/a.json", "[{\"id\":1},\n{\"id\":2}]");
        TestCatalog.table(
                "raw",
                "orc",
                table -> table.parameters(Map.of("classification", "orc"))
                        .partitionKeys(column("year", "int"))
                        .storageDescriptor(
                                storage -> storage.location(jobs.at("t/orc/")).columns(column("id", "int"))));
        TestCatalog.table(
                "raw",
                "avro",
                table -> table.parameters(Map.of("classification", "avro"))
                        .storageDescriptor(
                                storage -> storage.location(jobs.at("t/avro/")).columns(column("id", "int"))));
        TestCatalog.table(
                "raw",
                "xml",
                table -> table.parameters(Map.of("classification", "xml", "rowTag", "order"))
                        .storageDescriptor(storage -> storage.location(jobs.at("t/xml/"))
                                .columns(column("_id", "bigint"), column("name", "string"))));
        TestCatalog.table(
                "raw",
                "json",
                table -> table.parameters(Map.of("classification", "json", "multiLine", "true"))
                        .storageDescriptor(
                                storage -> storage.location(jobs.at("t/json/")).columns(column("id", "bigint"))));
        TestCatalog.table(
                "raw",
                "paths",
                table -> table.parameters(Map.of("classification", "json", "jsonPath", "$.rows[*]"))
                        .storageDescriptor(
                                storage -> storage.location(jobs.at("t/json/")).columns(column("id", "bigint"))));
        jobs.put("t/lines/a.txt", "Name   Count\nann      12\nbob     x\n");
        TestCatalog.table(
                "raw",
                "lines",
                table -> table.parameters(Map.of("classification", "csv", "skip.header.line.count", "1"))
                        .storageDescriptor(storage -> storage.location(jobs.at("t/lines/"))
                                .columns(column("name", "string"), column("n", "int"))
                                .serdeInfo(
                                        serde -> serde.serializationLibrary("org.apache.hadoop.hive.serde2.RegexSerDe")
                                                .parameters(Map.of("input.regex", "\\s*(\\S*)\\s+(\\S*)\\s*")))));
        assertThat(read(CatalogTable.of("raw", "lines").badRowsTo("bad")))
                .containsExactly("{\"name\":\"ann\",\"n\":12}", "{\"name\":\"bob\",\"bad\":\"bob     x\"}");
        assertThat(failure(CatalogTable.of("raw", "lines"))).contains("'x'");
        assertThat(read(CatalogTable.of("raw", "orc").where("year = 2026")))
                .containsExactly("{\"id\":1,\"year\":2026}");
        assertThat(read(CatalogTable.of("raw", "avro"))).containsExactly("{\"id\":1}");
        assertThat(read(CatalogTable.of("raw", "xml")))
                .containsExactly("{\"_id\":1,\"name\":\"ann\"}", "{\"_id\":2,\"name\":\"bob\"}");
        assertThat(read(CatalogTable.of("raw", "json"))).containsExactly("{\"id\":1}", "{\"id\":2}");
        assertThat(failure(CatalogTable.of("raw", "paths")))
                .startsWith("The rows of table raw.paths are what the JSON path $.rows[*] selects in its files");
    }

    @Test
    void readsTheFilesThatAreNotExcluded() {
        jobs.put("in/a.csv", "id\n1\n");
        jobs.put("in/a.tmp", "no csv at all, \"");
        jobs.put("in/old/b.csv", "id\n2\n");
        jobs.put("in/old/deep/c.csv", "id\n3\n");
        Csv csv = Csv.at(jobs.at("in/")).withHeader();
        assertThat(read(csv.excluding("*.tmp", "old/deep/**"))).containsExactly("{\"id\":1}", "{\"id\":2}");
        assertThat(read(csv.excluding("**.tmp").thisFolderOnly())).containsExactly("{\"id\":1}");
        assertThat(failure(csv.excluding("{a"))).startsWith("Read 'it': excluding(\"{a\") is no pattern: ");
    }

    @Test
    void unpacksByTheNamesEnding() {
        byte[] csv = "id\n1\n".getBytes(StandardCharsets.UTF_8);
        jobs.put("in/a.csv.zst", com.github.luben.zstd.Zstd.compress(csv));
        jobs.put("in/b.csv", "id\n2\n");
        assertThat(read(Csv.at(jobs.at("in/")).withHeader())).containsExactly("{\"id\":1}", "{\"id\":2}");
    }

    @Test
    void tablesWhoseMetadataSaysWhichFilesCountAreLeftToTheirEngines() {
        TestCatalog.database("raw");
        TestCatalog.table(
                "raw",
                "lake",
                table -> table.parameters(Map.of("table_type", "ICEBERG"))
                        .storageDescriptor(
                                storage -> storage.location(jobs.at("ice/")).columns(column("id", "int"))));
        assertThat(failure(CatalogTable.of("raw", "lake")))
                .startsWith(
                        "Read 'it': table raw.lake is of the format iceberg, whose metadata says which of its files");
        jobs.put("in/b.csv", "id\n2\n");
        assertThat(jobs.failure(job -> job.read("it", Csv.at(jobs.at("in/")).withHeader())
                        .write("out", Parquet.at(jobs.at("ice/")).registeredAs("raw", "lake"))))
                .startsWith("Write 'out': table raw.lake is of the format iceberg");
    }

    @Test
    void namesPackingsThatAreNotUnpacked() {
        jobs.put("in/a.csv", "id\n1\n");
        jobs.put("in/b.csv.zip", "PK");
        assertThat(failure(Csv.at(jobs.at("in/")).withHeader()))
                .isEqualTo("Read 'it': " + jobs.at("in/b.csv.zip") + " is packed by ZIP, which is not unpacked; upload"
                        + " it plain or packed by gzip or bzip2, or leave it out by .excluding(\"**.zip\")");
    }

    @Test
    void differentColumnsAreMergedLeftOutOrRefused() throws IOException {
        jobs.put("in/a.csv", "id,name\n1,x\n");
        jobs.put("in/b.csv", "more,id\n2.5,two\n");
        Csv csv = Csv.at(jobs.at("in/")).withHeader();
        assertThat(failure(csv))
                .contains("differ; declare the columns by")
                .contains("onSchemaDrift(SchemaDrift.MERGE)");
        assertThat(read(csv.onSchemaDrift(SchemaDrift.MERGE)))
                .containsExactly("{\"id\":\"1\",\"name\":\"x\"}", "{\"id\":\"two\",\"more\":2.5}");
        jobs.put("in/b.csv", "more,id\n2.5,2\n");
        assertThat(read(csv.onSchemaDrift(SchemaDrift.FIRST)))
                .containsExactly("{\"id\":1,\"name\":\"x\"}", "{\"id\":2}");
        sparkFiles("parquet", "pq/", "SELECT 1 AS id");
        sparkFiles("parquet", "pq/", "SELECT 2 AS id, 'y' AS name");
        Parquet parquet = Parquet.at(jobs.at("pq/"));
        assertThat(read(parquet)).containsExactly("{\"id\":1}", "{\"id\":2,\"name\":\"y\"}");
        assertThat(read(parquet.onSchemaDrift(SchemaDrift.FIRST))).containsExactly("{\"id\":1}", "{\"id\":2}");
        assertThat(failure(parquet.onSchemaDrift(SchemaDrift.FAIL)))
                .startsWith("Read 'it': " + jobs.at("pq/"))
                .contains("has columns id INT,name STRING, and the first file has id INT");
        jobs.put("case/a.json", "{\"Id\":1}\n{\"id\":2}\n");
        assertThat(failure(Json.at(jobs.at("case/"))))
                .contains("have columns 'Id' and 'id', which differ only in case");
        assertThat(read(Json.at(jobs.at("case/")).column("id", "bigint"))).containsExactly("{\"id\":2}", "{}");
    }

    @Test
    void rowsThatDoNotFitAreDroppedCountedOrKept() {
        jobs.put("in/a.csv", "id,price\n1,10.25\nx,1.00\n3,12345.67\n4,1,2\n5,7\n");
        Csv csv = Csv.at(jobs.at("in/")).withHeader().column("id", "int").column("price", "decimal(4,2)");
        assertThat(failure(csv)).startsWith("Write 'out': " + jobs.at("in/a.csv") + ": a row does not fit the columns");
        RunCommit dropped = jobs.publish(copy(csv.droppingBadRows(), "dropped/"), BookmarkOption.DISABLE);
        assertThat(jobs.rows("dropped/")).containsExactly("{\"id\":1,\"price\":10.25}", "{\"id\":5,\"price\":7.00}");
        assertThat(dropped.metrics()).containsEntry("read.it.badRows", 3L).containsEntry("write.out.rows", 2L);
        assertThat(read(csv.badRowsTo("bad")))
                .hasSize(5)
                .contains("{\"price\":1.00,\"bad\":\"x,1.00\"}", "{\"id\":1,\"price\":10.25}");
        jobs.put("js/a.json", "{\"id\":1}\nno json\n{\"id\":\"y\"}\n");
        Json json = Json.at(jobs.at("js/"));
        assertThat(read(json.column("id", "int").droppingBadRows())).containsExactly("{\"id\":1}");
        assertThat(failure(Parquet.at(jobs.at("pq/")).droppingBadRows()))
                .startsWith("Read 'it': droppingBadRows() and badRowsTo() are for CSV, JSON and XML");
    }

    @Test
    void timestampsWithoutZoneAreOfTheZoneGiven() {
        jobs.put("in/a.csv", "at\n2026-07-01 12:00:00\n2026-01-01T12:00:00Z\n");
        Csv csv = Csv.at(jobs.at("in/")).withHeader().column("at", "timestamp");
        assertThat(read(csv.timeZone("Europe/Berlin")))
                .containsExactly("{\"at\":\"2026-01-01T12:00:00.000Z\"}", "{\"at\":\"2026-07-01T10:00:00.000Z\"}");
    }

    @Test
    void aKeyThatIsAlsoInTheFilesIsTakenFromWhereTheJobSays() {
        jobs.put("in/day=1/a.csv", "id,day\n1,one\n");
        jobs.put("js/day=1/a.json", "{\"id\":1,\"day\":\"one\"}\n");
        for (Source source : List.of(Csv.at(jobs.at("in/")).withHeader(), Json.at(jobs.at("js/")))) {
            assertThat(failure(source))
                    .startsWith("Read 'it': 'day' is both a column of the files and a partition key of ");
        }
        Csv csv = Csv.at(jobs.at("in/")).withHeader();
        Json json = Json.at(jobs.at("js/"));
        assertThat(read(csv.onKeysInFiles(KeysInFiles.USE_FOLDERS))).containsExactly("{\"id\":1,\"day\":\"1\"}");
        assertThat(read(csv.onKeysInFiles(KeysInFiles.USE_FILES))).containsExactly("{\"id\":1,\"day\":\"one\"}");
        assertThat(read(json.onKeysInFiles(KeysInFiles.USE_FOLDERS))).containsExactly("{\"id\":1,\"day\":\"1\"}");
        assertThat(read(json.onKeysInFiles(KeysInFiles.USE_FILES))).containsExactly("{\"day\":\"one\",\"id\":1}");
    }

    @Test
    void aChangedFileIsReadAgainLeftOutOrRefused() {
        jobs.put("in/a.csv", "id\n1\n");
        Csv csv = Csv.at(jobs.at("in/")).withHeader().newFilesOnly();
        jobs.publish(copy(csv, "lake/"), BookmarkOption.ENABLE);
        jobs.put("in/a.csv", "id\n2\n");
        jobs.put("in/b.csv", "id\n3\n");
        assertThat(jobs.failure(copy(csv.onChangedFiles(ChangedFiles.FAIL), "lake/"), BookmarkOption.ENABLE))
                .isEqualTo("Read 'it': " + jobs.at("in/a.csv") + " was read before and changed since, which"
                        + " onChangedFiles(FAIL) does not allow; put changed rows into new files, or choose REPROCESS"
                        + " or IGNORE");
        RunCommit ignoring =
                jobs.publish(copy(csv.onChangedFiles(ChangedFiles.IGNORE), "lake/"), BookmarkOption.ENABLE);
        assertThat(ignoring.metrics()).containsEntry("read.it.files", 1L).containsEntry("read.it.changed", 1L);
        assertThat(jobs.rows("lake/")).containsExactly("{\"id\":1}", "{\"id\":3}");
        jobs.publish(copy(csv, "lake/"), BookmarkOption.ENABLE);
        assertThat(jobs.rows("lake/")).containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    }

    @Test
    void aBacklogIsWorkedOffByBoundedRuns() {
        for (int i = 0; i < 5; i++) {
            jobs.put("in/" + (9 - i) + ".csv", "id\n" + i + "\n");
        }
        Csv csv = Csv.at(jobs.at("in/")).withHeader().newFilesOnly().atMostFiles(2);
        for (int run = 0; run < 3; run++) {
            RunCommit commit = jobs.publish(copy(csv, "lake/"), BookmarkOption.ENABLE);
            assertThat(commit.metrics()).containsEntry("read.it.files", run < 2 ? 2L : 1L);
        }
        assertThat(jobs.rows("lake/")).hasSize(5);
        assertThat(jobs.publish(copy(csv, "lake/"), BookmarkOption.ENABLE).outputs())
                .as("nothing is left")
                .isEmpty();
        assertThat(read(csv.atMostMegabytes(1))).as("without a bookmark").hasSize(5);
        assertThat(read(csv)).as("without a bookmark").hasSize(2);
    }
}
