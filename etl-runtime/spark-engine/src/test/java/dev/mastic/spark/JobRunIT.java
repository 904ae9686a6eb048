package dev.mastic.spark;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.bookmarks.PendingUpload;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.job.Csv;
import dev.mastic.job.Frame;
import dev.mastic.job.Job;
import dev.mastic.job.Json;
import dev.mastic.job.Parquet;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.script.JobScript;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

import static dev.mastic.job.Dsl.atMostRatio;
import static dev.mastic.job.Dsl.avg;
import static dev.mastic.job.Dsl.coalesce;
import static dev.mastic.job.Dsl.col;
import static dev.mastic.job.Dsl.complete;
import static dev.mastic.job.Dsl.concat;
import static dev.mastic.job.Dsl.count;
import static dev.mastic.job.Dsl.expr;
import static dev.mastic.job.Dsl.lit;
import static dev.mastic.job.Dsl.max;
import static dev.mastic.job.Dsl.month;
import static dev.mastic.job.Dsl.nothing;
import static dev.mastic.job.Dsl.on;
import static dev.mastic.job.Dsl.substring;
import static dev.mastic.job.Dsl.sum;
import static dev.mastic.job.Dsl.to_timestamp;
import static dev.mastic.job.Dsl.upper;
import static dev.mastic.job.Dsl.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Jobs on real files that name no table. */
class JobRunIT {
    private final TestJobs jobs = new TestJobs();

    private static final String ORDERS = "id,customer,amount,at\n1,ann,10.5,2026-01-03 10:00:00\n"
            + "2,bob,,2026-02-04 11:30:00\n3,ann,7.25,2026-02-05 23:59:59\n";

    private Job copy(Csv source) {
        return job -> job.read("orders", source).write("lake", Parquet.at(jobs.at("lake/")));
    }

    private Csv csv() {
        return Csv.at(jobs.at("in/")).withHeader();
    }

    @Test
    void nothingIsVisibleBeforeTheUploadsAreCompleted() {
        jobs.put("in/a.csv", ORDERS);
        RunCommit commit = jobs.run(job -> job.read("orders", csv())
                .derive("month", month(col("at")))
                .write("lake", Parquet.at(jobs.at("lake/")).partitionedBy("month")));
        assertThat(jobs.keys("lake/")).as("visible files").isEmpty();
        List<PendingUpload> uploads = commit.outputs().get(0).uploads();
        assertThat(uploads).extracting(PendingUpload::rows).containsExactlyInAnyOrder(1L, 2L);
        assertThat(uploads)
                .extracting(PendingUpload::partitionValues)
                .containsExactlyInAnyOrder(List.of("1"), List.of("2"));
        assertThat(commit.metrics())
                .containsEntry("read.orders.files", 1L)
                .containsEntry("read.orders.rows", 3L)
                .containsEntry("write.lake.rows", 3L)
                .containsEntry("write.lake.files", 2L);
        jobs.complete(commit);
        assertThat(jobs.keys("lake/"))
                .containsExactly(
                        "lake/month=1/part-00000-jr_1-0.c000.snappy.parquet",
                        "lake/month=2/part-00000-jr_1-0.c000.snappy.parquet");
        assertThat(jobs.rows("lake/"))
                .contains("{\"id\":2,\"customer\":\"bob\",\"at\":\"2026-02-04T11:30:00.000Z\",\"month\":2}");
        assertThat(TestJobs.SCRATCH.resolve("write-lake")).isEmptyDirectory();
    }

