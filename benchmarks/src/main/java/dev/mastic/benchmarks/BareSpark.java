package dev.mastic.benchmarks;

import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

import static org.apache.spark.sql.functions.col;

/** What a user would write without Mastic: the job {@code SalesToParquet} as a plain Spark program. */
public final class BareSpark {
    private BareSpark() {}

    /** @param arguments S3 endpoint, input, output, scratch folder */
    public static void main(String[] arguments) {
        SparkSession spark = SparkSession.builder()
                .appName("bare")
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.local.dir", arguments[3])
                .config("spark.sql.warehouse.dir", arguments[3])
                .config("spark.sql.shuffle.partitions", "4")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.parquet.compression.codec", "snappy")
                .config("spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "2")
                .config("spark.hadoop.fs.s3a.endpoint", arguments[0])
                .config("spark.hadoop.fs.s3a.endpoint.region", "us-east-1")
                .config("spark.hadoop.fs.s3a.path.style.access", "true")
                .config("spark.hadoop.fs.s3a.access.key", "mastic")
                .config("spark.hadoop.fs.s3a.secret.key", "mastic")
                .config("spark.hadoop.fs.s3a.connection.ssl.enabled", "false")
                .getOrCreate();
        spark.read()
                .option("header", true)
                .schema(Sales.SPARK_SCHEMA)
                .csv(arguments[1])
                .filter(col("quantity").gt(0))
                .withColumn("revenue", col("quantity").multiply(col("unit_price")))
                .write()
                .mode(SaveMode.Append)
                .partitionBy("region")
                .parquet(arguments[2]);
        spark.stop();
    }
}
