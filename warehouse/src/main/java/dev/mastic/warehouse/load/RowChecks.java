package dev.mastic.warehouse.load;

import dev.mastic.warehouse.dialect.Dialect;
import dev.mastic.warehouse.dialect.LoadNames;
import dev.mastic.warehouse.table.ForeignKey;
import dev.mastic.warehouse.table.TablePath;
import dev.mastic.warehouse.table.UniqueIndex;
import dev.mastic.warehouse.table.WarehouseTable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the constraints of a table would say of staged rows: queries for the numbers of the rows that would be refused.
 * Asking is cheaper than trying, and leaves nothing behind in the table.
 */
final class RowChecks {
    /** A question and what it means for the rows in its answer. */
    record Check(String sql, String reason) {}

    private final Dialect dialect;
    private final WarehouseTable table;
    private final String target;
    private final String staging;
    private final LoadMode mode;
    private final List<String> keys;
    private final List<String> columns;

    RowChecks(
            Dialect dialect,
            WarehouseTable table,
            TablePath staging,
            LoadMode mode,
            List<String> keys,
            List<String> columns) {
        this.dialect = dialect;
        this.table = table;
        this.target = table.path().quoted(dialect);
        this.staging = staging.quoted(dialect);
        this.mode = mode;
        this.keys = keys;
        this.columns = columns;
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        if (mode == LoadMode.MERGE) {
            checks.add(once(
                    keys,
                    "another row of this load has the same key (" + String.join(", ", keys)
                            + "); deduplicate the rows"));
        }
        for (UniqueIndex index : table.uniqueIndexes()) {
            if (columns.containsAll(index.columns())) {
                unique(index, checks);
            }
        }
        for (ForeignKey key : table.foreignKeys()) {
            // Rows of a table that refers to itself may come together.
            if (columns.containsAll(key.columns()) && !key.other().equals(table.path())) {
                checks.add(present(key));
            }
        }
        return checks;
    }

    private void unique(UniqueIndex index, List<Check> checks) {
        boolean byKeys = mode == LoadMode.MERGE && List.copyOf(keys).containsAll(index.columns());
        String words = "(" + String.join(", ", index.columns()) + ") of unique index " + index.name();
        if (!byKeys) {
            checks.add(once(index.columns(), "another row of this load has the same " + words));
        }
        String there = "SELECT s." + LoadNames.ROW + " FROM " + staging + " s WHERE EXISTS (SELECT 1 FROM " + target
                + " t WHERE " + same(index.columns(), "t", index.columns(), "s");
        String reason = "a row of table " + table.path() + " has the same " + words;
        if (mode == LoadMode.APPEND) {
            checks.add(new Check(there + ")", reason));
        } else if (mode == LoadMode.MERGE && !byKeys) {
            checks.add(new Check(there + " AND NOT (" + same(keys, "t", keys, "s") + "))", reason));
        }
    }

    private Check once(List<String> unique, String reason) {
        String list = unique.stream().map(dialect::quote).collect(Collectors.joining(", "));
        return new Check(
                "SELECT s." + LoadNames.ROW + " FROM " + staging + " s JOIN (SELECT " + list + ", MIN(" + LoadNames.ROW
                        + ") AS mastic_first FROM " + staging + " GROUP BY " + list + " HAVING COUNT(*) > 1) d ON "
                        + same(unique, "d", unique, "s") + " AND s." + LoadNames.ROW + " <> d.mastic_first",
                reason);
    }

    private Check present(ForeignKey key) {
        String given = key.columns().stream()
                .map(column -> "s." + dialect.quote(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        return new Check(
                "SELECT s." + LoadNames.ROW + " FROM " + staging + " s WHERE " + given
                        + " AND NOT EXISTS (SELECT 1 FROM "
                        + key.other().quoted(dialect) + " t WHERE "
                        + same(key.otherColumns(), "t", key.columns(), "s") + ")",
                "table " + key.other() + " has no row with this (" + String.join(", ", key.columns())
                        + "), which foreign key " + key.name() + " wants");
    }

    private String same(List<String> left, String leftAlias, List<String> right, String rightAlias) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            parts.add(leftAlias + "." + dialect.quote(left.get(i)) + " = " + rightAlias + "."
                    + dialect.quote(right.get(i)));
        }
        return String.join(" AND ", parts);
    }
}
