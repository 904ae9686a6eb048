package dev.mastic.spark;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.Claim;
import dev.mastic.bookmarks.ClaimTerms;
import dev.mastic.bookmarks.KeyClaim;
import dev.mastic.bookmarks.KeyClaimRequest;
import dev.mastic.bookmarks.Ledger;
import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.bookmarks.OutputAccess;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.bookmarks.driver.RunAssignment;
import dev.mastic.bookmarks.postgres.Bookmarks;
import dev.mastic.bookmarks.postgres.BookmarksSchema;
import dev.mastic.bookmarks.postgres.KeyClaims;
import dev.mastic.bookmarks.postgres.PostgresLedger;
import dev.mastic.bookmarks.postgres.StagedTables;
import dev.mastic.bookmarks.publish.Publisher;
import dev.mastic.job.Job;
import dev.mastic.job.JobGraph;
import dev.mastic.spark.failure.FailureMessage;
import dev.mastic.spark.read.Catalog;
import dev.mastic.spark.s3.S3Settings;
import dev.mastic.spark.write.OpenUploads;
import dev.mastic.testing.TestObjectStore;
import dev.mastic.testing.TestPostgres;
import dev.mastic.warehouse.table.TablePath;
import org.apache.spark.sql.SparkSession;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs jobs in this JVM, on a real Spark, object store and ledger; publishes what they commit. */
final class TestJobs {
    static final TestObjectStore STORE = TestObjectStore.shared();
    static final S3Settings SETTINGS =
            new S3Settings(STORE.endpoint().toString(), "us-east-1", TestObjectStore.KEY, TestObjectStore.KEY);
    static final Path SCRATCH = Path.of("target/scratch").toAbsolutePath();
    static final SparkSession SPARK = Sessions.local("tests", SETTINGS, SCRATCH);
    private static final Publisher PUBLISHER = new Publisher(STORE.s3(), TestCatalog.GLUE);

    private static final Jdbi LEDGER = ledger();
    private final Jdbi jdbi = LEDGER;
    private final PostgresLedger claims = new PostgresLedger();
    private final StagedTables staged = new StagedTables();
    private final KeyClaims keys = new KeyClaims();
    private final Catalog catalog = new Catalog(TestCatalog.GLUE);
    private final String bucket = STORE.newBucket();
    private Runnable afterClaims = () -> {};
    private final Map<RunCommit, String> runIds = new IdentityHashMap<>();
    private int runs;

    TestJobs() {
        TestCatalog.empty();
        // One database for all tests, as its connections stay open; run ids begin anew with each test.
        jdbi.useHandle(handle -> handle.execute("TRUNCATE bookmarks.bookmark, bookmarks.bookmark_commit,"
                + " bookmarks.object_claim, bookmarks.held_object, bookmarks.staged_output, bookmarks.publication,"
                + " bookmarks.output_lock"));
    }

    private static Jdbi ledger() {
        TestPostgres.TestDatabase database = TestPostgres.newDatabase();
        BookmarksSchema.migrate(database.dataSource());
        return Jdbi.create(database.dataSource());
    }

    S3Client s3() {
        return STORE.s3();
    }

    String bucket() {
        return bucket;
    }

    /** {@code s3://bucket/key}. */
    String at(String key) {
        return "s3://" + bucket + "/" + key;
    }

    void put(String key, String text) {
        put(key, text.getBytes(StandardCharsets.UTF_8));
    }

    void put(String key, byte[] content) {
        s3().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }

    /** What the run would commit; its claims are committed when {@code option} says so. */
    RunCommit run(Job job, BookmarkOption option, Optional<List<ObjectVersion>> manifest) {
        return run(job, option, manifest, Map.of());
    }

