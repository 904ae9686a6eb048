package dev.mastic.spark;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.job.Avro;
import dev.mastic.job.CatalogTable;
import dev.mastic.job.Compression;
import dev.mastic.job.Csv;
import dev.mastic.job.FileLocation;
import dev.mastic.job.FileOutput;
import dev.mastic.job.Job;
import dev.mastic.job.Json;
import dev.mastic.job.Orc;
import dev.mastic.job.Parquet;
import dev.mastic.job.SchemaChange;
import dev.mastic.job.Source;
import dev.mastic.spark.write.OpenUploads;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.List;
import java.util.Optional;

import static dev.mastic.job.Dsl.expr;
import static org.assertj.core.api.Assertions.assertThat;

/** Targets of files: formats, sizes, what becomes of the files that were there, and of the table. */
class FileTargetsIT {
    private final TestJobs jobs = new TestJobs();

    @BeforeEach
    void database() {
        TestCatalog.database("lake");
    }

    private void orders(String text) {
        jobs.put("in/orders.csv", text);
    }

    private Job copy(FileOutput target) {
        return job -> job.read("orders", Csv.at(jobs.at("in/")).withHeader()).write("out", target);
    }

    private void publish(FileOutput target) {
        jobs.publish(copy(target), BookmarkOption.DISABLE);
    }

    private Table table(String name) {
        return TestCatalog.GLUE
                .getTable(request -> request.databaseName("lake").name(name))
                .table();
    }

    /** The rows that a job reads from a source, as JSON. */
    private List<String> read(Source source) {
        String place = "check" + System.nanoTime() + "/";
        jobs.publish(job -> job.read("it", source).write("check", Parquet.at(jobs.at(place))), BookmarkOption.DISABLE);
        return jobs.keys(place).isEmpty() ? List.of() : jobs.rows(place);
    }

    private List<String> rowsOf(String table) {
        return read(CatalogTable.of("lake", table));
    }

    @Test
    void everyFormatIsWrittenPackedRegisteredAndReadBack() {
        orders("Id,name,at,day\n1,\"a, \"\"b\"\"\",2026-01-03 10:00:00,d1\n2,,2026-02-04 11:30:00,d2\n");
        List<FileLocation> formats = List.of(
                Parquet.at(jobs.at("f0/")),
                Orc.at(jobs.at("f1/")),
                Avro.at(jobs.at("f2/")),
                Json.at(jobs.at("f3/")),
                Csv.at(jobs.at("f4/")).withHeader());
        List<Compression> packed =
                List.of(Compression.ZSTD, Compression.ZLIB, Compression.DEFLATE, Compression.GZIP, Compression.BZIP2);
        List<String> endings = List.of(".c000.zstd.parquet", ".c000.zlib.orc", ".avro", ".json.gz", ".csv.bz2");
        jobs.publish(
                job -> {
                    for (int i = 0; i < formats.size(); i++) {
                        job.read("orders" + i, Csv.at(jobs.at("in/")).withHeader())
                                .write(
                                        "out" + i,
                                        formats.get(i)
                                                .partitionedBy("day")
                                                .compressedBy(packed.get(i))
                                                .registeredAs("lake", "t" + i));
                    }
                },
                BookmarkOption.DISABLE);
        for (int i = 0; i < formats.size(); i++) {
            assertThat(jobs.keys("f" + i + "/day=d1/"))
                    .singleElement()
                    .asString()
                    .startsWith("f" + i + "/day=d1/part-00000-jr_1-0")
                    .endsWith(endings.get(i));
            assertThat(TestCatalog.columns("lake", "t" + i)).containsExactly("id int", "name string", "at timestamp");
            assertThat(rowsOf("t" + i))
                    .as("format %s", i)
                    .containsExactly(
                            "{\"id\":1,\"name\":\"a, \\\"b\\\"\",\"at\":\"2026-01-03T10:00:00.000Z\",\"day\":\"d1\"}",
                            "{\"id\":2,\"at\":\"2026-02-04T11:30:00.000Z\",\"day\":\"d2\"}");
        }
        assertThat(table("t1").storageDescriptor().serdeInfo().serializationLibrary())
                .isEqualTo("org.apache.hadoop.hive.ql.io.orc.OrcSerde");
        assertThat(table("t2").storageDescriptor().serdeInfo().parameters().get("avro.schema.literal"))
                .contains("\"name\":\"Id\"");
        assertThat(table("t3").storageDescriptor().serdeInfo().parameters()).containsEntry("mapping.id", "Id");
        assertThat(table("t4").parameters()).containsEntry("skip.header.line.count", "1");
    }

