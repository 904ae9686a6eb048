package dev.mastic.job;

/** Files of one format below a location: a source as they are, and a target when a write step names them. Immutable. */
public sealed interface FileLocation permits Csv, Json, Parquet, Orc, Avro {

    /**
     * As a target.
     *
     * @throws IllegalArgumentException when it was refined in a way that is for reading only
     */
    FileOutput output();

    /** As a target: rows go to folders named {@code column=value}, one level a column. */
    default FileOutput partitionedBy(String... columns) {
        return output().partitionedBy(columns);
    }

    /** As a target: the catalog table that shows what was written, made when it is missing. */
    default FileOutput registeredAs(String database, String table) {
        return output().registeredAs(database, table);
    }

    /** As a target: how the files are packed. */
    default FileOutput compressedBy(Compression compression) {
        return output().compressedBy(compression);
    }

    /** As a target: all files that are there are replaced. */
    default FileOutput overwrite() {
        return output().overwrite();
    }

    /** As a target: the files of the partitions that rows go to are replaced. */
    default FileOutput overwritePartitions() {
        return output().overwritePartitions();
    }

    /** As a target: the rows of each file are sorted. */
    default FileOutput sortedBy(String... columns) {
        return output().sortedBy(columns);
    }

    /** As a target: what becomes of the table when its columns change. */
    default FileOutput onSchemaChange(SchemaChange change) {
        return output().onSchemaChange(change);
    }

    /** As a target: files of about this size. */
    default FileOutput megabytesPerFile(int megabytes) {
        return output().megabytesPerFile(megabytes);
    }

    /** As a target: no file has more rows than this. */
    default FileOutput rowsPerFile(int rows) {
        return output().rowsPerFile(rows);
    }

    /** Refuses what was refined for reading. */
    static void requireTarget(String title, String location, Object... readingOnly) {
        for (Object refinement : readingOnly) {
            boolean untouched = Boolean.FALSE.equals(refinement)
                    || (refinement instanceof java.util.List<?> list && list.isEmpty())
                    || FileOptions.DEFAULTS.equals(refinement);
            if (!untouched) {
                throw new IllegalArgumentException("The target " + title + ".at(\"" + location
                        + "\") has words that are for reading (newFilesOnly(), column(), excluding() and so on);"
                        + " leave them out");
            }
        }
    }
}