    @Test
    void readsEachNewFileOnce() {
        Job job = copy(csv().newFilesOnly());
        jobs.put("in/a.csv", "id\n1\n");
        jobs.publish(job, BookmarkOption.ENABLE);
        jobs.put("in/b.csv", "id\n2\n");
        jobs.put("in/_hidden.csv", "id\n3\n");
        jobs.put("in/empty.csv", "");
        RunCommit second = jobs.publish(job, BookmarkOption.ENABLE);
        assertThat(second.metrics()).containsEntry("read.orders.files", 1L).containsEntry("read.orders.skipped", 1L);
        assertThat(jobs.rows("lake/")).containsExactly("{\"id\":1}", "{\"id\":2}");
        RunCommit third = jobs.publish(job, BookmarkOption.ENABLE);
        assertThat(third.outputs()).as("nothing new").isEmpty();
        jobs.put("in/a.csv", "id\n4\n");
        jobs.publish(job, BookmarkOption.ENABLE);
        assertThat(jobs.rows("lake/"))
                .as("a new version of a.csv")
                .containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":4}");
    }

    @Test
    void readsOnlyWhatTheManifestNames() {
        jobs.put("in/a.csv", "id\n1\n");
        jobs.put("in/b.csv", "id\n2\n");
        List<ObjectVersion> manifest = List.of(
                new ObjectVersion(jobs.bucket(), "in/b.csv", "old", 1, Instant.EPOCH),
                new ObjectVersion(jobs.bucket(), "in/gone.csv", "x", 1, Instant.EPOCH),
                new ObjectVersion(jobs.bucket(), "elsewhere/c.csv", "x", 1, Instant.EPOCH));
        RunCommit commit = jobs.run(copy(csv().newFilesOnly()), BookmarkOption.ENABLE, Optional.of(manifest));
        jobs.complete(commit);
        assertThat(jobs.rows("lake/")).containsExactly("{\"id\":2}");
    }

    @Test
    void computesEveryKindOfStep() {
        jobs.put("in/a.csv", ORDERS);
        jobs.put("customers/c.json", "{\"name\":\"ann\",\"city\":\"Ulm\"}\n{\"name\":\"eve\",\"city\":\"Bonn\"}\n");
        jobs.publish(
                job -> {
                    Frame customers = job.read("customers", Json.at(jobs.at("customers/")));
                    Frame orders = job.read("orders", csv())
                            .derive("amount", coalesce(col("amount"), 0.0))
                            .derive("label", concat(upper(col("customer")), lit("-"), substring(col("customer"), 1, 2)))
                            .derive("size", when(col("amount").gt(10), "big").otherwise(nothing()))
                            .derive("twice", expr("amount * 2"))
                            .derive(
                                    "parsed",
                                    to_timestamp(lit("03.01.2026"), "dd.MM.yyyy")
                                            .cast("date"))
                            .enrich(customers, on("customer", "name"))
                            .rename("city", "town")
                            .drop("at");
                    orders.filter(col("customer")
                                    .in("ann", "x")
                                    .and(col("label").like("ANN%")))
                            .select("id", "label", "size", "twice", "parsed", "town")
                            .write("detail", Parquet.at(jobs.at("detail/")));
                    orders.groupBy("customer")
                            .aggregate(
                                    "per_customer",
                                    count().as("n"),
                                    sum(col("amount")).as("total"),
                                    avg(col("amount")).as("mean"),
                                    max(col("id")).as("last"))
                            .write("totals", Parquet.at(jobs.at("totals/")));
                },
                BookmarkOption.DISABLE);
        assertThat(jobs.rows("detail/"))
                .containsExactly(
                        "{\"id\":1,\"label\":\"ANN-an\",\"size\":\"big\",\"twice\":21.0,\"parsed\":\"2026-01-03\","
                                + "\"town\":\"Ulm\"}",
                        "{\"id\":3,\"label\":\"ANN-an\",\"twice\":14.5,\"parsed\":\"2026-01-03\",\"town\":\"Ulm\"}");
        assertThat(jobs.rows("totals/"))
                .containsExactly(
                        "{\"customer\":\"ann\",\"n\":2,\"total\":17.75,\"mean\":8.875,\"last\":3}",
                        "{\"customer\":\"bob\",\"n\":1,\"total\":0.0,\"mean\":0.0,\"last\":2}");
    }

    @Test
    void badRowsAreSetAsideWithTheirFile() {
        jobs.put("in/a.csv", ORDERS);
        jobs.publish(
                job -> {
                    var checked = job.read("orders", csv())
                            .derive("twice", col("amount").times(2))
                            .check("quality", complete("amount"));
                    checked.passed().write("good", Parquet.at(jobs.at("good/")));
                    checked.failed().select("id", "_reason", "_file").write("bad", Parquet.at(jobs.at("bad/")));
                },
                BookmarkOption.DISABLE);
        assertThat(jobs.rows("good/")).hasSize(2);
        assertThat(jobs.rows("bad/"))
                .containsExactly(
                        "{\"id\":2,\"_reason\":\"amount complete\",\"_file\":\"" + jobs.at("in/a.csv") + "\"}");
        assertThat(jobs.failure(job -> job.read("orders", csv())
                        .check("quality", atMostRatio(0.2), complete("amount"))
                        .passed()
                        .write("good", Parquet.at(jobs.at("good2/")))))
                .isEqualTo("Check 'quality': 1 of 3 rows of \"orders\" are bad, more than atMostRatio(0.2) allows;"
                        + " nothing was written. Correct the data, or the check's bound");
        assertThat(jobs.openUploads()).isZero();
    }

    @Test
    void partitionFoldersBecomeTextColumnsAndOddNamesSurvive() {
        jobs.put("in/day=01/odd {name}: [x]%.csv", "id\n1\n");
        jobs.publish(
                job -> job.read("orders", csv())
                        .derive("place", when(col("id").eq(1), "a/b=c d:%é").otherwise(nothing()))
                        .write("lake", Parquet.at(jobs.at("lake/")).partitionedBy("day", "place")),
                BookmarkOption.DISABLE);
        assertThat(jobs.keys("lake/"))
                .singleElement()
                .asString()
                .startsWith("lake/day=01/place=a%2Fb%3Dc d%3A%25é/part-00000-");
    }

    @Test
    void nullPartitionValuesGetHivesName() {
        jobs.put("in/a.csv", "id,k\n1,\n2,x\n");
        RunCommit commit = jobs.run(job -> job.read("orders", csv())
                .write("lake", Parquet.at(jobs.at("lake/")).partitionedBy("k")));
        assertThat(commit.outputs().get(0).uploads())
                .extracting(PendingUpload::partitionValues)
                .containsExactlyInAnyOrder(List.of("__HIVE_DEFAULT_PARTITION__"), List.of("x"));
    }

    @Test
    void columnsAreMatchedByTheirHeadersNames() {
        jobs.put("in/a.csv", "id,name\n1,x\n");
        jobs.put("in/b.csv", "name,id\ny,2\n");
        jobs.put("in/c.csv", "id\n3\n");
        Csv declared = csv().column("id", "bigint").column("name", "string");
        jobs.publish(copy(declared), BookmarkOption.DISABLE);
        assertThat(jobs.rows("lake/"))
                .containsExactly("{\"id\":1,\"name\":\"x\"}", "{\"id\":2,\"name\":\"y\"}", "{\"id\":3}");
        assertThat(jobs.failure(copy(csv())))
                .startsWith("Read 'orders': the headers of " + jobs.at("in/a.csv") + " [id, name] and "
                        + jobs.at("in/b.csv") + " [name, id] differ; declare the columns");
        jobs.put("in/d.csv", "id,nmae\n4,z\n");
        assertThat(jobs.failure(copy(declared)))
                .isEqualTo("Read 'orders': " + jobs.at("in/d.csv") + " has a column 'nmae' that " + jobs.at("in/")
                        + " has not (id, name); declare it by .column(\"nmae\", type), or correct the file");
    }

    @Test
    void aRowThatDoesNotFitNamesItsFile() {
        jobs.put("in/a.csv", "id,name\n1,x\nseven,y\n");
        Csv declared = csv().column("id", "bigint").column("name", "string");
        assertThat(jobs.failure(copy(declared)))
                .startsWith("Write 'lake': " + jobs.at("in/a.csv") + ": a row does not fit the columns: ")
                .contains("seven");
        jobs.put("in/a.csv", "id,name\n1,x,too many\n");
        assertThat(jobs.failure(copy(declared)))
                .startsWith("Write 'lake': " + jobs.at("in/a.csv") + ": a row does not fit");
        assertThat(jobs.failure(job -> job.read("orders", declared)
                        .select("name")
                        .filter(col("name").eq("x"))
                        .write("lake", Parquet.at(jobs.at("lake/")))))
                .as("also when no step asks for what does not fit")
                .startsWith("Write 'lake': " + jobs.at("in/a.csv") + ": a row does not fit");
        assertThat(jobs.openUploads()).isZero();
    }

    @Test
    void damagedFilesAreNamed() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            StringBuilder lines = new StringBuilder("id,text\n");
            for (int i = 0; i < 20_000; i++) {
                lines.append(i)
                        .append(',')
                        .append(Integer.toHexString(i * 31_337))
                        .append('\n');
            }
            gzip.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = packed.toByteArray();
        jobs.put("in/a.csv.gz", Arrays.copyOf(whole, whole.length / 2));
        Csv declared = csv().column("id", "bigint").column("text", "string");
        assertThat(jobs.failure(copy(declared)))
                .isEqualTo("Write 'lake': " + jobs.at("in/a.csv.gz")
                        + ": the file ends too early: it is truncated or still being written; upload it again");
        jobs.put("in/a.csv.gz", "this is no gzip".repeat(10));
        assertThat(jobs.failure(copy(declared))).startsWith(jobs.at("in/a.csv.gz") + " cannot be unpacked");
        jobs.put("pq/x.parquet", "this is no parquet".repeat(10));
        assertThat(jobs.failure(
                        job -> job.read("p", Parquet.at(jobs.at("pq/"))).write("lake", Parquet.at(jobs.at("lake/")))))
                .startsWith("Step 'p': " + jobs.at("pq/x.parquet") + ": this is no Parquet file");
        jobs.put("js/x.json", "{\"a\":1}\nnot json\n");
        assertThat(jobs.failure(job -> job.read("j", Json.at(jobs.at("js/")).column("a", "bigint"))
                        .write("lake", Parquet.at(jobs.at("lake/")))))
                .startsWith("Write 'lake': " + jobs.at("js/x.json") + ": a row does not fit the columns");
    }

    @Test
    void scriptsThatAreMissingOrNoScriptsAreNamed() {
        assertThatThrownBy(() -> JobScript.load(jobs.at("no.java"), Map.of(), jobs.s3(), TestJobs.SCRATCH))
                .isInstanceOf(JobFailure.class)
                .hasMessage(
                        "Script " + jobs.at("no.java") + " not found; upload it or correct the job's ScriptLocation");
        assertThatThrownBy(() -> JobScript.load("s3://nowhere-at-all/x.java", Map.of(), jobs.s3(), TestJobs.SCRATCH))
                .hasMessageContaining("there is no bucket nowhere-at-all");
        assertThatThrownBy(() -> JobScript.load(jobs.at("x.py"), Map.of(), jobs.s3(), TestJobs.SCRATCH))
                .hasMessageContaining("ScriptLocation must end with .java or .jar");
        assertThatThrownBy(() -> JobScript.load(jobs.at("x.jar"), Map.of(), jobs.s3(), TestJobs.SCRATCH))
                .hasMessageContaining("is a jar; name its job class in the argument --class");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(jobs.failure(copy(Csv.at("s3://no-such-bucket-here/in/"))))
                .isEqualTo("Bucket no-such-bucket-here not found; create it or correct s3://no-such-bucket-here/in/");
        assertThat(jobs.failure(copy(csv())))
                .isEqualTo("Read 'orders': there are no files in " + jobs.at("in/")
                        + ", so its columns are unknown; put a file there or correct the location");
        jobs.put("in/a.csv", ORDERS);
        assertThat(jobs.failure(job -> job.read("orders", csv())
                        .filter(col("amuont").gt(0))
                        .write("lake", Parquet.at(jobs.at("lake/")))))
                .isEqualTo("Step 'orders.filter1': no column \"amuont\" in step \"orders\"; did you mean \"amount\"?"
                        + " Columns there: id, customer, amount, at");
        assertThat(jobs.failure(job -> job.read("orders", csv())
                        .derive("x", expr("no_such_function(id)"))
                        .write("lake", Parquet.at(jobs.at("lake/")))))
                .startsWith("Step 'orders.derive1': [UNRESOLVED_ROUTINE]");
        assertThat(jobs.failure(
                        job -> job.read("orders", csv()).write("lake", Parquet.at("s3://no-such-bucket-here/lake/"))))
                .isEqualTo("Write 'lake': bucket no-such-bucket-here not found; create it, or correct"
                        + " s3://no-such-bucket-here/lake/");
    }
}
