package dev.mastic.spark.write;

import dev.mastic.bookmarks.Failpoint;
import dev.mastic.bookmarks.Ledger;
import dev.mastic.bookmarks.PendingUpload;
import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.job.Step;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.failure.StepFailure;
import dev.mastic.spark.read.Catalog;
import dev.mastic.spark.s3.ObjectListing;
import dev.mastic.spark.s3.S3Location;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.StructField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The write steps of one run. Not thread-safe. */
public final class Writes {
    private static final Logger LOG = LoggerFactory.getLogger(Writes.class);

    private final Ledger ledger;
    private final S3Client s3;
    private final Catalog catalog;
    private final String runId;
    private final int attempt;
    private final Path scratch;
    private final List<Prepared> prepared = new ArrayList<>();
    private final List<StagedOutput> outputs = new ArrayList<>();
    private final Map<String, Long> metrics = new LinkedHashMap<>();

    /** @param scratch folder for files until they are uploaded */
    public Writes(Ledger ledger, S3Client s3, Catalog catalog, String runId, int attempt, Path scratch) {
        this.ledger = ledger;
        this.s3 = s3;
        this.catalog = catalog;
        this.runId = runId;
        this.attempt = attempt;
        this.scratch = scratch;
    }

    private record Prepared(Step.Write step, Dataset<Row> rows, Optional<StagedOutput.TableRegistration> table) {}

    /**
     * Checks a write step against its rows and the catalog, before any step writes.
     *
     * @throws JobFailure when the rows do not fit
     */
    public void prepare(Step.Write step, Dataset<Row> rows) {
        Set<String> names = new HashSet<>();
        for (StructField field : rows.schema().fields()) {
            if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
                throw new JobFailure("Write '" + step.name() + "': there are two columns '" + field.name()
                        + "'; rename or drop one of them");
            }
        }
        requireBucket(step);
        int keys = step.output().partitionKeys().size();
        if (keys > 0 && keys == names.size()) {
            throw new JobFailure("Write '" + step.name() + "': all columns are partition keys; keep one for the files");
        }
        prepared.add(new Prepared(step, rows, TargetTable.check(step, rows.schema(), catalog)));
    }

    private void requireBucket(Step.Write step) {
        String bucket = S3Location.parse(step.output().location()).bucket();
        try {
            s3.headBucket(request -> request.bucket(bucket));
        } catch (S3Exception e) {
            String why = e.statusCode() == 404
                    ? "bucket " + bucket + " not found; create it, or correct "
                            + step.output().location()
                    : "bucket " + bucket + " cannot be used: " + ObjectListing.reason(e);
            throw new JobFailure("Write '" + step.name() + "': " + why, e);
        }
    }

    /**
     * Writes all prepared steps, one after the other.
     *
     * @param afterEach called when a step is written
     */
    public void run(Runnable afterEach) {
        for (Prepared write : prepared) {
            run(write);
            afterEach.run();
        }
    }

    private void run(Prepared write) {
        Step.Write step = write.step();
        S3Location location = S3Location.parse(step.output().location()).folder();
        Failpoint.DRIVER_BEFORE_STAGE.reach();
        ledger.stage(step.name(), location.uri());
        Failpoint.DRIVER_AFTER_STAGE.reach();
        String writeId = runId + "-" + attempt + "-" + step.name();
        DataFrameWriter<Row> writer = write.rows()
                .write()
                .format("parquet")
                .mode(SaveMode.Append)
                .option(UploadCommitProtocol.WRITE_ID, writeId)
                .option(UploadCommitProtocol.FILE_TAG, runId + "-" + attempt)
                .option(
                        UploadCommitProtocol.SCRATCH,
                        scratch.resolve("write-" + step.name()).toString());
        List<String> keys = step.output().partitionKeys();
        if (!keys.isEmpty()) {
            writer = writer.partitionBy(keys.toArray(String[]::new));
        }
        try {
            writer.save("s3a://" + location.bucket() + "/" + location.key());
        } catch (Exception e) { // Scala's checked SparkException is not declared
            throw new StepFailure("Write '" + step.name() + "'", e);
        }
        List<PendingUpload> uploads = UploadCommitProtocol.collected(writeId);
        List<PendingUpload> withRows =
                uploads.stream().filter(upload -> upload.rows() > 0).toList();
        uploads.stream()
                .filter(upload -> upload.rows() == 0)
                .forEach(upload ->
                        OpenUploads.abort(new OpenUploads.Upload(upload.bucket(), upload.key(), upload.uploadId())));
        long rows = withRows.stream().mapToLong(PendingUpload::rows).sum();
        LOG.info("{}: {} rows in {} files", step.name(), rows, withRows.size());
        metrics.put("write." + step.name() + ".rows", rows);
        metrics.put("write." + step.name() + ".files", (long) withRows.size());
        outputs.add(new StagedOutput(step.name(), location.uri(), withRows, write.table()));
    }

    /** What was written, in the order of the steps. */
    public List<StagedOutput> outputs() {
        return List.copyOf(outputs);
    }

    /** Counts by name: {@code write.<step>.rows} and {@code write.<step>.files}. */
    public Map<String, Long> metrics() {
        return Map.copyOf(metrics);
    }
}
