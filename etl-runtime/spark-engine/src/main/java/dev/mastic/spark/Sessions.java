package dev.mastic.spark;

import dev.mastic.spark.read.ZstdCodec;
import dev.mastic.spark.s3.S3Settings;
import dev.mastic.spark.write.UploadCommitProtocol;
import org.apache.spark.sql.SparkSession;

import java.nio.file.Path;

/** The Spark session of a driver. */
public final class Sessions {
    private Sessions() {}

    /** The session of tests of jobs, with the settings of a driver and no object store; the same at each call. */
    public static SparkSession inMemory() {
        Path scratch = Path.of(System.getProperty("java.io.tmpdir"), "mastic-job-test");
        return local("job-test", new S3Settings("http://127.0.0.1:1", "us-east-1", "none", "none"), scratch);
    }

    /** Starts a session in this process, on all its cores. */
    static SparkSession local(String name, S3Settings s3, Path scratch) {
        int cores = Runtime.getRuntime().availableProcessors();
        SparkSession.Builder builder = SparkSession.builder()
                .appName(name)
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.ui.showConsoleProgress", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.local.dir", scratch.resolve("spark").toString())
                .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString())
                .config("spark.sql.catalogImplementation", "in-memory")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.adaptive.enabled", "true")
                .config("spark.sql.shuffle.partitions", String.valueOf(2 * cores))
                .config("spark.sql.caseSensitive", "false")
                .config("spark.sql.ansi.enabled", "true")
                // A query reads the job's frames, not files behind its back.
                .config("spark.sql.runSQLOnFiles", "false")
                // A row with too many or too few fields fails the run, also when no step asks for those.
                .config("spark.sql.csv.parser.columnPruning.enabled", "false")
                .config("spark.sql.csv.filterPushdown.enabled", "false")
                .config("spark.sql.json.filterPushdown.enabled", "false")
                // Opening an object takes about as long as reading so much of it: a task reads 128 tiny ones.
                .config("spark.sql.files.openCostInBytes", "1m")
                .config("spark.hadoop.io.compression.codecs", ZstdCodec.class.getName())
                .config("spark.sql.files.ignoreMissingFiles", "false")
                .config("spark.sql.files.ignoreCorruptFiles", "false")
                .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
                .config("spark.sql.parquet.compression.codec", "snappy")
                .config("spark.sql.sources.commitProtocolClass", UploadCommitProtocol.class.getName())
                .config("spark.sql.sources.parallelPartitionDiscovery.threshold", "10000")
                .config("spark.cleaner.referenceTracking", "false")
                .config("spark.scheduler.mode", "FIFO");
        s3.hadoopSettings().forEach((key, value) -> builder.config("spark.hadoop." + key, value));
        return builder.getOrCreate();
    }
}
