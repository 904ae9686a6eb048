package dev.mastic.crawler.classify;

import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.TextEvidence;
import dev.mastic.crawler.source.UnreadableFileException;
import dev.mastic.crawler.text.LenientReader;
import dev.mastic.crawler.text.LoadedTable;
import dev.mastic.crawler.text.SniffedText;
import dev.mastic.crawler.text.TextDialect;
import dev.mastic.crawler.text.TextLimits;
import dev.mastic.crawler.text.TextSniffer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Texts as CSV. */
final class CsvFiles {
    /** Below, rows have too little in common to make a table. */
    private static final double LEAST_FITTING = 0.5;

    private static final double LEAST_CONFIDENCE = 0.25;
    private static final int SHOWN_ODD = 3;
    private static final int LONGEST_SHOWN = 80;

    private CsvFiles() {}

    /** @throws UnreadableFileException when the text is prose, or has rows beyond the limits */
    static FileProfile profile(Sample sample, SampleText text) {
        SniffedText sniffed = TextSniffer.sniff(text.text(), text.encoding(), text.whole());
        TextDialect dialect = sniffed.dialect();
        if (sniffed.width() > TextLimits.DEFAULT.columns()) {
            throw new UnreadableFileException(
                    "its rows have " + sniffed.width() + " values, more than the " + TextLimits.DEFAULT.columns()
                            + " columns that a table may have; store it as rows of key and value");
        }
        LoadedTable table = LenientReader.read(sniffed, TextLimits.DEFAULT);
        List<List<String>> rows = text.whole() || table.rows().size() < 3
                ? table.rows()
                // The last row of a part of a file may be cut inside a value with line breaks.
                : table.rows().subList(0, table.rows().size() - 1);
        List<String> names = ColumnNames.of(table.names(), dialect.headerRows() > 0);
        List<TextEvidence> evidence = evidence(names, rows, blanksRemain(dialect, table));
        refuseProse(sniffed, table, evidence);
        Map<String, ColumnProfile> columns = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            columns.put(
                    names.get(i),
                    new ColumnProfile(names.get(i), evidence.get(i).type(), evidence.get(i)));
        }
        List<String> why = new ArrayList<>();
        why.add(String.format(Locale.ROOT, "dialect: %s; confidence %.2f", dialect.describe(), sniffed.confidence()));
        why.addAll(sniffed.reasons());
        sniffed.rejected().forEach(rejected -> why.add("rejected: " + rejected));
        return new FileProfile(
                sample.object(),
                new FileFormat.Csv(
                        dialect.delimiter(),
                        dialect.collapse(),
                        dialect.quoted() ? dialect.quote() : '"',
                        dialect.escape() == TextDialect.Escape.BACKSLASH,
                        dialect.headerRows() > 0,
                        Math.toIntExact(table.skip()),
                        dialect.footerLines(),
                        dialect.encoding().name()),
                text.compression(),
                List.copyOf(columns.values()),
                table.quotedValues() > 0,
                Math.round(rows.size() / Math.max(text.fraction(), 1e-9)),
                text.whole() && table.whole(),
                sample.bytes().length,
                why,
                warnings(text, dialect, table, columns.values()));
    }

    /** Whether engines see blanks around values that a person does not. */
    private static boolean blanksRemain(TextDialect dialect, LoadedTable table) {
        return dialect.padded() && table.quotedValues() == 0;
    }

    private static List<TextEvidence> evidence(List<String> names, List<List<String>> rows, boolean blanks) {
        List<TextEvidence> evidence = new ArrayList<>();
        names.forEach(name -> evidence.add(new TextEvidence()));
        for (List<String> row : rows) {
            for (int i = 0; i < names.size(); i++) {
                String value = row.get(i);
                evidence.get(i).add(blanks && !value.isEmpty() ? " " + value : value);
            }
        }
        return evidence;
    }

    private static List<String> warnings(
            SampleText text, TextDialect dialect, LoadedTable table, Collection<ColumnProfile> columns) {
        List<String> warnings = new ArrayList<>(text.warnings());
        if (!text.encoding().utf8()) {
            warnings.add(
                    "it is in " + text.encoding().charset().name() + ", not in UTF-8; the table says so to readers that"
                            + " heed serialization.encoding, others spoil letters beyond ASCII: convert it to be sure");
        }
        if (table.oddRows() > 0) {
            warnings.add(oddRows(table, columns.size()));
        }
        if (table.multiline() > 0) {
            warnings.add(
                    table.multiline() + " values hold line breaks, which engines that read line by line tear apart");
        }
        if (!dialect.comment().isEmpty()) {
            warnings.add("lines that begin with " + dialect.comment()
                    + " are comments; engines leave out only those above the data");
        }
        for (ColumnProfile column : columns) {
            if (column.text() != null && !column.text().misfits().isEmpty()) {
                warnings.add("column " + column.name() + ": " + column.text().misfits());
            }
        }
        if (!table.whole()) {
            warnings.add("only its first " + table.rows().size() + " rows were looked at");
        }
        return warnings;
    }

    private static String oddRows(LoadedTable table, int width) {
        StringBuilder text = new StringBuilder();
        text.append(table.oddRows())
                .append(" of ")
                .append(table.rows().size())
                .append(" rows have not ")
                .append(width)
                .append(" values or stray quotes:");
        for (LoadedTable.Odd odd :
                table.odd().subList(0, Math.min(SHOWN_ODD, table.odd().size()))) {
            String row = odd.text();
            text.append(" line ")
                    .append(odd.line())
                    .append(" has ")
                    .append(odd.found())
                    .append(" ('")
                    .append(row.length() > LONGEST_SHOWN ? row.substring(0, LONGEST_SHOWN) + "..." : row)
                    .append("');");
        }
        return text.substring(0, text.length() - 1);
    }

    private static void refuseProse(SniffedText sniffed, LoadedTable table, List<TextEvidence> evidence) {
        String reason = "";
        if (sniffed.width() == 1) {
            boolean typed =
                    evidence.get(0).type() != Plain.STRING && evidence.get(0).type() != Plain.UNKNOWN;
            boolean values =
                    table.rows().stream().allMatch(row -> row.get(0).strip().indexOf(' ') < 0);
            boolean header = sniffed.dialect().headerRows() > 0;
            if (!typed && !(values && table.rows().size() + sniffed.dialect().headerRows() > 1) && !header) {
                reason = "a text of one column, which is prose or lines of another format";
            }
        } else {
            long fitting = table.rows().size() - table.oddRows();
            if (table.rows().size() > 2
                            && fitting < LEAST_FITTING * table.rows().size()
                    || (sniffed.fitting() < LEAST_FITTING && sniffed.dialect().headerRows() == 0)
                    || sniffed.confidence() < LEAST_CONFIDENCE) {
                reason = "rows that have too little in common";
            }
        }
        if (table.rows().isEmpty() && sniffed.dialect().headerRows() == 0
                || reason.isEmpty()
                        && table.rows().size() == 1
                        && sniffed.dialect().headerRows() == 0
                        && sniffed.width() < 3) {
            reason = "a single line of text, which is not a header of CSV either";
        }
        if (!reason.isEmpty()) {
            throw new UnreadableFileException("its format is unknown: " + reason + " (best: "
                    + sniffed.dialect().describe() + "; " + String.join("; ", sniffed.rejected()) + ")");
        }
    }
}
