package dev.mastic.spark;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.job.CatalogTable;
import dev.mastic.job.Job;
import dev.mastic.job.Parquet;
import dev.mastic.spark.script.JobScript;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import static dev.mastic.job.Dsl.col;
import static dev.mastic.spark.TestCatalog.column;
import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that read and register tables of the catalog. */
class CatalogRunIT {
    private final TestJobs jobs = new TestJobs();

    private Consumer<TableInput.Builder> csv(String location, Column... columns) {
        return table -> table.parameters(Map.of("classification", "csv", "skip.header.line.count", "1"))
                .storageDescriptor(storage -> storage.location(location)
                        .columns(columns)
                        .serdeInfo(serde -> serde.serializationLibrary(
                                        "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe")
                                .parameters(Map.of("field.delim", ","))));
    }

    @BeforeEach
    void flightsAndAirports() {
        TestCatalog.database("landing");
        TestCatalog.database("analytics");
        TestCatalog.table(
                "landing",
                "flights",
                csv(
                                jobs.at("flights/"),
                                column("date", "timestamp"),
                                column("delay", "bigint"),
                                column("distance", "bigint"),
                                column("origin", "string"),
                                column("destination", "string"))
                        .andThen(table -> table.partitionKeys(column("year", "string"), column("month", "string"))));
        TestCatalog.partition("landing", "flights", jobs.at("flights/year=2001/month=01/"), "2001", "01");
        TestCatalog.table(
                "landing",
                "airports",
                csv(
                        jobs.at("airports/"),
                        column("iata", "string"),
                        column("name", "string"),
                        column("city", "string"),
                        column("state", "string"),
                        column("country", "string"),
                        column("latitude", "double"),
                        column("longitude", "double")));
        jobs.put(
                "flights/year=2001/month=01/f.csv",
                "date,delay,distance,origin,destination\n2001-01-01 00:01:00,33,2176,LAS,PHL\n"
                        + "2001-01-01 00:04:00,,187,JFK,BOS\n2001-01-01 00:05:00,5,0,JFK,JFK\n");
        jobs.put(
                "flights/year=2001/month=02/f.csv",
                "date,delay,distance,origin,destination\n2001-02-01 10:00:00,-3,187,XXX,BOS\n");
        jobs.put(
                "airports/a.csv",
                "iata,name,city,state,country,latitude,longitude\nLAS,\"McCarran, Intl\",Las Vegas,NV,USA,36.1,-115.2\n");
    }

    private Job example() throws Exception {
        Path file = Path.of("../../examples/src/main/java/dev/mastic/examples/FlightsToParquet.java");
        jobs.put("scripts/FlightsToParquet.java", Files.readString(file));
        JobScript script =
                JobScript.load(jobs.at("scripts/FlightsToParquet.java"), Map.of(), jobs.s3(), TestJobs.SCRATCH);
        return job -> script.job().define(job);
    }

    @Test
    void theFlightsExampleRuns() throws Exception {
        RunCommit commit = jobs.publish(example(), BookmarkOption.ENABLE, Map.of("--output", jobs.at("lake/flights")));
        StagedOutput output = commit.outputs().get(0);
        assertThat(output.table())
                .contains(new StagedOutput.TableRegistration(
                        "analytics",
                        "flights",
                        List.of(
                                new StagedOutput.Column("date", "timestamp"),
                                new StagedOutput.Column("delay", "bigint"),
                                new StagedOutput.Column("distance", "bigint"),
                                new StagedOutput.Column("origin", "string"),
                                new StagedOutput.Column("destination", "string"),
                                new StagedOutput.Column("delayed", "boolean"),
                                new StagedOutput.Column("flight_date", "date"),
                                new StagedOutput.Column("origin_airport", "string"),
                                new StagedOutput.Column("origin_city", "string"),
                                new StagedOutput.Column("origin_state", "string")),
                        List.of(new StagedOutput.Column("year", "string"), new StagedOutput.Column("month", "string")),
                        new StagedOutput.TableFiles(
                                StagedOutput.Format.PARQUET,
                                Map.of(),
                                StagedOutput.Evolution.ADD,
                                StagedOutput.Placement.ADD,
                                jobs.at("lake/flights/"),
                                null)));
        assertThat(jobs.rows("lake/flights/year=2001/month=01/"))
                .containsExactly(
                        "{\"date\":\"2001-01-01T00:01:00.000Z\",\"delay\":33,\"distance\":2176,"
                                + "\"origin\":\"LAS\",\"destination\":\"PHL\",\"delayed\":true,\"flight_date\":\"2001-01-01\","
                                + "\"origin_airport\":\"McCarran, Intl\",\"origin_city\":\"Las Vegas\",\"origin_state\":\"NV\"}");
        assertThat(jobs.rows("lake/flights/year=2001/month=02/"))
                .as("of a partition that the catalog has not learned yet")
                .hasSize(1);
    }

