package dev.mastic.spark;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.job.CatalogTable;
import dev.mastic.job.Csv;
import dev.mastic.job.Job;
import dev.mastic.job.Json;
import dev.mastic.job.Parquet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Files that come late, are overwritten or change their columns, between runs and while one reads them. */
class ChangingFilesIT {
    private final TestJobs jobs = new TestJobs();

    private final Job copy =
            job -> job.read("orders", Csv.at(jobs.at("in/")).withHeader().newFilesOnly())
                    .write("lake", Parquet.at(jobs.at("lake/")));

    private final Job registered =
            job -> job.read("orders", Csv.at(jobs.at("in/")).withHeader().newFilesOnly())
                    .write("lake", Parquet.at(jobs.at("lake/")).registeredAs("analytics", "orders"));

    private RunCommit publish(Job job) {
        return jobs.publish(job, BookmarkOption.ENABLE);
    }

    private String failure(Job job) {
        return jobs.failure(job, BookmarkOption.ENABLE);
    }

    private Instant modified(String key) {
        return jobs.s3()
                .headObject(request -> request.bucket(jobs.bucket()).key(key))
                .lastModified();
    }

    private void nothingIsPublished() {
        assertThat(jobs.keys("lake/")).as("visible files").isEmpty();
        noUploadIsLeft();
    }

    /** Spark does not wait for the other tasks of a job that failed; each takes its own upload away. */
    private void noUploadIsLeft() {
        Awaitility.await("uploads").until(() -> jobs.openUploads() == 0);
    }

    @Test
    void aFileThatIsOverwrittenWhileItIsReadFailsTheRunAndIsReadByTheNext() {
        jobs.put("in/a.csv", "id\n1\n");
        jobs.put("in/b.csv", "id\n2\n");
        jobs.meanwhile(() -> jobs.put("in/b.csv", "id\n3\n"));
        assertThat(failure(copy))
                .isEqualTo(jobs.at("in/b.csv") + " changed while it was read; the next run will read the new version");
        nothingIsPublished();
        assertThat(publish(copy).metrics()).containsEntry("read.orders.files", 2L);
        assertThat(jobs.rows("lake/")).containsExactly("{\"id\":1}", "{\"id\":3}");
    }

    @Test
    void aChangedFileIsToldFromADamagedOne() {
        jobs.put("in/a.csv", "id\n1\n");
        publish(copy);
        Job second = job -> job.read("lake", Parquet.at(jobs.at("lake/")).newFilesOnly())
                .write("second", Parquet.at(jobs.at("second/")));
        String file = jobs.keys("lake/").get(0);
        jobs.meanwhile(() -> jobs.put(file, "shorter, and no Parquet any more"));
        assertThat(failure(second))
                .isEqualTo(jobs.at(file) + " changed while it was read; the next run will read the new version");
        assertThat(jobs.keys("second/")).isEmpty();
        assertThat(failure(second)).as("the new version").startsWith("Step 'lake': " + jobs.at(file) + ": this is no");
    }

    @Test
    void aFileThatIsRemovedWhileItIsReadFailsTheRun() {
        jobs.put("in/a.csv", "id\n1\n");
        jobs.put("in/b.csv", "id\n2\n");
        jobs.meanwhile(() ->
                jobs.s3().deleteObject(request -> request.bucket(jobs.bucket()).key("in/a.csv")));
        assertThat(failure(copy))
                .isEqualTo(jobs.at("in/a.csv") + " was removed while it was read; nothing was written");
        nothingIsPublished();
        publish(copy);
        assertThat(jobs.rows("lake/")).containsExactly("{\"id\":2}");
    }

