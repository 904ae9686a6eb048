package dev.mastic.job;

import org.jspecify.annotations.Nullable;

/**
 * A table of the catalog whose files are CSV, JSON, Parquet, ORC, Avro or XML. Its columns, types and partitions are the
 * catalog's. Files in folders {@code key=value} below the table are read although the catalog has not learned that
 * partition yet. Immutable: each method returns a refined copy.
 *
 * @param where condition on the partition keys, null for all partitions
 * @param onlyNewFiles see {@link #newFilesOnly()}
 * @param reading see {@link FileSource}
 */
public record CatalogTable(
        TableName table,
        @Nullable String where,
        boolean onlyNewFiles,
        @Nullable FileOptions reading) implements Source, FileSource<CatalogTable> {
    public CatalogTable {
        reading = FileSource.normal(reading);
    }

    /** All of a table. */
    public static CatalogTable of(String database, String table) {
        return new CatalogTable(new TableName(database, table), null, false, null);
    }

    /**
     * Only the partitions that match, {@code year = '2026' and month >= '06'} for instance. Files of other partitions
     * are neither listed as input nor remembered by the bookmark.
     */
    public CatalogTable where(String condition) {
        return new CatalogTable(table, condition, onlyNewFiles, reading);
    }

    /** Reads only files that no committed run of the job has read. */
    public CatalogTable newFilesOnly() {
        return new CatalogTable(table, where, true, reading);
    }

    @Override
    public CatalogTable reading(FileOptions options) {
        return new CatalogTable(table, where, onlyNewFiles, options);
    }

    @Override
    public Calls calls() {
        Calls calls = Calls.of(CatalogTable.class, "of", table.database(), table.table());
        calls = where == null ? calls : calls.then("where", where);
        return options().calls(onlyNewFiles ? calls.then("newFilesOnly") : calls);
    }

    @Override
    public String describe() {
        return "table " + table + (where == null ? "" : " where " + where) + (onlyNewFiles ? ", new files only" : "");
    }
}