    private Job copy(CatalogTable table) {
        return job ->
                job.read("flights", table).select("delay", "year", "month").write("lake", Parquet.at(jobs.at("lake/")));
    }

    @Test
    void whereLeavesOutOtherPartitionsAndDoesNotClaimThem() {
        CatalogTable flights = CatalogTable.of("landing", "flights").newFilesOnly();
        RunCommit second = jobs.publish(copy(flights.where("month >= '02'")), BookmarkOption.ENABLE);
        assertThat(second.metrics()).containsEntry("read.flights.files", 1L);
        assertThat(jobs.rows("lake/")).containsExactly("{\"delay\":-3,\"year\":\"2001\",\"month\":\"02\"}");
        RunCommit all = jobs.publish(copy(flights), BookmarkOption.ENABLE);
        assertThat(all.metrics())
                .containsEntry("read.flights.files", 1L)
                .containsEntry("read.flights.skipped", 1L)
                .containsEntry("write.lake.rows", 3L);
        assertThat(jobs.failure(copy(flights.where("moth = '1'"))))
                .startsWith("The catalog does not list the partitions of landing.flights where moth = '1': ")
                .endsWith("Unknown column 'moth'; the partition keys are year, month");
    }

    @Test
    void jsonIsReadByTheSpellingOfItsFiles() {
        jobs.put("users/u.json", "{\"userId\":7,\"plain\":\"x\"}\n");
        TestCatalog.table(
                "landing",
                "users",
                table -> table.parameters(Map.of("classification", "json"))
                        .storageDescriptor(storage -> storage.location(jobs.at("users/"))
                                .columns(column("userid", "bigint"), column("plain", "string"))
                                .serdeInfo(serde -> serde.serializationLibrary("org.openx.data.jsonserde.JsonSerDe")
                                        .parameters(Map.of("mapping.userid", "userId")))));
        jobs.publish(
                job -> job.read("users", CatalogTable.of("landing", "users"))
                        .write("lake", Parquet.at(jobs.at("lake/"))),
                BookmarkOption.DISABLE);
        assertThat(jobs.rows("lake/")).containsExactly("{\"userid\":7,\"plain\":\"x\"}");
    }

    @Test
    void whatTheCatalogDoesNotHaveIsNamed() {
        assertThat(jobs.failure(copy(CatalogTable.of("landing", "fligths"))))
                .isEqualTo("Table landing.fligths not found in the catalog; let a crawler find it, create it,"
                        + " or correct its name");
        assertThat(jobs.failure(copy(CatalogTable.of("nowhere", "flights"))))
                .isEqualTo("Database nowhere not found in the catalog; create it, or correct its name");
        assertThat(jobs.failure(job -> job.read("flights", CatalogTable.of("landing", "flights"))
                        .write("lake", Parquet.at(jobs.at("lake/")).registeredAs("nowhere", "x"))))
                .isEqualTo("Database nowhere not found in the catalog; create it, or correct its name");
    }

