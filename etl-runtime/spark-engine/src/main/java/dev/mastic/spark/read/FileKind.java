package dev.mastic.spark.read;

import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.csv.CSVFileFormat;
import org.apache.spark.sql.execution.datasources.json.JsonFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;

/** The file formats that are read. */
enum FileKind {
    CSV,
    JSON,
    PARQUET;

    FileFormat format() {
        return switch (this) {
            case CSV -> new CSVFileFormat();
            case JSON -> new JsonFileFormat();
            case PARQUET -> new ParquetFileFormat();
        };
    }
}
