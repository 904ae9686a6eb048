package dev.mastic.crawler.lake.delta;

import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Checkpoints in the shape that Delta's protocol gives them, by Parquet's own writer. */
final class CheckpointFile {
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message spark_schema {
              optional group add {
                optional binary path (STRING);
                optional int64 size;
              }
              optional group metaData {
                optional binary id (STRING);
                optional binary schemaString (STRING);
                optional group partitionColumns (LIST) {
                  repeated group list {
                    optional binary element (STRING);
                  }
                }
              }
            }
            """);

    private CheckpointFile() {}

    /** @param adds files that the checkpoint names, before and after the description */
    static void write(
            Path file,
            CompressionCodecName codec,
            WriterVersion version,
            boolean dictionary,
            int adds,
            String schema,
            List<String> keys)
            throws IOException {
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(SCHEMA)
                .withCompressionCodec(codec)
                .withWriterVersion(version)
                .withDictionaryEncoding(dictionary)
                .withRowGroupSize(64L << 10)
                .build()) {
            adds(writer, adds);
            if (!schema.isEmpty()) {
                Group row = new SimpleGroup(SCHEMA);
                Group metaData = row.addGroup("metaData");
                metaData.append("id", "5fba94ed-9794-4965-ba6e-6ee3c0d22af9");
                metaData.append("schemaString", schema);
                Group list = metaData.addGroup("partitionColumns");
                keys.forEach(key -> list.addGroup("list").append("element", key));
                writer.write(row);
            }
            adds(writer, adds);
        }
    }

    private static void adds(ParquetWriter<Group> writer, int adds) throws IOException {
        for (int i = 0; i < adds; i++) {
            Group row = new SimpleGroup(SCHEMA);
            row.addGroup("add").append("path", "part-" + i + ".parquet").append("size", (long) i);
            writer.write(row);
        }
    }
}