    @Test
    void aLateFileWithAnOldTimeIsRead() {
        jobs.put("in/late.csv", "id\n1\n");
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> {
            jobs.put("in/newer.csv", "id\n2\n");
            return modified("in/newer.csv").isAfter(modified("in/late.csv"));
        });
        publishOnly("in/newer.csv");
        assertThat(publish(copy).metrics())
                .containsEntry("read.orders.files", 1L)
                .containsEntry("read.orders.skipped", 1L);
        assertThat(jobs.rows("lake/")).containsExactly("{\"id\":1}", "{\"id\":2}");
    }

    @Test
    void filesOfTheSameSecondAreToldApart() {
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> {
            jobs.put("in/a.csv", "id\n1\n");
            jobs.put("in/b.csv", "id\n1\n");
            return second("in/a.csv").equals(second("in/b.csv"));
        });
        publishOnly("in/a.csv");
        assertThat(publish(copy).metrics())
                .containsEntry("read.orders.files", 1L)
                .containsEntry("read.orders.skipped", 1L);
        assertThat(jobs.rows("lake/"))
                .as("also when their contents are alike")
                .containsExactly("{\"id\":1}", "{\"id\":1}");
    }

    private Instant second(String key) {
        return modified(key).truncatedTo(ChronoUnit.SECONDS);
    }

    /** A run that an event started, about one file. */
    private void publishOnly(String key) {
        ObjectVersion object = new ObjectVersion(jobs.bucket(), key, "", 1, Instant.EPOCH);
        jobs.complete(jobs.run(copy, BookmarkOption.ENABLE, Optional.of(List.of(object))));
    }

    @Test
    void anOverwrittenFileIsReadAgainAsAWholeUnlessItIsTheSame() {
        jobs.put("in/a.csv", "id\n1\n2\n");
        publish(copy);
        jobs.put("in/a.csv", "id\n1\n2\n");
        assertThat(publish(copy).outputs()).as("the same content").isEmpty();
        jobs.put("in/a.csv", "id\n1\n2\n3\n");
        assertThat(publish(copy).metrics()).containsEntry("read.orders.rows", 3L);
        assertThat(jobs.rows("lake/"))
                .as("the rows of the old version stay")
                .containsExactly("{\"id\":1}", "{\"id\":1}", "{\"id\":2}", "{\"id\":2}", "{\"id\":3}");
    }

    @Test
    void aNewColumnIsAppendedToTheTable() {
        TestCatalog.database("analytics");
        jobs.put("in/a.csv", "id,name\n1,x\n");
        publish(registered);
        assertThat(TestCatalog.columns("analytics", "orders")).containsExactly("id int", "name string");
        jobs.put("in/b.csv", "price,id,name\n1.5,2,y\n");
        publish(registered);
        assertThat(TestCatalog.columns("analytics", "orders")).containsExactly("id int", "name string", "price double");
        jobs.put("in/c.csv", "id\n3\n");
        publish(registered);
        assertThat(TestCatalog.columns("analytics", "orders"))
                .as("a column that is missing stays")
                .containsExactly("id int", "name string", "price double");
        jobs.publish(
                job -> job.read("orders", CatalogTable.of("analytics", "orders"))
                        .write("copy", Parquet.at(jobs.at("copy/"))),
                BookmarkOption.DISABLE);
        assertThat(jobs.rows("copy/"))
                .containsExactly("{\"id\":1,\"name\":\"x\"}", "{\"id\":2,\"name\":\"y\",\"price\":1.5}", "{\"id\":3}");
    }

    @Test
    void aChangedTypeFailsBeforeAnythingIsWrittenAndTheFileStaysNew() {
        TestCatalog.database("analytics");
        jobs.put("in/a.csv", "id,name\n1,x\n");
        publish(registered);
        List<String> before = jobs.keys("lake/");
        jobs.put("in/b.csv", "id,name\ntwo,y\n");
        assertThat(failure(registered))
                .isEqualTo("Write 'lake': table analytics.orders has column 'id' of type int, but the job now writes"
                        + " string; cast it: .derive(\"id\", col(\"id\").cast(\"int\")), or change the table's column."
                        + " Nothing was written");
        assertThat(jobs.keys("lake/")).isEqualTo(before);
        noUploadIsLeft();
        assertThat(TestCatalog.columns("analytics", "orders")).containsExactly("id int", "name string");
        jobs.put("in/b.csv", "id,name\n2,y\n");
        assertThat(publish(registered).metrics()).containsEntry("read.orders.files", 1L);
        assertThat(jobs.rows("lake/")).containsExactly("{\"id\":1,\"name\":\"x\"}", "{\"id\":2,\"name\":\"y\"}");
    }

    @Test
    void jsonMayGetNewMembers() {
        TestCatalog.database("analytics");
        Job job = definition -> definition
                .read("events", Json.at(jobs.at("js/")).newFilesOnly())
                .write("lake", Parquet.at(jobs.at("lake/")).registeredAs("analytics", "events"));
        jobs.put("js/a.json", "{\"id\":1}\n");
        publish(job);
        jobs.put("js/b.json", "{\"at\":\"x\",\"id\":2}\n{\"id\":3,\"more\":{\"deep\":true}}\n");
        publish(job);
        assertThat(TestCatalog.columns("analytics", "events"))
                .containsExactly("id bigint", "at string", "more struct<deep:boolean>");
    }
}
