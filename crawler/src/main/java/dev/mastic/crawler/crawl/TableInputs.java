package dev.mastic.crawler.crawl;

import dev.mastic.crawler.classify.BinaryFormat;
import dev.mastic.crawler.classify.Compression;
import dev.mastic.crawler.classify.FileFormat;
import dev.mastic.crawler.classify.TableStorage;
import dev.mastic.crawler.classify.TextFormat;
import dev.mastic.crawler.classify.format.AvroFiles;
import dev.mastic.crawler.infer.InferredColumn;
import dev.mastic.crawler.partition.TablePlan;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tables as a crawl writes them: storage descriptors and the properties that engines and scripts look for.
 */
final class TableInputs {
    static final String JSON = "org.openx.data.jsonserde.JsonSerDe";
    static final String PARQUET = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";

    private static final String TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat";
    private static final String TEXT_OUTPUT = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";
    private static final String PARQUET_INPUT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";
    private static final String PARQUET_OUTPUT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat";

    private TableInputs() {}

    /** A table as it would be made anew, without its name. */
    static TableInput table(TablePlan plan) {
        Map<String, String> parameters = parameters(plan);
        return TableInput.builder()
                .tableType("EXTERNAL_TABLE")
                .parameters(parameters)
                .partitionKeys(plan.partitionKeys().stream()
                        .map(key -> Column.builder().name(key).type("string").build())
                        .toList())
                .storageDescriptor(storage(plan, parameters))
                .build();
    }

    private static StorageDescriptor storage(TablePlan plan, Map<String, String> parameters) {
        TableStorage storage = storage(plan.format(), plan.quoted());
        return StorageDescriptor.builder()
                .columns(plan.columns().stream().map(TableInputs::column).toList())
                .location(plan.location())
                .inputFormat(given(storage.inputFormat()))
                .outputFormat(given(storage.outputFormat()))
                .compressed(plan.compression() != Compression.NONE)
                .numberOfBuckets(-1)
                .serdeInfo(serde(plan))
                .bucketColumns(List.of())
                .sortColumns(List.of())
                .parameters(parameters)
                .storedAsSubDirectories(false)
                .build();
    }

    private static Column column(InferredColumn column) {
        return Column.builder()
                .name(column.name())
                .type(column.type().hive())
                .parameters(column.parameters())
                .build();
    }

    private static TableStorage storage(FileFormat format, boolean quoted) {
        if (format instanceof TextFormat text) {
            return text.storage(quoted);
        } else if (format instanceof BinaryFormat binary) {
            return binary.storage();
        } else if (format instanceof FileFormat.Parquet) {
            return new TableStorage(
                    PARQUET, PARQUET_INPUT, PARQUET_OUTPUT, Map.of("serialization.format", "1"), Map.of());
        }
        return new TableStorage(
                format instanceof FileFormat.JsonLines ? JSON : "", TEXT_INPUT, TEXT_OUTPUT, Map.of(), Map.of());
    }

    private static SerDeInfo serde(TablePlan plan) {
        Map<String, String> parameters = new LinkedHashMap<>(plan.serdeParameters());
        TableStorage storage = storage(plan.format(), plan.quoted());
        String library = storage.serde();
        parameters.putAll(storage.serdeParameters());
        if (plan.format() instanceof FileFormat.Csv csv) {
            DelimitedSerDe serde =
                    DelimitedSerDe.of(csv, plan.quoted(), plan.columns().size());
            library = serde.library();
            parameters.putAll(serde.parameters());
        } else if (plan.format() instanceof FileFormat.JsonLines
                || plan.format() instanceof TextFormat text && text.wantsPaths()) {
            paths(plan, parameters);
        } else if (plan.format() instanceof BinaryFormat.Avro avro) {
            parameters.putAll(avroSchema(avro, plan));
        } else if (plan.format() instanceof BinaryFormat.Ion) {
            plan.spellings()
                    .forEach((column, spelling) -> parameters.put(
                            "ion." + column + ".path_extractor", "('" + spelling.replace("'", "\\'") + "')"));
        }
        return SerDeInfo.builder()
                .serializationLibrary(given(library))
                .parameters(parameters)
                .build();
    }

    /** Engines go by the schema alone: one that says other columns than the table's would hide or spoil them. */
    private static Map<String, String> avroSchema(BinaryFormat.Avro avro, TablePlan plan) {
        Map<String, String> types = new LinkedHashMap<>();
        plan.columns().forEach(column -> types.put(column.name(), column.type().hive()));
        return avro.schema().length() <= BinaryFormat.Avro.LONGEST_SCHEMA && AvroFiles.says(avro.schema(), types)
                ? Map.of("avro.schema.literal", avro.schema())
                : Map.of();
    }

    private static void paths(TablePlan plan, Map<String, String> parameters) {
        parameters.put(
                "paths",
                plan.columns().stream()
                        .map(column -> plan.spellings().getOrDefault(column.name(), column.name()))
                        .sorted()
                        .collect(Collectors.joining(",")));
        plan.spellings().forEach((column, spelling) -> parameters.put("mapping." + column, spelling));
    }

    /** What no engine has for a format is left out, as Glue does for XML. */
    private static @Nullable String given(String className) {
        return className.isEmpty() ? null : className;
    }

    private static Map<String, String> parameters(TablePlan plan) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("classification", plan.format().classification());
        parameters.put("compressionType", plan.compression().word());
        parameters.put("typeOfData", "file");
        if (plan.format() instanceof FileFormat.Csv csv) {
            parameters.put("delimiter", csv.delimiter());
            parameters.put("columnsOrdered", "true");
            parameters.put("areColumnsQuoted", String.valueOf(plan.quoted()));
            if (csv.skipLines() > 0) {
                parameters.put("skip.header.line.count", String.valueOf(csv.skipLines()));
            }
            if (csv.footerLines() > 0) {
                parameters.put("skip.footer.line.count", String.valueOf(csv.footerLines()));
            }
        }
        parameters.putAll(storage(plan.format(), plan.quoted()).parameters());
        if (plan.format() instanceof BinaryFormat.Avro avro) {
            parameters.putAll(avroSchema(avro, plan));
        }
        return parameters;
    }
}
