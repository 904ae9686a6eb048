package dev.mastic.spark.write;

import dev.mastic.bookmarks.StagedOutput.Format;
import dev.mastic.job.Compression;
import dev.mastic.job.FileFormat;
import dev.mastic.job.FileOutput;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What Spark and the catalog are told of a target's format. */
final class FormatOptions {
    private static final long LARGEST_BLOCK = 128L << 20;

    private FormatOptions() {}

    static Format catalogFormat(FileFormat format) {
        if (format instanceof FileFormat.Parquet) {
            return Format.PARQUET;
        }
        if (format instanceof FileFormat.Orc) {
            return Format.ORC;
        }
        if (format instanceof FileFormat.Avro) {
            return Format.AVRO;
        }
        return format instanceof FileFormat.JsonLines ? Format.JSON : Format.CSV;
    }

    /** The class of Spark's format. */
    static Class<?> sparkFormat(FileFormat format) {
        return switch (catalogFormat(format)) {
            case PARQUET -> RollingFormats.Parquet.class;
            case ORC -> RollingFormats.Orc.class;
            case AVRO -> RollingFormats.Avro.class;
            case JSON -> RollingFormats.Json.class;
            case CSV -> RollingFormats.Csv.class;
        };
    }

    static Map<String, String> ofSpark(FileOutput output) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("compression", codec(output.format()));
        // As engines on the catalog's text tables read it, and Spark too.
        options.put("timestampFormat", "yyyy-MM-dd HH:mm:ss.SSSSSS");
        options.put("timestampNTZFormat", "yyyy-MM-dd HH:mm:ss.SSSSSS");
        if (output.format() instanceof FileFormat.DelimitedText text) {
            options.put("header", String.valueOf(text.header()));
            options.put("sep", text.delimiter());
            options.put("quote", text.quote());
            options.put("escape", text.escape());
        }
        if (output.rowsPerFile() > 0) {
            options.put("maxRecordsPerFile", String.valueOf(output.rowsPerFile()));
        }
        if (output.megabytesPerFile() > 0) {
            long bytes = (long) output.megabytesPerFile() << 20;
            options.put(RollingWriters.BYTES_PER_FILE, String.valueOf(bytes));
            // A file's length is known when a row group or a stripe has been flushed.
            options.put("parquet.block.size", String.valueOf(Math.min(LARGEST_BLOCK, bytes)));
            options.put("orc.stripe.size", String.valueOf(Math.min(LARGEST_BLOCK, bytes)));
        }
        return options;
    }

    private static String codec(FileFormat format) {
        Compression compression = format.compression();
        if (compression == Compression.NONE) {
            return format instanceof FileFormat.Avro ? "uncompressed" : "none";
        }
        if (compression == Compression.LZ4 && format instanceof FileFormat.Parquet) {
            return "lz4_raw";
        }
        if (compression == Compression.ZSTD && format instanceof FileFormat.Avro) {
            return "zstandard";
        }
        return compression.name().toLowerCase(Locale.ROOT);
    }

    /**
     * What the catalog's reader of the format must be told.
     *
     * @param inFiles the columns of the files
     */
    static Map<String, String> ofSerDe(FileFormat format, StructType inFiles) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (format instanceof FileFormat.DelimitedText text) {
            parameters.put("separatorChar", text.delimiter());
            parameters.put("quoteChar", text.quote());
            parameters.put("escapeChar", text.escape());
            if (text.header()) {
                parameters.put("skip.header.line.count", "1");
            }
        }
        if (format instanceof FileFormat.JsonLines) {
            for (StructField field : inFiles.fields()) {
                String lower = field.name().toLowerCase(Locale.ROOT);
                if (!lower.equals(field.name())) {
                    parameters.put("mapping." + lower, field.name());
                }
            }
        }
        if (format instanceof FileFormat.Avro) {
            parameters.put(
                    "avro.schema.literal",
                    org.apache.spark.sql.avro.SchemaConverters.toAvroType(inFiles, false, "topLevelRecord", "")
                            .toString());
        }
        return parameters;
    }
}
