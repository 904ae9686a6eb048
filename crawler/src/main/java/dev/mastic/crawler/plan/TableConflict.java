package dev.mastic.crawler.plan;

import dev.mastic.crawler.find.FoundTable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import static dev.mastic.crawler.plan.SourceParameters.ICEBERG_METADATA;

/** Tells files that cannot stand in a table at all. */
final class TableConflict {
    private TableConflict() {}

    /** Why the files do not fit a table; empty when they do. */
    static String between(Table existing, FoundTable found, TableInput fresh) {
        StorageDescriptor storage = existing.storageDescriptor();
        StorageDescriptor wanted = fresh.storageDescriptor();
        if (storage == null || (storage.serdeInfo() == null && wanted.serdeInfo() != null)) {
            return "it has no storage descriptor or SerDe, as views have none";
        }
        String metadata = existing.parameters().get(ICEBERG_METADATA);
        String metadataNow = fresh.parameters().get(ICEBERG_METADATA);
        if (metadata != null && !metadata.equals(metadataNow) && !byCrawler(existing, fresh)) {
            return "an engine of Iceberg keeps it by itself, its " + ICEBERG_METADATA + " is " + metadata;
        }
        List<String> keys = names(existing.partitionKeys());
        List<String> keysNow = names(fresh.partitionKeys());
        if (!keys.equals(keysNow)) {
            return "it is partitioned by " + keys + ", the folders give " + keysNow;
        }
        String library = library(storage.serdeInfo());
        if (!kind(library).equals(kind(library(wanted.serdeInfo())))) {
            return "its SerDe is " + library + ", the files are " + found.format();
        }
        String delimiterNow = fresh.parameters().get("delimiter");
        if (delimiterNow != null) {
            String delimiter = existing.parameters().getOrDefault("delimiter", delimiterNow);
            boolean header = header(existing.parameters());
            if (!delimiter.equals(delimiterNow) || header != header(fresh.parameters())) {
                return "its delimiter is '" + delimiter + "' " + (header ? "with" : "without")
                        + " header, the files are " + found.format();
            }
        }
        return "";
    }

    /** Whether this crawler wrote what the table says of Iceberg: a commit of an engine must never be taken back. */
    private static boolean byCrawler(Table existing, TableInput fresh) {
        return CatalogTables.crawler(existing).equals(fresh.parameters().get(Marks.UPDATED_BY))
                && !Written.of(existing)
                        .byPerson(
                                "parameter " + ICEBERG_METADATA,
                                existing.parameters().get(ICEBERG_METADATA));
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static boolean header(Map<String, String> parameters) {
        return !parameters.getOrDefault("skip.header.line.count", "0").equals("0");
    }

    private static String library(@Nullable SerDeInfo serde) {
        return serde == null ? "" : String.valueOf(serde.serializationLibrary());
    }

    private static String kind(String serde) {
        String lower = serde.toLowerCase(Locale.ROOT);
        if (lower.contains("parquet")) {
            return "parquet";
        } else if (lower.contains("json")) {
            return "json";
        }
        return lower.contains("csv") || lower.contains("lazysimple") ? "csv" : lower;
    }
}
