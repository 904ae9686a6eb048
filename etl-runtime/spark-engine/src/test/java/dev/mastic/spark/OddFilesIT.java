package dev.mastic.spark;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.job.Csv;
import dev.mastic.job.Job;
import dev.mastic.job.Json;
import dev.mastic.job.Parquet;
import dev.mastic.job.Source;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Files without rows, and files of another format than their folder's. */
class OddFilesIT {
    private final TestJobs jobs = new TestJobs();

    private Job copy(Source source) {
        return job -> job.read("orders", source).write("lake", Parquet.at(jobs.at("lake/")));
    }

    private Csv csv() {
        return Csv.at(jobs.at("in/")).withHeader();
    }

    private Csv declared() {
        return csv().column("id", "bigint").column("name", "string");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private byte[] parquet() {
        jobs.put("source/x.csv", "id,name\n1,x\n");
        jobs.publish(
                job -> job.read("x", Csv.at(jobs.at("source/")).withHeader()).write("y", Parquet.at(jobs.at("made/"))),
                BookmarkOption.DISABLE);
        String key = jobs.keys("made/").get(0);
        return jobs.s3()
                .getObjectAsBytes(request -> request.bucket(jobs.bucket()).key(key))
                .asByteArray();
    }

    @Test
    void aHeaderWithoutRowsGivesNone() {
        jobs.put("in/a.csv", "id,name\n");
        for (Csv source : new Csv[] {csv(), declared()}) {
            RunCommit commit = jobs.publish(copy(source), BookmarkOption.DISABLE);
            assertThat(commit.metrics())
                    .containsEntry("read.orders.files", 1L)
                    .containsEntry("write.lake.rows", 0L)
                    .containsEntry("write.lake.files", 0L);
        }
        assertThat(jobs.keys("lake/")).isEmpty();
        assertThat(jobs.openUploads()).isZero();
        jobs.put("in/b.csv", "id,name\n1,x\n");
        jobs.put("in/c.csv", "id,name");
        jobs.publish(copy(csv()), BookmarkOption.DISABLE);
        assertThat(jobs.rows("lake/"))
                .as("beside files with rows, which tell the types")
                .containsExactly("{\"id\":1,\"name\":\"x\"}");
    }

    @Test
    void aFolderOfEmptyFilesHasNone() {
        jobs.put("in/a.csv", "");
        assertThat(jobs.failure(copy(csv())))
                .isEqualTo("Read 'orders': there are no files in " + jobs.at("in/")
                        + ", so its columns are unknown; put a file there or correct the location");
        assertThat(jobs.publish(copy(declared()), BookmarkOption.DISABLE).metrics())
                .containsEntry("read.orders.files", 0L)
                .containsEntry("write.lake.rows", 0L);
    }

    @Test
    void aFileWithoutAHeaderIsNamed() throws IOException {
        jobs.put("in/a.csv", "id,name\n1,x\n");
        jobs.put("in/b.csv.gz", gzip(""));
        assertThat(jobs.failure(copy(declared())))
                .isEqualTo(jobs.at("in/b.csv.gz") + " has no header line; its first line is blank");
        jobs.put("in/b.csv.gz", gzip("\n\n"));
        assertThat(jobs.failure(copy(csv())))
                .isEqualTo(jobs.at("in/b.csv.gz") + " has no header line; its first line is blank");
    }

    @Test
    void otherFormatsAmongCsvAreNamed() {
        byte[] parquet = parquet();
        jobs.put("in/a.csv", "id,name\n1,x\n");
        jobs.put("in/b.json", "{\"id\":2}\n");
        assertThat(jobs.failure(copy(declared())))
                .startsWith("Read 'orders': " + jobs.at("in/b.json") + " has a column '{\"id\":2}' that ");
        assertThat(jobs.failure(copy(csv()))).contains(jobs.at("in/b.json"), "differ");
        jobs.put("in/b.json", parquet);
        for (Csv source : new Csv[] {csv(), declared()}) {
            assertThat(jobs.failure(copy(source)))
                    .isEqualTo(jobs.at("in/b.json") + " is no CSV file: its first line is not text in UTF-8;"
                            + " remove it from the folder, or upload it again");
        }
    }

    @Test
    void otherFormatsAmongJsonAreNamed() {
        byte[] parquet = parquet();
        jobs.put("in/a.json", "{\"id\":1}\n");
        jobs.put("in/b.csv", "id,name\n1,x\n");
        Json json = Json.at(jobs.at("in/"));
        jobs.put("in/c.json", "{\"id\":3}\n");
        assertThat(jobs.failure(copy(json)))
                .startsWith("Read 'orders': " + jobs.at("in/b.csv") + " has a line that is no JSON object (Unrecognized"
                        + " token 'id'")
                .endsWith("); remove the file from the folder, or correct it");
        assertThat(jobs.failure(copy(json.column("id", "bigint"))))
                .contains(jobs.at("in/b.csv"))
                .contains("a row does not fit the columns");
        jobs.put("in/b.csv", parquet);
        assertThat(jobs.failure(copy(json))).contains(jobs.at("in/b.csv")).doesNotContain("\0");
        assertThat(jobs.failure(copy(json.column("id", "bigint"))))
                .contains(jobs.at("in/b.csv"))
                .doesNotContain("\0");
    }

    @Test
    void quotesWithinANameAreItsOwn() {
        jobs.put("in/a.csv", "id,5\" pipe,\"in, \"\"quotes\"\"\"\n1,2,3\n");
        Csv source = csv().column("id", "int").column("5\" pipe", "int").column("in, \"quotes\"", "int");
        jobs.publish(copy(source), BookmarkOption.DISABLE);
        assertThat(jobs.rows("lake/")).containsExactly("{\"id\":1,\"5\\\" pipe\":2,\"in, \\\"quotes\\\"\":3}");
    }

    @Test
    void otherFormatsAmongParquetAreNamed() {
        jobs.put("in/a.parquet", parquet());
        jobs.put("in/b.csv", "id,name\n1,x\n");
        assertThat(jobs.failure(copy(Parquet.at(jobs.at("in/")))))
                .contains(jobs.at("in/b.csv") + ": this is no Parquet file");
    }
}
