package dev.mastic.crawler.lake;

import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.ColumnType.ArrayOf;
import dev.mastic.crawler.infer.ColumnType.MapOf;
import dev.mastic.crawler.infer.ColumnType.Other;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.ColumnType.Struct;
import dev.mastic.crawler.infer.HiveTypes;
import dev.mastic.crawler.lake.LakeTable.Field;
import dev.mastic.crawler.partition.Stats;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Iceberg's table metadata: the newest {@code metadata.json}, by the number in its name.
 *
 * @see <a href="https://iceberg.apache.org/spec/#table-metadata">Iceberg's specification</a>
 */
final class IcebergMetadata {
    private static final int DEEPEST = 50;

    private IcebergMetadata() {}

    /** @throws UnreadableFileException when the metadata is damaged */
    static LakeTable read(LakeFiles files) {
        StoredObject newest = newest(files);
        Map<String, Object> metadata = files.json(newest);
        List<Field> columns = columns(schema(newest, metadata));
        Map<String, String> parameters =
                Map.of("table_type", "ICEBERG", "metadata_location", newest.uri(), "EXTERNAL", "TRUE");
        return new LakeTable(
                "iceberg (format version " + metadata.get("format-version") + ")",
                columns,
                List.of(),
                List.of(),
                parameters,
                null,
                stats(metadata),
                "Iceberg metadata " + newest.fileName());
    }

    /** The number that a writer of a table without a catalog wrote last, or the highest there is. */
    private static StoredObject newest(LakeFiles files) {
        List<StoredObject> objects = files.list("metadata/");
        Optional<StoredObject> newest = objects.stream()
                .filter(object -> version(object) >= 0)
                .max(Comparator.comparingLong(IcebergMetadata::version)
                        .thenComparing(StoredObject::lastModified)
                        .thenComparing(StoredObject::key));
        return newest.orElseThrow(
                () -> new UnreadableFileException("its metadata folder has no metadata.json any more"));
    }

    private static long version(StoredObject object) {
        Matcher matcher = LakeRoots.ICEBERG_METADATA.matcher(object.fileName());
        if (!matcher.matches()) {
            return -1;
        }
        return Long.parseLong(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }

    private static Map<?, ?> schema(StoredObject object, Map<String, Object> metadata) {
        Object current = metadata.get("current-schema-id");
        if (metadata.get("schemas") instanceof List<?> schemas) {
            for (Object schema : schemas) {
                if (schema instanceof Map<?, ?> map
                        && String.valueOf(map.get("schema-id")).equals(String.valueOf(current))) {
                    return map;
                }
            }
        }
        if (metadata.get("schema") instanceof Map<?, ?> schema) {
            return schema;
        }
        throw new UnreadableFileException(object.uri() + " has no schema " + current);
    }

    private static List<Field> columns(Map<?, ?> schema) {
        List<Field> columns = new ArrayList<>();
        if (schema.get("fields") instanceof List<?> fields) {
            for (Object one : fields) {
                if (one instanceof Map<?, ?> field) {
                    columns.add(new Field(
                            String.valueOf(field.get("name")),
                            type(field.get("type"), 0),
                            field.get("doc") == null ? "" : String.valueOf(field.get("doc")),
                            Map.of(
                                    "iceberg.field.id",
                                    String.valueOf(field.get("id")),
                                    "iceberg.field.optional",
                                    String.valueOf(!Boolean.TRUE.equals(field.get("required"))),
                                    "iceberg.field.current",
                                    "true")));
                }
            }
        }
        return columns;
    }

    private static ColumnType type(@Nullable Object type, int depth) {
        if (depth > DEEPEST) {
            return Plain.STRING;
        } else if (type instanceof Map<?, ?> map) {
            return nested(map, depth);
        }
        String word = String.valueOf(type);
        return switch (word) {
            case "boolean" -> Plain.BOOLEAN;
            case "int" -> Plain.INT;
            case "long" -> Plain.BIGINT;
            case "float" -> Plain.FLOAT;
            case "double" -> Plain.DOUBLE;
            case "date" -> Plain.DATE;
            case "timestamp", "timestamptz", "timestamp_ns", "timestamptz_ns" -> Plain.TIMESTAMP;
            case "binary" -> Plain.BINARY;
            default -> {
                ColumnType parsed = HiveTypes.parse(word);
                yield word.startsWith("fixed") ? Plain.BINARY : parsed instanceof Other ? Plain.STRING : parsed;
            }
        };
    }

    private static ColumnType nested(Map<?, ?> type, int depth) {
        return switch (String.valueOf(type.get("type"))) {
            case "list" -> new ArrayOf(type(type.get("element"), depth + 1));
            case "map" -> new MapOf(type(type.get("key"), depth + 1), type(type.get("value"), depth + 1));
            default -> {
                List<ColumnType.Field> fields = new ArrayList<>();
                if (type.get("fields") instanceof List<?> list) {
                    for (Object one : list) {
                        if (one instanceof Map<?, ?> field) {
                            fields.add(new ColumnType.Field(
                                    String.valueOf(field.get("name")), type(field.get("type"), depth + 1)));
                        }
                    }
                }
                yield new Struct(fields);
            }
        };
    }

    private static Stats stats(Map<String, Object> metadata) {
        String current = String.valueOf(metadata.get("current-snapshot-id"));
        if (metadata.get("snapshots") instanceof List<?> snapshots) {
            for (Object one : snapshots) {
                if (one instanceof Map<?, ?> snapshot
                        && String.valueOf(snapshot.get("snapshot-id")).equals(current)
                        && snapshot.get("summary") instanceof Map<?, ?> summary) {
                    return new Stats(
                            number(summary.get("total-data-files")),
                            number(summary.get("total-files-size")),
                            number(summary.get("total-records")));
                }
            }
        }
        return Stats.NONE;
    }

    private static long number(@Nullable Object text) {
        String digits = String.valueOf(text);
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
    }
}
