package dev.mastic.crawler.text;

import java.util.List;

/**
 * The rows of a text, each as wide as the table.
 *
 * @param names of the columns as the header has them, several header rows joined; empty texts without a header
 * @param rows values, as many in each row as there are names; empty texts where a row has none
 * @param skip physical lines above the first row of data
 * @param odd rows that did not fit, with what was done; their values are among {@code rows}
 * @param oddRows how many rows did not fit, those beyond {@code odd} too
 * @param repaired how many of them could be put right by the forms of their values
 * @param multiline values that go over several lines
 * @param quotedValues values in quotes, the header's aside
 * @param notes lines above and below the table, and comments
 * @param whole false when the limit of rows or cells ended the reading
 */
public record LoadedTable(
        List<String> names,
        List<List<String>> rows,
        long skip,
        List<Odd> odd,
        long oddRows,
        long repaired,
        long multiline,
        long quotedValues,
        List<String> notes,
        boolean whole) {

    public LoadedTable {
        names = List.copyOf(names);
        rows = List.copyOf(rows);
        odd = List.copyOf(odd);
        notes = List.copyOf(notes);
    }

    /**
     * A row that did not fit.
     *
     * @param line physical line that it starts in, from 1
     * @param found values that it has as it stands
     * @param what was done with it, for people
     * @param text as it stands in the file, cut when it is long
     */
    public record Odd(long line, int found, String what, String text) {}
}
