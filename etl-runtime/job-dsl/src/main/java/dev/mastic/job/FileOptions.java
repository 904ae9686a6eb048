package dev.mastic.job;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Which files of a source are read, and what is done with those that do not fit; see {@link FileSource} for what each
 * means. Immutable.
 *
 * @param exclusions patterns of files that are left out
 * @param folders whether folders below the location are read
 * @param changedFiles what is done with a file that was read before and has changed since
 * @param mostFiles of one run; 0 for no limit
 * @param mostMegabytes of one run; 0 for no limit
 * @param drift what is done when files have different columns; null for what is usual for the format
 * @param badRows what is done with a row that does not fit its columns
 * @param badRowsColumn the column that has the text of such a row, for {@link BadRows#COLUMN}; else null
 * @param timeZone of timestamps that name none, {@code Europe/Berlin} for instance; null for UTC
 * @param keysInFiles what is done when a partition key is also a column of the files
 */
public record FileOptions(
        List<String> exclusions,
        Folders folders,
        ChangedFiles changedFiles,
        int mostFiles,
        int mostMegabytes,
        @Nullable SchemaDrift drift,
        BadRows badRows,
        @Nullable String badRowsColumn,
        @Nullable String timeZone,
        KeysInFiles keysInFiles) {

    /** All files, whole; whatever does not fit fails the run. */
    public static final FileOptions DEFAULTS = new FileOptions(
            List.of(),
            Folders.ALL_BELOW,
            ChangedFiles.REPROCESS,
            0,
            0,
            null,
            BadRows.FAIL,
            null,
            null,
            KeysInFiles.FAIL);

    public FileOptions {
        exclusions = List.copyOf(exclusions);
        if (mostFiles < 0 || mostMegabytes < 0) {
            throw new IllegalArgumentException("The limit of a run's files is negative");
        }
        if (mostFiles > 0 && mostMegabytes > 0) {
            throw new IllegalArgumentException("A run is bounded by files or by megabytes, not by both");
        }
        if ((badRows == BadRows.COLUMN) != (badRowsColumn != null)) {
            throw new IllegalArgumentException("The column of bad rows belongs to badRows COLUMN");
        }
        if (timeZone != null) {
            try {
                java.time.ZoneId.of(timeZone);
            } catch (java.time.DateTimeException e) {
                throw new IllegalArgumentException(
                        "'" + timeZone + "' is no time zone; write for instance Europe/Berlin or +01:00", e);
            }
        }
    }

    /** Which folders are read. */
    public enum Folders {
        ALL_BELOW,
        THIS_ONE
    }

    /** What is done with a file that a run has read and that was overwritten since. */
    public enum ChangedFiles {
        /** It is read again whole. */
        REPROCESS,
        /** It is left out and counted. */
        IGNORE,
        /** The run fails and names it. */
        FAIL
    }

    /** What is done when the files of a run have different columns. */
    public enum SchemaDrift {
        /** The rows have the columns of all files; nulls stand for what a file lacks. */
        MERGE,
        /** The rows have the columns of the first file by name; what others have besides is left out. */
        FIRST,
        /** The run fails when a file has a column or a type that the first one has not. */
        FAIL
    }

    /** What is done with a row that does not fit its columns. */
    public enum BadRows {
        /** The run fails and names the file. */
        FAIL,
        /** It is left out, and counted in the run's metric {@code read.<step>.badRows}. */
        DROP,
        /** It is kept with the values that could be read, and its text stands in a column of its own. */
        COLUMN
    }

    /** What is done when a partition key, known from the folders, is also a column of the files. */
    public enum KeysInFiles {
        /** The run fails and names the key. */
        FAIL,
        /** The folder's value counts. */
        USE_FOLDERS,
        /** The file's value counts. */
        USE_FILES
    }

    FileOptions excluding(List<String> globs) {
        return new FileOptions(
                globs,
                folders,
                changedFiles,
                mostFiles,
                mostMegabytes,
                drift,
                badRows,
                badRowsColumn,
                timeZone,
                keysInFiles);
    }

    FileOptions in(Folders which) {
        return new FileOptions(
                exclusions,
                which,
                changedFiles,
                mostFiles,
                mostMegabytes,
                drift,
                badRows,
                badRowsColumn,
                timeZone,
                keysInFiles);
    }

    FileOptions on(ChangedFiles policy) {
        return new FileOptions(
                exclusions,
                folders,
                policy,
                mostFiles,
                mostMegabytes,
                drift,
                badRows,
                badRowsColumn,
                timeZone,
                keysInFiles);
    }

    FileOptions bounded(int files, int megabytes) {
        return new FileOptions(
                exclusions,
                folders,
                changedFiles,
                files,
                megabytes,
                drift,
                badRows,
                badRowsColumn,
                timeZone,
                keysInFiles);
    }

    FileOptions on(SchemaDrift policy) {
        return new FileOptions(
                exclusions,
                folders,
                changedFiles,
                mostFiles,
                mostMegabytes,
                policy,
                badRows,
                badRowsColumn,
                timeZone,
                keysInFiles);
    }

    FileOptions on(BadRows policy, @Nullable String column) {
        return new FileOptions(
                exclusions,
                folders,
                changedFiles,
                mostFiles,
                mostMegabytes,
                drift,
                policy,
                column,
                timeZone,
                keysInFiles);
    }

    FileOptions timeZone(String zone) {
        return new FileOptions(
                exclusions,
                folders,
                changedFiles,
                mostFiles,
                mostMegabytes,
                drift,
                badRows,
                badRowsColumn,
                zone,
                keysInFiles);
    }

    FileOptions on(KeysInFiles policy) {
        return new FileOptions(
                exclusions,
                folders,
                changedFiles,
                mostFiles,
                mostMegabytes,
                drift,
                badRows,
                badRowsColumn,
                timeZone,
                policy);
    }

    /** Adds the calls that refine a source so. */
    Calls calls(Calls source) {
        Calls calls = exclusions.isEmpty() ? source : source.then("excluding", exclusions);
        calls = folders == Folders.THIS_ONE ? calls.then("thisFolderOnly") : calls;
        calls = calls.unless(ChangedFiles.REPROCESS, "onChangedFiles", changedFiles)
                .unless(0, "atMostFiles", mostFiles)
                .unless(0, "atMostMegabytes", mostMegabytes);
        calls = drift == null ? calls : calls.then("onSchemaDrift", drift);
        calls = badRows == BadRows.DROP ? calls.then("droppingBadRows") : calls;
        calls = badRowsColumn == null ? calls : calls.then("badRowsTo", badRowsColumn);
        calls = timeZone == null ? calls : calls.then("timeZone", timeZone);
        return calls.unless(KeysInFiles.FAIL, "onKeysInFiles", keysInFiles);
    }
}