    @Test
    void filesEndWhenTheyAreLargeEnoughAndAreSorted() {
        orders("id\n1\n");
        RunCommit commit = jobs.publish(
                job -> job.read("orders", Csv.at(jobs.at("in/")).withHeader())
                        .derive("n", expr("explode(sequence(1, 120000))"))
                        .derive("text", expr("sha2(cast(n as string), 256)"))
                        .write(
                                "out",
                                Json.at(jobs.at("big/")).megabytesPerFile(2).sortedBy("text")),
                BookmarkOption.DISABLE);
        List<Long> sizes = commit.outputs().get(0).uploads().stream()
                .map(upload -> upload.size())
                .toList();
        assertThat(sizes).hasSizeBetween(4, 8).allMatch(size -> size < 3L << 20);
        assertThat(commit.metrics()).containsEntry("write.out.rows", 120_000L);
        assertThat(TestJobs.SPARK
                        .read()
                        .json(jobs.at(commit.outputs().get(0).uploads().get(0).key())
                                .replace("s3://", "s3a://"))
                        .select("text")
                        .limit(1000)
                        .collectAsList()
                        .stream()
                        .map(row -> row.getString(0))
                        .toList())
                .isSorted();
        jobs.publish(
                job -> job.read("orders", Csv.at(jobs.at("in/")).withHeader())
                        .derive("n", expr("explode(sequence(1, 10))"))
                        .write("out", Parquet.at(jobs.at("small/")).rowsPerFile(4)),
                BookmarkOption.DISABLE);
        assertThat(jobs.keys("small/")).hasSize(3);
    }

    @Test
    void anOverwrittenPlaceShowsTheNewFilesAlone() {
        FileOutput target = Parquet.at(jobs.at("plain/")).overwrite();
        orders("id\n1\n");
        publish(target);
        orders("id\n2\n");
        RunCommit second = jobs.run(copy(target));
        assertThat(second.outputs().get(0).replaced())
                .singleElement()
                .asString()
                .contains("-jr_1-0");
        assertThat(jobs.rows("plain/")).as("before it is published").containsExactly("{\"id\":1}");
        jobs.complete(second);
        jobs.complete(second);
        assertThat(jobs.rows("plain/")).as("published twice").containsExactly("{\"id\":2}");
    }

    @Test
    void anOverwrittenTableIsSwitchedToItsNewFilesAndTakesMore() {
        FileOutput append = Orc.at(jobs.at("t/")).registeredAs("lake", "t");
        orders("id\n1\n");
        publish(append);
        orders("id\n2\n");
        RunCommit second = jobs.run(copy(append.overwrite()));
        assertThat(rowsOf("t")).as("before it is published").containsExactly("{\"id\":1}");
        jobs.complete(second);
        assertThat(table("t").storageDescriptor().location()).isEqualTo(jobs.at("t/v-jr_2-0/"));
        assertThat(jobs.keys("t/")).singleElement().asString().startsWith("t/v-jr_2-0/part-");
        orders("id\n3\n");
        publish(append);
        assertThat(rowsOf("t")).as("added to").containsExactly("{\"id\":2}", "{\"id\":3}");
        orders("id\n4\n");
        publish(append.overwrite());
        assertThat(rowsOf("t")).as("again").containsExactly("{\"id\":4}");
        assertThat(jobs.keys("t/")).hasSize(1);
    }