    @Test
    void aColumnThatTheTableHasNotIsNamed() {
        jobs.put("flights/year=2001/month=02/g.csv", "date,delay,distance,origin,destination,gate\n,1,1,A,B,C4\n");
        assertThat(jobs.failure(copy(CatalogTable.of("landing", "flights"))))
                .isEqualTo(
                        "Read 'flights': " + jobs.at("flights/year=2001/month=02/g.csv")
                                + " has a column 'gate' that table landing.flights has not"
                                + " (date, delay, distance, origin, destination); run the table's crawler, or correct the file");
    }

    @Test
    void aTypeThatChangedFailsBeforeAnythingIsWritten() {
        TestCatalog.table(
                "analytics",
                "delays",
                table -> table.storageDescriptor(storage ->
                        storage.location(jobs.at("lake")).columns(column("delay", "string"), column("gone", "int"))));
        assertThat(jobs.failure(job -> job.read("flights", CatalogTable.of("landing", "flights"))
                        .filter(col("distance").ge(0))
                        .write("lake", Parquet.at(jobs.at("lake/")).registeredAs("analytics", "delays"))))
                .isEqualTo("Write 'lake': table analytics.delays has column 'delay' of type string, but the job now"
                        + " writes bigint; cast it: .derive(\"delay\", col(\"delay\").cast(\"string\")), or change the"
                        + " table's column. Nothing was written");
        assertThat(jobs.s3()
                        .listMultipartUploads(request -> request.bucket(jobs.bucket()))
                        .uploads())
                .isEmpty();
    }

    @Test
    void aTableElsewhereOrPartitionedOtherwiseIsNamed() {
        TestCatalog.table(
                "analytics",
                "delays",
                table -> table.partitionKeys(column("day", "string"))
                        .storageDescriptor(
                                storage -> storage.location(jobs.at("lake")).columns(List.of())));
        Job job = definition -> definition
                .read("flights", CatalogTable.of("landing", "flights"))
                .write(
                        "lake",
                        Parquet.at(jobs.at("lake/")).partitionedBy("year").registeredAs("analytics", "delays"));
        assertThat(jobs.failure(job))
                .isEqualTo("Write 'lake': table analytics.delays is partitioned by [day], but the job writes partitions"
                        + " by [year]; use the same keys in the same order");
        TestCatalog.GLUE.deleteTable(
                request -> request.databaseName("analytics").name("delays"));
        TestCatalog.table(
                "analytics", "delays", table -> table.storageDescriptor(storage -> storage.location("s3://x/y")));
        assertThat(jobs.failure(job)).contains("is at s3://x/y, but the job writes to " + jobs.at("lake/"));
    }

    @Test
    void aSourceWithoutNewFilesBesideOneWithSomeGivesNoRows() {
        RunCommit commit = jobs.run(
                job -> job.read("flights", CatalogTable.of("landing", "flights"))
                        .enrich(
                                job.read("airports", CatalogTable.of("landing", "airports")),
                                dev.mastic.job.Dsl.on("origin", "iata"))
                        .write("lake", Parquet.at(jobs.at("lake/"))),
                BookmarkOption.DISABLE,
                Optional.empty());
        assertThat(commit.metrics())
                .containsEntry("write.lake.rows", 4L)
                .containsEntry("read.flights.rows", 4L)
                .containsEntry("read.airports.rows", 1L);
        jobs.s3().deleteObject(request -> request.bucket(jobs.bucket()).key("airports/a.csv"));
        RunCommit without = jobs.run(
                job -> job.read("flights", CatalogTable.of("landing", "flights"))
                        .enrich(
                                job.read("airports", CatalogTable.of("landing", "airports")),
                                dev.mastic.job.Dsl.on("origin", "iata"))
                        .write("lake", Parquet.at(jobs.at("lake/"))),
                BookmarkOption.DISABLE,
                Optional.empty());
        assertThat(without.metrics()).containsEntry("write.lake.rows", 4L);
    }
}
