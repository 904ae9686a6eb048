package dev.mastic.catalog.partition;

import dev.mastic.catalog.partition.PartitionStore.Stored;
import dev.mastic.wire.GlueJson;

/**
 * Stored partitions as the JSON of answers. What is stored is the model's JSON but for the names of the table, so that it
 * can be copied; where it is not as expected, the model is made.
 */
final class PartitionJson {
    private static final String STORAGE = "\"StorageDescriptor\":{";
    private static final String COLUMNS = "\"Columns\":[";

    private final PartitionedTable table;
    private final String catalogId;
    private final boolean withoutColumns;
    private final String names;

    PartitionJson(PartitionedTable table, String catalogId, boolean withoutColumns) {
        this.table = table;
        this.catalogId = catalogId;
        this.withoutColumns = withoutColumns;
        this.names = "{\"DatabaseName\":" + GlueJson.quote(table.database()) + ",\"TableName\":"
                + GlueJson.quote(table.name()) + ",\"CatalogId\":" + GlueJson.quote(catalogId) + ",";
    }

    String list(Iterable<Stored> partitions) {
        StringBuilder json = new StringBuilder("[");
        for (Stored partition : partitions) {
            if (json.length() > 1) {
                json.append(',');
            }
            append(json, partition);
        }
        return json.append(']').toString();
    }

    private void append(StringBuilder json, Stored partition) {
        String definition = partition.definition();
        // A quote inside of a text is escaped, so this is a member, and of this name only the partition has an object.
        int storage = definition.indexOf(STORAGE);
        if (storage < 0) {
            json.append(GlueJson.write(
                    withoutColumns
                            ? PartitionedTable.withoutColumns(table.partition(partition, catalogId))
                            : table.partition(partition, catalogId)));
            return;
        }
        json.append(names);
        int columns = storage + STORAGE.length();
        if (withoutColumns && definition.startsWith(COLUMNS, columns)) {
            int end = endOfArray(definition, columns + COLUMNS.length());
            int rest = definition.charAt(end) == ',' ? end + 1 : end;
            json.append(definition, 1, columns).append(definition, rest, definition.length());
        } else {
            json.append(definition, 1, definition.length());
        }
    }

    /** The index after the bracket that closes an array. */
    private static int endOfArray(String json, int start) {
        int depth = 1;
        boolean text = false;
        int at = start;
        while (depth > 0) {
            char c = json.charAt(at++);
            if (text) {
                if (c == '\\') {
                    at++;
                } else if (c == '"') {
                    text = false;
                }
            } else if (c == '"') {
                text = true;
            } else if (c == '[') {
                depth++;
            } else if (c == ']') {
                depth--;
            }
        }
        return at;
    }
}
