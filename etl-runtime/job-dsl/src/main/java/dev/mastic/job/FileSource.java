package dev.mastic.job;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What all sources of files can be told. Immutable: each method returns a refined copy.
 *
 * @param <S> the kind of source
 */
public sealed interface FileSource<S extends FileSource<S>>
        permits Csv, Json, Parquet, Orc, Avro, Xml, TextLines, CatalogTable {

    /** As told; null for {@link FileOptions#DEFAULTS}. */
    @Nullable
    FileOptions reading();

    /** This source, read otherwise. */
    S reading(FileOptions options);

    /** As told, or the defaults. */
    default FileOptions options() {
        FileOptions told = reading();
        return told == null ? FileOptions.DEFAULTS : told;
    }

    /**
     * Leaves out files whose path below the location matches one of these patterns, as in a crawler: {@code *} is any
     * characters of one folder or file name, {@code **} also of several, {@code ?} one, {@code {a,b}} a choice.
     */
    default S excluding(String... globs) {
        return reading(options().excluding(List.of(globs)));
    }

    /** Reads the files of the folder itself, and none of the folders in it. */
    default S thisFolderOnly() {
        return reading(options().in(FileOptions.Folders.THIS_ONE));
    }

    /** What is done with a file that a committed run has read and that was overwritten since; read again unless told. */
    default S onChangedFiles(FileOptions.ChangedFiles policy) {
        return reading(options().on(policy));
    }

    /** A run reads at most so many files, the oldest first: a backlog is worked off by several runs. */
    default S atMostFiles(int files) {
        return reading(options().bounded(files, 0));
    }

    /** A run reads files until they are so many megabytes together, the oldest first, and one file at least. */
    default S atMostMegabytes(int megabytes) {
        return reading(options().bounded(0, megabytes));
    }

    /** What is done when files have different columns; by default CSV files fail and others are merged. */
    default S onSchemaDrift(FileOptions.SchemaDrift policy) {
        return reading(options().on(policy));
    }

    /** Leaves out rows that do not fit their columns, and counts them; CSV, JSON and XML only. */
    default S droppingBadRows() {
        return reading(options().on(FileOptions.BadRows.DROP, null));
    }

    /** Keeps rows that do not fit their columns, with their text in a column of this name; CSV, JSON and XML only. */
    default S badRowsTo(String column) {
        return reading(options().on(FileOptions.BadRows.COLUMN, Names.column(column)));
    }

    /** The zone of timestamps that name none, {@code Europe/Berlin} for instance; UTC unless told. CSV, JSON and XML only. */
    default S timeZone(String zone) {
        return reading(options().timeZone(zone));
    }

    /** What is done when a partition key is also a column of the files; the run fails unless told. */
    default S onKeysInFiles(FileOptions.KeysInFiles policy) {
        return reading(options().on(policy));
    }

    /** What was told, null for the defaults: one spelling for what is equal. */
    static @Nullable FileOptions normal(@Nullable FileOptions options) {
        return FileOptions.DEFAULTS.equals(options) ? null : options;
    }
}
