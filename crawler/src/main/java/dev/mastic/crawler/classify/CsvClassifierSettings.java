package dev.mastic.crawler.classify;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a custom classifier of CSV says of its files.
 *
 * @param delimiter null when it is to be found
 * @param quote the symbol around values
 * @param header names of the columns; empty when the files or nobody names them
 * @param trimming whether blanks around values do not count
 * @param singleColumn whether files of one column are taken
 * @param types Glue's names of types, one for each column, or those that columns may have; empty for what is found
 */
public record CsvClassifierSettings(
        String name,
        @Nullable Character delimiter,
        char quote,
        ContainsHeader containsHeader,
        List<String> header,
        boolean trimming,
        boolean singleColumn,
        List<String> types,
        Serde serde) {
    public CsvClassifierSettings {
        header = List.copyOf(header);
        types = List.copyOf(types);
    }

    /** Whether the first row names the columns. */
    public enum ContainsHeader {
        /** To be found out. */
        UNKNOWN,
        PRESENT,
        ABSENT
    }

    /** The SerDe that tables get. */
    public enum Serde {
        OPEN_CSV,
        LAZY_SIMPLE,
        /** The one that reads what was seen: OpenCSVSerDe when values are quoted, LazySimpleSerDe otherwise. */
        AS_SEEN
    }
}