    @Test
    void touchedPartitionsAreSwitchedAndOthersStay() {
        FileOutput append = Parquet.at(jobs.at("p/")).partitionedBy("day").registeredAs("lake", "p");
        orders("id,day\n1,a\n2,b\n");
        publish(append);
        orders("id,day\n3,b\n4,c\n");
        RunCommit second = jobs.run(copy(append.overwritePartitions()));
        assertThat(second.outputs().get(0).replaced())
                .singleElement()
                .asString()
                .startsWith("p/day=b/part-");
        jobs.complete(second);
        assertThat(rowsOf("p"))
                .containsExactly("{\"id\":1,\"day\":\"a\"}", "{\"id\":3,\"day\":\"b\"}", "{\"id\":4,\"day\":\"c\"}");
        orders("id,day\n5,b\n");
        publish(append);
        assertThat(rowsOf("p")).as("added to a partition that was replaced").hasSize(4);
        assertThat(jobs.keys("p/day=b/")).hasSize(2).allMatch(key -> key.contains("/v-jr_"));
        orders("id,day\n6,a\n");
        publish(append.overwrite());
        assertThat(rowsOf("p")).as("all of it").containsExactly("{\"id\":6,\"day\":\"a\"}");
        assertThat(TestCatalog.GLUE
                        .getPartitions(request -> request.databaseName("lake").tableName("p"))
                        .partitions())
                .extracting(Partition::values)
                .containsExactly(List.of("a"));
        assertThat(jobs.keys("p/")).hasSize(1);
    }

    @Test
    void aRunThatReplacesHasThePlaceAlone() {
        orders("id\n1\n");
        FileOutput target = Parquet.at(jobs.at("alone/")).partitionedBy();
        RunCommit adding = jobs.run(copy(target));
        OpenUploads.handOver();
        assertThat(jobs.failure(copy(target.overwrite())))
                .startsWith("Write 'out': Run jr_1 is adding to " + jobs.at("alone/") + ", so this run cannot replace "
                        + jobs.at("alone/") + " now");
        jobs.complete(adding);
        RunCommit replacing = jobs.run(copy(target.overwrite()));
        OpenUploads.handOver();
        assertThat(jobs.failure(copy(target))).contains("Run jr_3 is replacing " + jobs.at("alone/"));
        jobs.complete(replacing);
        publish(target);
        assertThat(jobs.keys("alone/")).hasSize(2);
    }

    @Test
    void theTablesColumnsChangeAsTheTargetAllows() {
        FileOutput target = Parquet.at(jobs.at("s/")).registeredAs("lake", "s");
        jobs.put("in/orders.csv", "id,n\n1,2\n");
        publish(target);
        jobs.put("in/orders.csv", "id,n\n1,3000000000\n");
        assertThat(jobs.failure(copy(target)))
                .startsWith("Write 'out': table lake.s has column 'n' of type int, but the job now writes bigint; cast")
                .endsWith("Nothing was written");
        publish(target.onSchemaChange(SchemaChange.WIDEN));
        assertThat(TestCatalog.columns("lake", "s")).containsExactly("id int", "n bigint");
        assertThat(rowsOf("s")).containsExactly("{\"id\":1,\"n\":2}", "{\"id\":1,\"n\":3000000000}");
        jobs.put("in/orders.csv", "id,n,more\n1,4,x\n");
        assertThat(jobs.failure(copy(target.onSchemaChange(SchemaChange.FAIL))))
                .startsWith("Write 'out': table lake.s has no column more, and onSchemaChange(FAIL) allows none");
        publish(target.onSchemaChange(SchemaChange.LOG).overwrite());
        assertThat(TestCatalog.columns("lake", "s")).containsExactly("id int", "n bigint");
        publish(target.onSchemaChange(SchemaChange.WIDEN).overwrite());
        assertThat(TestCatalog.columns("lake", "s")).containsExactly("id int", "n bigint", "more string");
        assertThat(rowsOf("s")).containsExactly("{\"id\":1,\"n\":4,\"more\":\"x\"}");
    }

    @Test
    void whatAFormatCannotHoldIsNamedBeforeAnythingMoves() {
        orders("id\n1\n");
        assertThat(jobs.failure(job -> job.read("orders", Csv.at(jobs.at("in/")).withHeader())
                        .derive("list", expr("array(1, 2)"))
                        .write("out", Csv.at(jobs.at("csv/")))))
                .startsWith("Write 'out': column 'list' is of type array<int>, which CSV cannot hold");
        assertThat(jobs.failure(copy(Parquet.at(jobs.at("x/")).partitionedBy().overwritePartitions())))
                .startsWith("Write 'out': overwritePartitions() needs partition keys");
        RunCommit empty = jobs.run(
                job -> job.read("orders", Csv.at(jobs.at("in/")).withHeader())
                        .filter("id > 9")
                        .write("out", Avro.at(jobs.at("none/"))),
                BookmarkOption.DISABLE,
                Optional.empty());
        assertThat(empty.outputs().get(0).uploads()).isEmpty();
        assertThat(jobs.openUploads()).isZero();
    }
}
