package dev.mastic.spark.write;

import dev.mastic.bookmarks.Failpoint;
import dev.mastic.bookmarks.Ledger;
import dev.mastic.bookmarks.OutputAccess;
import dev.mastic.bookmarks.PendingUpload;
import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.job.FileFormat;
import dev.mastic.job.FileOutput;
import dev.mastic.job.Step;
import dev.mastic.job.WriteMode;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.failure.StepFailure;
import dev.mastic.spark.s3.ObjectListing;
import dev.mastic.spark.s3.S3Location;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.util.List;
import java.util.Map;

/** Writes files to S3 as uploads that nobody has completed. */
final class FileWriter implements TargetWriter {
    private static final Logger LOG = LoggerFactory.getLogger(FileWriter.class);

    private final WriteContext context;
    private final ReplacedObjects replaced;

    FileWriter(WriteContext context) {
        this.context = context;
        this.replaced = new ReplacedObjects(new ObjectListing(context.s3()));
    }

    @Override
    public PreparedWrite prepare(Step.Write step, Dataset<Row> rows) {
        FileOutput output = (FileOutput) step.output();
        String name = step.name();
        requireBucket(name, output);
        int keys = output.partitionKeys().size();
        if (keys > 0 && keys == rows.columns().length) {
            throw new JobFailure("Write '" + name + "': all columns are partition keys; keep one for the files");
        }
        if (output.mode() == WriteMode.OVERWRITE_PARTITIONS && keys == 0) {
            throw new JobFailure("Write '" + name + "': overwritePartitions() needs partition keys; add"
                    + " .partitionedBy(\"column\"), or replace all by .overwrite()");
        }
        requireTypes(name, output, rows.schema());
        TargetTable.resolve(name, output, rows.schema(), context.catalog(), version());
        return () -> stage(name, output, rows);
    }

    private void requireBucket(String step, FileOutput output) {
        String bucket = S3Location.parse(output.location()).bucket();
        try {
            context.s3().headBucket(request -> request.bucket(bucket));
        } catch (S3Exception e) {
            String why = e.statusCode() == 404
                    ? "bucket " + bucket + " not found; create it, or correct " + output.location()
                    : "bucket " + bucket + " cannot be used: " + ObjectListing.reason(e);
            throw new JobFailure("Write '" + step + "': " + why, e);
        }
    }

    private static void requireTypes(String step, FileOutput output, StructType schema) {
        if (output.format() instanceof FileFormat.DelimitedText) {
            for (StructField field : schema.fields()) {
                DataType type = field.dataType();
                if (type instanceof StructType
                        || type instanceof ArrayType
                        || type instanceof MapType
                        || type instanceof BinaryType) {
                    throw new JobFailure("Write '" + step + "': column '" + field.name() + "' is of type "
                            + type.catalogString() + ", which CSV cannot hold; drop it, derive a text of it by"
                            + " expr(\"to_json(" + field.name() + ")\"), or write JSON or Parquet");
                }
            }
        }
    }

    /** The folder of this attempt's own, for files that take the place of others. */
    private String version() {
        return TargetTable.VERSION_PREFIX + context.runId() + "-" + context.attempt() + "/";
    }

    private Written stage(String step, FileOutput output, Dataset<Row> rows) {
        S3Location location = S3Location.parse(output.location()).folder();
        announce(step, output, location);
        // Looked at again: what was there when the step was checked may have been replaced until it was announced.
        TargetTable.Resolved table = TargetTable.resolve(step, output, rows.schema(), context.catalog(), version());
        List<PendingUpload> uploads = written(step, output, table, location, table.fitted(rows));
        long count = uploads.stream().mapToLong(PendingUpload::rows).sum();
        long bytes = uploads.stream().mapToLong(PendingUpload::size).sum();
        LOG.info("{}: {} rows in {} files of {} bytes", step, count, uploads.size(), bytes);
        List<String> old = replaced.of(step, output, table.places(), uploads);
        if (output.mode() != WriteMode.APPEND) {
            LOG.info("{}: replaces {} files", step, old.size());
        }
        return new Written(
                List.of(new StagedOutput(step, location.uri(), uploads, table.registration(), old)),
                Map.of("rows", count, "files", (long) uploads.size(), "bytes", bytes));
    }

    private void announce(String step, FileOutput output, S3Location location) {
        Failpoint.DRIVER_BEFORE_STAGE.reach();
        try {
            context.ledger()
                    .stage(
                            step,
                            location.uri(),
                            output.mode() == WriteMode.APPEND ? OutputAccess.SHARED : OutputAccess.EXCLUSIVE);
        } catch (Ledger.OutputBusyException e) {
            throw new JobFailure("Write '" + step + "': " + e.getMessage(), e);
        }
        Failpoint.DRIVER_AFTER_STAGE.reach();
    }

    private List<PendingUpload> written(
            String step, FileOutput output, TargetTable.Resolved table, S3Location location, Dataset<Row> rows) {
        String tag = context.runId() + "-" + context.attempt();
        String writeId = tag + "-" + step;
        UploadCommitProtocol.announce(writeId, table.places());
        DataFrameWriter<Row> writer = Arrangement.of(output, rows)
                .write()
                .format(FormatOptions.sparkFormat(output.format()).getName())
                .mode(SaveMode.Append)
                .options(FormatOptions.ofSpark(output))
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
        return UploadCommitProtocol.collected(writeId);
    }
}
