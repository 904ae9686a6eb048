package dev.mastic.crawler.classify;

import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.TextEvidence;
import dev.mastic.crawler.infer.TextForm;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells whether the first row of a sheet names its columns, by the contrast to the rows below.
 *
 * @param header whether it does
 * @param why what decided
 */
record HeaderTest(boolean header, String why) {
    private static final int LONGEST_NAME = 149;
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_ .()/#%&:$-]*");
    private static final Pattern IDENTIFIER =
            Pattern.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)*|[a-z]+(?:[A-Z][a-z0-9]+)+");

    /** Tests a sheet. */
    static HeaderTest of(CsvSheet sheet) {
        List<String> first = sheet.rows().get(0);
        List<List<String>> below = sheet.rows().subList(1, sheet.rows().size());
        Set<String> names = new HashSet<>();
        for (int i = 0; i < first.size(); i++) {
            String cell = first.get(i).strip();
            boolean trailing = i == first.size() - 1 && cell.isEmpty();
            if (!trailing && !NAME.matcher(cell).matches()) {
                return new HeaderTest(false, "first row is data: '" + shown(cell) + "' is no column name");
            } else if (cell.length() > LONGEST_NAME) {
                return new HeaderTest(false, "first row is data: a value is longer than " + LONGEST_NAME);
            } else if (TextForm.of(cell).type() != Plain.STRING || TextForm.NULL_MARKERS.contains(cell)) {
                return new HeaderTest(false, "first row is data: '" + cell + "' is a value");
            } else if (!names.add(cell.toLowerCase(Locale.ROOT))) {
                return new HeaderTest(false, "first row is data: '" + cell + "' stands in it twice");
            }
        }
        if (below.isEmpty()) {
            boolean all = first.stream().allMatch(cell -> identifier(cell.strip()));
            return new HeaderTest(all, all ? "a single row of identifiers" : "a single row, not of identifiers");
        }
        return contrast(first, below);
    }

    private static HeaderTest contrast(List<String> first, List<List<String>> below) {
        for (int i = 0; i < first.size(); i++) {
            TextEvidence evidence = new TextEvidence();
            for (List<String> row : below) {
                if (i < row.size()) {
                    evidence.add(row.get(i).strip());
                }
            }
            if (evidence.type() != Plain.STRING && evidence.type() != Plain.UNKNOWN) {
                return new HeaderTest(
                        true,
                        "first row is a header: '" + shown(first.get(i).strip()) + "' stands above "
                                + evidence.type().hive());
            }
        }
        return amongTexts(first, below);
    }

    /** All columns are texts: names do not come back as values, and look like identifiers where values do not. */
    private static HeaderTest amongTexts(List<String> first, List<List<String>> below) {
        int identifiers = 0;
        int contrasts = 0;
        for (int i = 0; i < first.size(); i++) {
            String name = first.get(i).strip();
            boolean identifier = identifier(name);
            int alike = 0;
            int values = 0;
            for (List<String> row : below) {
                if (i < row.size() && !row.get(i).isBlank()) {
                    String value = row.get(i).strip();
                    if (value.equalsIgnoreCase(name) && !name.isEmpty()) {
                        return new HeaderTest(false, "first row is data: '" + shown(name) + "' comes back as a value");
                    }
                    values++;
                    alike += identifier(value) ? 1 : 0;
                }
            }
            identifiers += identifier ? 1 : 0;
            contrasts += identifier && values > 0 && 2 * alike < values ? 1 : 0;
        }
        boolean header = identifiers == first.size() && contrasts > 0;
        return new HeaderTest(
                header,
                header
                        ? "first row is a header: identifiers above texts of another form in " + contrasts + " columns"
                        : "no header: all columns are texts and the first row looks like the others");
    }

    /** Long values are none, and would go deep into the stack of the pattern's matcher. */
    private static boolean identifier(String text) {
        return text.length() <= LONGEST_NAME && IDENTIFIER.matcher(text).matches();
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}
