package dev.mastic.spark.write;

import org.apache.hadoop.mapreduce.Job;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.avro.AvroFileFormat;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.csv.CSVFileFormat;
import org.apache.spark.sql.execution.datasources.json.JsonFileFormat;
import org.apache.spark.sql.execution.datasources.orc.OrcFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Map;

/** Spark's formats of files, with writers that count rows and end a file when it is large enough. Spark makes them. */
public final class RollingFormats {
    private RollingFormats() {}

    /** Parquet. */
    public static final class Parquet extends ParquetFileFormat {
        @Override
        public OutputWriterFactory prepareWrite(
                SparkSession spark, Job job, Map<String, String> options, StructType schema) {
            return new RollingWriters(super.prepareWrite(spark, job, options, schema));
        }
    }

    /** ORC. */
    public static final class Orc extends OrcFileFormat {
        @Override
        public OutputWriterFactory prepareWrite(
                SparkSession spark, Job job, Map<String, String> options, StructType schema) {
            return new RollingWriters(super.prepareWrite(spark, job, options, schema));
        }
    }

    /** Avro. */
    public static final class Avro extends AvroFileFormat {
        @Override
        public OutputWriterFactory prepareWrite(
                SparkSession spark, Job job, Map<String, String> options, StructType schema) {
            return new RollingWriters(super.prepareWrite(spark, job, options, schema));
        }
    }

    /** JSON lines. */
    public static final class Json extends JsonFileFormat {
        @Override
        public OutputWriterFactory prepareWrite(
                SparkSession spark, Job job, Map<String, String> options, StructType schema) {
            return new RollingWriters(super.prepareWrite(spark, job, options, schema));
        }
    }

    /** Delimited text. */
    public static final class Csv extends CSVFileFormat {
        @Override
        public OutputWriterFactory prepareWrite(
                SparkSession spark, Job job, Map<String, String> options, StructType schema) {
            return new RollingWriters(super.prepareWrite(spark, job, options, schema));
        }
    }
}
