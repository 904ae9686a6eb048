package dev.mastic.crawler.classify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of columns that every engine takes: lower case, without signs, different, and not too long. */
public final class ColumnNames {
    /** Half of what the catalog takes (255), so that names made different still fit and engines with shorter limits read them. */
    private static final int LONGEST = 128;

    private ColumnNames() {}

    /**
     * Names for a table's columns.
     *
     * @param found as the file has them
     * @param header whether the file names its columns; otherwise they become col0, col1
     */
    public static List<String> of(List<String> found, boolean header) {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < found.size(); i++) {
            String name = header ? safe(found.get(i)) : "";
            name = name.isEmpty() ? "col" + i : name;
            String free = name;
            for (int n = 1; !taken.add(free); n++) {
                String end = "_" + n;
                free = (name.length() + end.length() > LONGEST ? name.substring(0, LONGEST - end.length()) : name)
                        + end;
            }
            names.add(free);
        }
        return names;
    }

    /** Letters, digits and underscores alone are names that every engine takes without quotes. */
    private static String safe(String name) {
        String clean = name.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_]+", "_");
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean;
    }
}