    private RunCommit run(
            Job job, BookmarkOption option, Optional<List<ObjectVersion>> manifest, Map<String, String> arguments) {
        String runId = "jr_" + ++runs;
        RunAssignment assignment =
                new RunAssignment("orders", runId, 0, Map.of(), "s3://scripts/orders.java", option, manifest, 1, 60);
        JobRun run = new JobRun(SPARK, SETTINGS.client(), catalog, new RunLedger(runId, option), assignment, SCRATCH);
        try {
            RunCommit commit = run.execute(JobGraph.of("orders", arguments, job));
            jdbi.useTransaction(handle -> new Bookmarks(claims).commit(handle, "orders", runId, option));
            runIds.put(commit, runId);
            return commit;
        } catch (Throwable e) { // Scala's checked exceptions are not declared
            // The tasks beside the failed one are still being stopped, and may begin an upload.
            Awaitility.await().until(TestJobs::isIdle);
            OpenUploads.abortAll();
            jdbi.useTransaction(handle -> new Bookmarks(claims).fail(handle, "orders", runId));
            throw e;
        }
    }

    private static boolean isIdle() {
        return Arrays.stream(SPARK.sparkContext().statusTracker().getExecutorInfos())
                .allMatch(executor -> executor.numRunningTasks() == 0);
    }

    RunCommit run(Job job) {
        return run(job, BookmarkOption.DISABLE, Optional.empty());
    }

    /** Runs a job and makes its output visible, as the server does. */
    RunCommit publish(Job job, BookmarkOption option) {
        return publish(job, option, Map.of());
    }

    RunCommit publish(Job job, BookmarkOption option, Map<String, String> arguments) {
        RunCommit commit = run(job, option, Optional.empty(), arguments);
        complete(commit);
        return commit;
    }

    void complete(RunCommit commit) {
        PUBLISHER.publish(commit.outputs(), commit.loads());
        OpenUploads.handOver();
        // What the server does when it marks the publication: nobody is excluded any more.
        jdbi.useTransaction(handle -> claims.release(handle, runIds.getOrDefault(commit, "")));
    }

    /** Something happens to the sources when a run has claimed its files and has read none of them. */
    void meanwhile(Runnable change) {
        afterClaims = change;
    }

    /** The message of the failure that a job ends with. */
    String failure(Job job) {
        return failure(job, BookmarkOption.DISABLE);
    }

    String failure(Job job, BookmarkOption option) {
        try {
            RunCommit commit = run(job, option, Optional.empty());
            throw new AssertionError("The job did not fail: " + commit);
        } catch (Exception e) { // Scala's checked exceptions are not declared
            return FailureMessage.of(e, SCRATCH);
        }
    }

    List<String> keys(String prefix) {
        return s3().listObjectsV2(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                .map(object -> object.key())
                .toList();
    }

    /** How many uploads of the tests' bucket nobody has completed or aborted. */
    int openUploads() {
        return s3().listMultipartUploads(request -> request.bucket(bucket))
                .uploads()
                .size();
    }

    /** The rows of published Parquet files as texts, sorted. */
    List<String> rows(String prefix) {
        return SPARK.read().parquet(at(prefix).replace("s3://", "s3a://")).toJSON().collectAsList().stream()
                .sorted()
                .toList();
    }

    private final class RunLedger implements Ledger {
        private final String runId;
        private final BookmarkOption option;

        RunLedger(String runId, BookmarkOption option) {
            this.runId = runId;
            this.option = option;
        }

        @Override
        public Claim claim(String source, List<ObjectVersion> candidates, ClaimTerms terms) {
            return jdbi.inTransaction(
                    handle -> claims.claim(handle, "orders", runId, option, source, candidates, terms));
        }

        @Override
        public void stage(String output, String location, OutputAccess access) {
            afterClaims.run();
            afterClaims = () -> {};
            jdbi.useTransaction(handle -> claims.stage(handle, runId, output, location, access));
        }

        @Override
        public void stageTable(String output, String connection, TablePath table) {
            jdbi.useTransaction(
                    handle -> staged.add(handle, new StagedTables.StagedTable(runId, output, connection, table)));
        }

        @Override
        public KeyClaim claimKeys(KeyClaimRequest request) {
            return jdbi.inTransaction(handle -> keys.claim(handle, "orders of " + bucket, runId, option, request));
        }

        @Override
        public void commit(RunCommit commit) {
            throw new UnsupportedOperationException("Tests commit by themselves");
        }
    }
}
