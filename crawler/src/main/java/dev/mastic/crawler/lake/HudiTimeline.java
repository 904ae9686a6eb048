package dev.mastic.crawler.lake;

import dev.mastic.crawler.classify.format.AvroFiles;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.lake.LakeTable.Field;
import dev.mastic.crawler.lake.LakeTable.Serde;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Hudi's properties and timeline: the newest completed instant has the schema. Hudi 1 writes its instants as Avro; there
 * the schema is the one that the table was made with, or a base file's.
 *
 * @see <a href="https://hudi.apache.org/tech-specs/">Hudi's specification</a>
 */
final class HudiTimeline {
    private static final List<String> META_COLUMNS = List.of(
            "_hoodie_commit_time",
            "_hoodie_commit_seqno",
            "_hoodie_record_key",
            "_hoodie_partition_path",
            "_hoodie_file_name");
    private static final Pattern COMPLETED =
            Pattern.compile("\\d{14,17}(?:_\\d{14,17})?\\.(?:commit|deltacommit|replacecommit)");
    private static final int MOST_INSTANTS = 50;

    private HudiTimeline() {}

    /** @throws UnreadableFileException when the properties are damaged, or nothing gives the columns */
    static LakeTable read(LakeFiles files, DataFiles data) {
        Properties properties = properties(files);
        boolean onRead = properties.getProperty("hoodie.table.type", "").equals("MERGE_ON_READ");
        List<String> keys = keys(properties);
        List<StoredObject> instants = instants(files);
        String reason = "";
        List<Field> columns = List.of();
        int tried = 0;
        for (int i = instants.size() - 1; i >= 0 && columns.isEmpty() && tried < MOST_INSTANTS; i--, tried++) {
            columns = schema(files, instants.get(i));
            reason = "Hudi timeline, instant " + instants.get(i).fileName();
        }
        if (columns.isEmpty() && properties.containsKey("hoodie.table.create.schema")) {
            columns = avro(properties.getProperty("hoodie.table.create.schema"));
            reason = "Hudi property hoodie.table.create.schema";
        }
        if (columns.isEmpty()) {
            columns = data.columns();
            reason = "footer of the newest base file of a Hudi table";
        }
        if (columns.isEmpty()) {
            throw new UnreadableFileException("neither its timeline nor a base file gives its columns");
        }
        return new LakeTable(
                "hudi (" + (onRead ? "merge on read" : "copy on write") + ")",
                columns(columns, keys),
                keys.stream().map(key -> new Field(key, Plain.STRING)).toList(),
                data.partitions(keys),
                parameters(properties, instants),
                serde(files, onRead),
                data.stats(),
                reason);
    }

    private static Properties properties(LakeFiles files) {
        StoredObject object = files.list(".hoodie/").stream()
                .filter(file -> file.fileName().equals("hoodie.properties"))
                .findFirst()
                .orElseThrow(() -> new UnreadableFileException("its .hoodie/hoodie.properties is gone"));
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(files.text(object)));
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableFileException(object.uri() + " is damaged: " + e.getMessage(), e);
        }
        return properties;
    }

    /** Keys may name how they were made, {@code day:SIMPLE}. */
    private static List<String> keys(Properties properties) {
        return Arrays.stream(properties
                        .getProperty("hoodie.table.partition.fields", "")
                        .split(","))
                .map(key -> key.strip().replaceAll(":.*", "").toLowerCase(Locale.ROOT))
                .filter(key -> !key.isEmpty())
                .toList();
    }

    /** Completed instants of Hudi 0 and 1, by time. */
    private static List<StoredObject> instants(LakeFiles files) {
        List<StoredObject> instants = new ArrayList<>(files.list(".hoodie/"));
        instants.addAll(files.list(".hoodie/timeline/"));
        return instants.stream()
                .filter(object -> COMPLETED.matcher(object.fileName()).matches())
                .sorted(Comparator.comparing(StoredObject::fileName))
                .toList();
    }

    private static List<Field> schema(LakeFiles files, StoredObject instant) {
        String text = files.text(instant);
        if (!text.stripLeading().startsWith("{")) {
            return List.of(); // Hudi 1 writes Avro
        }
        return LakeFiles.json(instant, text).get("extraMetadata") instanceof Map<?, ?> extra
                        && extra.get("schema") instanceof String schema
                        && !schema.isBlank()
                ? avro(schema)
                : List.of();
    }

    private static List<Field> avro(String schema) {
        return AvroFiles.columns(schema).stream()
                .map(column -> new Field(column.name(), column.type()))
                .toList();
    }

    private static List<Field> columns(List<Field> found, List<String> keys) {
        Map<String, Field> columns = new LinkedHashMap<>();
        META_COLUMNS.forEach(name -> columns.put(name, new Field(name, Plain.STRING)));
        found.forEach(field -> columns.put(field.name().toLowerCase(Locale.ROOT), field));
        keys.forEach(columns::remove);
        return List.copyOf(columns.values());
    }

    private static Map<String, String> parameters(Properties properties, List<StoredObject> instants) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("classification", "hudi");
        parameters.put("table_type", "HUDI");
        parameters.put("spark.sql.sources.provider", "hudi");
        parameters.put("EXTERNAL", "TRUE");
        for (String name : List.of(
                "hoodie.table.name",
                "hoodie.table.type",
                "hoodie.table.version",
                "hoodie.table.recordkey.fields",
                "hoodie.table.partition.fields")) {
            String value = properties.getProperty(name);
            if (value != null && !value.isBlank()) {
                parameters.put(name, value);
            }
        }
        if (!instants.isEmpty()) {
            String name = instants.get(instants.size() - 1).fileName();
            parameters.put("last_commit_time_sync", name.replaceAll("[_.].*", ""));
        }
        return parameters;
    }

    private static Serde serde(LakeFiles files, boolean onRead) {
        return new Serde(
                "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                onRead
                        ? "org.apache.hudi.hadoop.realtime.HoodieParquetRealtimeInputFormat"
                        : "org.apache.hudi.hadoop.HoodieParquetInputFormat",
                "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
                Map.of("serialization.format", "1", "path", files.uri(), "hoodie.query.as.ro.table", "false"));
    }
}
