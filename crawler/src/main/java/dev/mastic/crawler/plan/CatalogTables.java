package dev.mastic.crawler.plan;

import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.Map;

/** Reads members of tables that the catalog answered. */
public final class CatalogTables {
    /** Stands between a location and the name of a connection in what tells places apart. */
    public static final String CONNECTION = " by connection ";

    private CatalogTables() {}

    /** Where a table lies; empty when it says nothing, as a view. */
    public static String location(Table table) {
        return table.storageDescriptor() == null || table.storageDescriptor().location() == null
                ? ""
                : table.storageDescriptor().location();
    }

    /** The crawler that made a table; empty when none did. */
    public static String crawler(Table table) {
        return table.parameters().getOrDefault(Marks.UPDATED_BY, "");
    }

    /**
     * What tells a table's place from all others: its location, and for a table of a database, whose location names no
     * server, its connection.
     */
    static String place(String location, Map<String, String> parameters) {
        String connection = parameters.getOrDefault("connectionName", "");
        return location.contains("://") || connection.isEmpty() ? location : location + CONNECTION + connection;
    }

    /** Whether two addresses are one place. */
    public static boolean sameLocation(String a, String b) {
        return normalized(a).equals(normalized(b));
    }

    static String normalized(String location) {
        String plain = location.startsWith("s3a://") || location.startsWith("s3n://")
                ? "s3://" + location.substring("s3a://".length())
                : location;
        int end = plain.length();
        while (end > 0 && plain.charAt(end - 1) == '/') {
            end--;
        }
        return plain.substring(0, end);
    }

    /** The members of a table that can be written. */
    public static TableInput input(Table table) {
        return TableInput.builder()
                .name(table.name())
                .description(table.description())
                .owner(table.owner())
                .lastAccessTime(table.lastAccessTime())
                .lastAnalyzedTime(table.lastAnalyzedTime())
                .retention(table.retention())
                .storageDescriptor(table.storageDescriptor())
                .partitionKeys(table.partitionKeys())
                .viewOriginalText(table.viewOriginalText())
                .viewExpandedText(table.viewExpandedText())
                .tableType(table.tableType())
                .parameters(table.parameters())
                .build();
    }
}
