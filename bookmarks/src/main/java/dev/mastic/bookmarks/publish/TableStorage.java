package dev.mastic.bookmarks.publish;

import dev.mastic.bookmarks.StagedOutput.Format;
import dev.mastic.bookmarks.StagedOutput.TableFiles;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the catalog tells engines to read the files of a format: the classes that Glue's crawlers and Athena name.
 *
 * @param classification the table's property of that name
 */
record TableStorage(String classification, String serde, String inputFormat, String outputFormat) {
    private static final String TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat";
    private static final String TEXT_OUTPUT = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";
    private static final String HIVE_IO = "org.apache.hadoop.hive.ql.io.";

    static TableStorage of(Format format) {
        return switch (format) {
            case PARQUET ->
                new TableStorage(
                        "parquet",
                        HIVE_IO + "parquet.serde.ParquetHiveSerDe",
                        HIVE_IO + "parquet.MapredParquetInputFormat",
                        HIVE_IO + "parquet.MapredParquetOutputFormat");
            case ORC ->
                new TableStorage(
                        "orc",
                        HIVE_IO + "orc.OrcSerde",
                        HIVE_IO + "orc.OrcInputFormat",
                        HIVE_IO + "orc.OrcOutputFormat");
            case AVRO ->
                new TableStorage(
                        "avro",
                        "org.apache.hadoop.hive.serde2.avro.AvroSerDe",
                        HIVE_IO + "avro.AvroContainerInputFormat",
                        HIVE_IO + "avro.AvroContainerOutputFormat");
            case JSON -> new TableStorage("json", "org.openx.data.jsonserde.JsonSerDe", TEXT_INPUT, TEXT_OUTPUT);
            case CSV -> new TableStorage("csv", "org.apache.hadoop.hive.serde2.OpenCSVSerde", TEXT_INPUT, TEXT_OUTPUT);
        };
    }

    /** The table's properties. */
    Map<String, String> parameters(TableFiles files) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("classification", classification);
        parameters.put("typeOfData", "file");
        if (files.format() == Format.CSV) {
            parameters.put("delimiter", files.serdeParameters().getOrDefault("separatorChar", ","));
            parameters.put("areColumnsQuoted", "true");
            String skipped = files.serdeParameters().getOrDefault("skip.header.line.count", "0");
            if (!skipped.equals("0")) {
                parameters.put("skip.header.line.count", skipped);
            }
        }
        return parameters;
    }

    StorageDescriptor descriptor(TableFiles files, List<Column> columns) {
        return StorageDescriptor.builder()
                .location(files.location())
                .columns(columns)
                .inputFormat(inputFormat)
                .outputFormat(outputFormat)
                .serdeInfo(serde(files, columns, Map.of()))
                .compressed(false)
                .numberOfBuckets(-1)
                .storedAsSubDirectories(false)
                .build();
    }

    /** @param before what the SerDe is told already */
    SerDeInfo serde(TableFiles files, List<Column> columns, Map<String, String> before) {
        Map<String, String> parameters = new LinkedHashMap<>(before);
        parameters.put("serialization.format", "1");
        parameters.putAll(files.serdeParameters());
        if (files.format() == Format.JSON) {
            parameters.put(
                    "paths",
                    columns.stream()
                            .map(column -> parameters.getOrDefault("mapping." + column.name(), column.name()))
                            .sorted()
                            .collect(Collectors.joining(",")));
        }
        return SerDeInfo.builder()
                .serializationLibrary(serde)
                .parameters(parameters)
                .build();
    }

    /** Whether the files of a table of this SerDe and those of this format can be read as one; a table without is any. */
    boolean reads(@Nullable SerDeInfo present) {
        if (present == null || present.serializationLibrary() == null) {
            return true;
        }
        return kind(present.serializationLibrary()).equals(kind(serde));
    }

    private static String kind(String library) {
        String name = library.toLowerCase(Locale.ROOT);
        for (String kind : List.of("parquet", "orc", "avro", "json")) {
            if (name.contains(kind)) {
                return kind;
            }
        }
        return name.contains("csv") || name.contains("lazysimple") ? "csv" : name;
    }
}
