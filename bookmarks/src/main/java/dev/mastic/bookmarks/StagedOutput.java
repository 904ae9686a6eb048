package dev.mastic.bookmarks;

import java.util.List;
import java.util.Optional;

/**
 * What one write step of a run wrote.
 *
 * @param name the write step's name
 * @param location where the files will appear, as {@code s3://bucket/prefix/}
 * @param uploads the files; empty when the step had no rows
 * @param table the catalog table to create or update; empty when the step registers none
 */
public record StagedOutput(
        String name, String location, List<PendingUpload> uploads, Optional<TableRegistration> table) {
    public StagedOutput {
        uploads = List.copyOf(uploads);
    }

    /**
     * The catalog table of an output of Parquet files.
     *
     * @param columns the columns of the files, without the partition keys, in Hive types
     * @param partitionKeys the partition keys in order, in Hive types
     */
    public record TableRegistration(String database, String table, List<Column> columns, List<Column> partitionKeys) {
        public TableRegistration {
            columns = List.copyOf(columns);
            partitionKeys = List.copyOf(partitionKeys);
        }
    }

    /**
     * A column in Hive's words.
     *
     * @param type {@code bigint}, {@code struct<a:int>} and so on
     */
    public record Column(String name, String type) {}
}
