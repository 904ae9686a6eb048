package dev.mastic.spark.write;

import dev.mastic.bookmarks.Failpoint;
import dev.mastic.bookmarks.PendingUpload;
import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.job.ParquetOutput;
import dev.mastic.job.Step;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.failure.StepFailure;
import dev.mastic.spark.s3.ObjectListing;
import dev.mastic.spark.s3.S3Location;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes files to S3 as uploads that nobody has completed. */
final class FileWriter implements TargetWriter {
    private static final Logger LOG = LoggerFactory.getLogger(FileWriter.class);

    private final WriteContext context;

    FileWriter(WriteContext context) {
        this.context = context;
    }

    @Override
    public PreparedWrite prepare(Step.Write step, Dataset<Row> rows) {
        ParquetOutput output = (ParquetOutput) step.output();
        requireBucket(step, output);
        int keys = output.partitionKeys().size();
        if (keys > 0 && keys == rows.columns().length) {
            throw new JobFailure("Write '" + step.name() + "': all columns are partition keys; keep one for the files");
        }
        Optional<StagedOutput.TableRegistration> table =
                TargetTable.check(step.name(), output, rows.schema(), context.catalog());
        return () -> stage(step.name(), output, rows, table);
    }

    private void requireBucket(Step.Write step, ParquetOutput output) {
        String bucket = S3Location.parse(output.location()).bucket();
        try {
            context.s3().headBucket(request -> request.bucket(bucket));
        } catch (S3Exception e) {
            String why = e.statusCode() == 404
                    ? "bucket " + bucket + " not found; create it, or correct " + output.location()
                    : "bucket " + bucket + " cannot be used: " + ObjectListing.reason(e);
            throw new JobFailure("Write '" + step.name() + "': " + why, e);
        }
    }

    private Written stage(
            String step, ParquetOutput output, Dataset<Row> rows, Optional<StagedOutput.TableRegistration> table) {
        S3Location location = S3Location.parse(output.location()).folder();
        Failpoint.DRIVER_BEFORE_STAGE.reach();
        context.ledger().stage(step, location.uri());
        Failpoint.DRIVER_AFTER_STAGE.reach();
        String tag = context.runId() + "-" + context.attempt();
        String writeId = tag + "-" + step;
        DataFrameWriter<Row> writer = rows.write()
                .format("parquet")
                .mode(SaveMode.Append)
                .option(UploadCommitProtocol.WRITE_ID, writeId)
                .option(UploadCommitProtocol.FILE_TAG, tag)
                .option(
                        UploadCommitProtocol.SCRATCH,
                        context.scratch().resolve("write-" + step).toString());
        if (!output.partitionKeys().isEmpty()) {
            writer = writer.partitionBy(output.partitionKeys().toArray(String[]::new));
        }
        try {
            writer.save("s3a://" + location.bucket() + "/" + location.key());
        } catch (Exception e) { // Scala's checked SparkException is not declared
            throw new StepFailure("Write '" + step + "'", e);
        }
        List<PendingUpload> uploads = withRows(UploadCommitProtocol.collected(writeId));
        long written = uploads.stream().mapToLong(PendingUpload::rows).sum();
        LOG.info("{}: {} rows in {} files", step, written, uploads.size());
        return new Written(
                List.of(new StagedOutput(step, location.uri(), uploads, table)),
                Map.of("rows", written, "files", (long) uploads.size()));
    }

    /** Spark writes a file also where there are no rows, for its schema; those are not published. */
    private static List<PendingUpload> withRows(List<PendingUpload> uploads) {
        uploads.stream()
                .filter(upload -> upload.rows() == 0)
                .forEach(upload ->
                        OpenUploads.abort(new OpenUploads.Upload(upload.bucket(), upload.key(), upload.uploadId())));
        return uploads.stream().filter(upload -> upload.rows() > 0).toList();
    }
}
