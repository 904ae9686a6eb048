package dev.mastic.bookmarks;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one write step of a run wrote.
 *
 * @param name the write step's name
 * @param location below which the files will appear, as {@code s3://bucket/prefix/}
 * @param uploads the files; empty when the step had no rows
 * @param table the catalog table to create or update; empty when the step registers none
 * @param replaced keys, in the location's bucket, of the objects to remove when the uploads are visible
 */
public record StagedOutput(
        String name,
        String location,
        List<PendingUpload> uploads,
        Optional<TableRegistration> table,
        List<String> replaced) {
    public StagedOutput {
        uploads = List.copyOf(uploads);
        replaced = orEmpty(replaced);
    }

    /** An output that replaces nothing. */
    public StagedOutput(String name, String location, List<PendingUpload> uploads, Optional<TableRegistration> table) {
        this(name, location, uploads, table, List.of());
    }

    /** A publication that an earlier version of the server stored has no such list. */
    private static List<String> orEmpty(@Nullable List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /**
     * The catalog table of an output of files.
     *
     * @param columns the columns of the files, without the partition keys, in Hive types
     * @param partitionKeys the partition keys in order, in Hive types
     * @param files what the files are and where the table is to find them; null for Parquet files that are added at the
     *     output's location
     */
    public record TableRegistration(
            String database,
            String table,
            List<Column> columns,
            List<Column> partitionKeys,
            @Nullable TableFiles files) {
        /** Property of tables of which runs have replaced partitions: those may be in folders that the runs made. */
        public static final String VERSIONED_PARTITIONS = "mastic.versioned-partitions";

        public TableRegistration {
            columns = List.copyOf(columns);
            partitionKeys = List.copyOf(partitionKeys);
        }

        /** Parquet files that are added at the output's location. */
        public TableRegistration(String database, String table, List<Column> columns, List<Column> partitionKeys) {
            this(database, table, columns, partitionKeys, null);
        }
    }

    /**
     * The files of a catalog table.
     *
     * @param serdeParameters what the format's reader must be told besides the format, by the catalog's names
     * @param location where the table is to be when the run is published
     * @param replacesLocation where the table was when the run replaced all of it; null when it did not, or when there was
     *     no table
     */
    public record TableFiles(
            Format format,
            Map<String, String> serdeParameters,
            Evolution evolution,
            Placement placement,
            String location,
            @Nullable String replacesLocation) {
        public TableFiles {
            serdeParameters = Map.copyOf(serdeParameters);
        }
    }

    /** What files are. */
    public enum Format {
        PARQUET,
        ORC,
        AVRO,
        JSON,
        CSV
    }

    /** What becomes of a table's columns when the files have others. */
    public enum Evolution {
        /** New ones are appended; another type is refused. */
        ADD,
        /** New ones are appended, and a type is made wider. */
        WIDEN,
        /** Any difference is refused. */
        REFUSE,
        /** The table keeps its columns; another type is refused. */
        KEEP
    }

    /** What becomes of what the table had. */
    public enum Placement {
        /** The files are added to it. */
        ADD,
        /** The table has these files alone. */
        REPLACE_TABLE,
        /** The partitions that have files now have these alone. */
        REPLACE_PARTITIONS
    }

    /**
     * A column in Hive's words.
     *
     * @param type {@code bigint}, {@code struct<a:int>} and so on
     */
    public record Column(String name, String type) {}
}
