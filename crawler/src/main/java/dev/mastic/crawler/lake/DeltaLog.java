package dev.mastic.crawler.lake;

import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.ColumnType.ArrayOf;
import dev.mastic.crawler.infer.ColumnType.MapOf;
import dev.mastic.crawler.infer.ColumnType.Other;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.ColumnType.Struct;
import dev.mastic.crawler.infer.HiveTypes;
import dev.mastic.crawler.lake.LakeTable.Field;
import dev.mastic.crawler.lake.LakeTable.Serde;
import dev.mastic.crawler.lake.delta.DeltaMetadata;
import dev.mastic.crawler.lake.delta.DeltaSnapshot;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Delta's transaction log: the newest action {@code metaData}, in a commit or in a checkpoint, has the schema.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md">Delta's protocol</a>
 */
final class DeltaLog {
    private static final int DEEPEST = 50;

    private DeltaLog() {}

    /** @throws UnreadableFileException when the log is damaged */
    static LakeTable read(LakeFiles files, DataFiles data) {
        DeltaMetadata metadata =
                new DeltaSnapshot(files.store()::read, files.cancellation()).metadata(files.list("_delta_log/"));
        List<String> keys = metadata.partitionColumns();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("classification", "delta");
        parameters.put("table_type", "delta");
        parameters.put("spark.sql.sources.provider", "delta");
        parameters.put("EXTERNAL", "TRUE");
        if (!keys.isEmpty()) {
            parameters.put("spark.sql.sources.schema.numPartCols", String.valueOf(keys.size()));
            for (int i = 0; i < keys.size(); i++) {
                parameters.put("spark.sql.sources.schema.partCol." + i, keys.get(i));
            }
        }
        // As Spark and Glue write it: engines that know Delta take the path, others find no files of a format they
        // know.
        Serde serde = new Serde(
                "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
                "org.apache.hadoop.mapred.SequenceFileInputFormat",
                "org.apache.hadoop.hive.ql.io.HiveSequenceFileOutputFormat",
                Map.of("serialization.format", "1", "path", files.uri()));
        return new LakeTable(
                "delta",
                columns(metadata.schemaString()),
                List.of(),
                List.of(),
                parameters,
                serde,
                data.stats(),
                "Delta log, action metaData in " + metadata.from());
    }

    private static List<Field> columns(String schema) {
        StoredObject nowhere = new StoredObject("", "schemaString", 0, Instant.EPOCH, "");
        List<Field> columns = fields(LakeFiles.json(nowhere, schema), 0).stream()
                .map(field -> new Field(field.name(), field.type()))
                .toList();
        if (columns.isEmpty()) {
            throw new UnreadableFileException("its newest schema has no columns yet");
        }
        return columns;
    }

    private static List<ColumnType.Field> fields(Map<?, ?> struct, int depth) {
        List<ColumnType.Field> fields = new ArrayList<>();
        if (struct.get("fields") instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Map<?, ?> field) {
                    fields.add(new ColumnType.Field(
                            String.valueOf(field.get("name")), type(field.get("type"), depth + 1)));
                }
            }
        }
        return fields;
    }

    private static ColumnType type(@Nullable Object type, int depth) {
        if (depth > DEEPEST) {
            return Plain.STRING;
        } else if (type instanceof Map<?, ?> map) {
            return switch (String.valueOf(map.get("type"))) {
                case "array" -> new ArrayOf(type(map.get("elementType"), depth + 1));
                case "map" -> new MapOf(type(map.get("keyType"), depth + 1), type(map.get("valueType"), depth + 1));
                default -> new Struct(fields(map, depth));
            };
        }
        String word = String.valueOf(type);
        return switch (word) {
            case "byte" -> Plain.TINYINT;
            case "short" -> Plain.SMALLINT;
            case "integer" -> Plain.INT;
            case "long" -> Plain.BIGINT;
            case "timestamp_ntz" -> Plain.TIMESTAMP;
            default -> HiveTypes.parse(word) instanceof Other ? Plain.STRING : HiveTypes.parse(word);
        };
    }
}
