package dev.mastic.spark.read;

import org.apache.spark.sql.avro.AvroFileFormat;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.csv.CSVFileFormat;
import org.apache.spark.sql.execution.datasources.json.JsonFileFormat;
import org.apache.spark.sql.execution.datasources.orc.OrcFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.text.TextFileFormat;
import org.apache.spark.sql.execution.datasources.xml.XmlFileFormat;

/** The file formats that are read. */
enum FileKind {
    CSV,
    JSON,
    XML,
    TEXT,
    PARQUET,
    ORC,
    AVRO;

    FileFormat format() {
        return switch (this) {
            case CSV -> new CSVFileFormat();
            case JSON -> new JsonFileFormat();
            case XML -> new XmlFileFormat();
            case TEXT -> new TextFileFormat();
            case PARQUET -> new ParquetFileFormat();
            case ORC -> new OrcFileFormat();
            case AVRO -> new AvroFileFormat();
        };
    }

    /** Whether a row is a text that may not fit its columns. */
    boolean hasBadRows() {
        return this == CSV || this == JSON || this == XML;
    }

    /** Whether files are texts, which may be packed as a whole. */
    boolean isText() {
        return hasBadRows() || this == TEXT;
    }
}
