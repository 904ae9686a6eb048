package dev.mastic.crawler.classify;

import dev.mastic.crawler.infer.TextEvidence;
import dev.mastic.crawler.source.UnreadableFileException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Texts as CSV. */
final class CsvFiles {
    private CsvFiles() {}

    /** @throws UnreadableFileException when the text is no table of two columns or more */
    static FileProfile profile(Sample sample, SampleText text) {
        CsvDialects dialects = CsvDialects.of(text.text());
        CsvSheet sheet = dialects.sheet();
        if (sheet == null) {
            throw new UnreadableFileException("its format is unknown: neither JSON lines nor values between one of"
                    + " , | tab ; \\u0001 in rows of equal length"
                    + (dialects.scores().isEmpty() ? "" : " (" + String.join("; ", dialects.scores()) + ")"));
        }
        CsvSheet all = CsvSheet.parse(text.text(), sheet.delimiter(), Integer.MAX_VALUE);
        HeaderTest header = HeaderTest.of(sheet);
        if (all.rows().size() < 2 && !header.header()) {
            throw new UnreadableFileException(
                    "its format is unknown: a single line of text, which is not a header of CSV either");
        }
        List<String> warnings = new ArrayList<>(text.warnings());
        // The last row of a part of a file may be cut inside a value with line breaks.
        int end = text.whole() || all.rows().size() < 3
                ? all.rows().size()
                : all.rows().size() - 1;
        List<List<String>> rows = all.rows().subList(header.header() ? 1 : 0, end);
        List<String> names = names(sheet, header.header());
        List<TextEvidence> evidence = new ArrayList<>();
        names.forEach(name -> evidence.add(new TextEvidence()));
        long ragged = 0;
        for (List<String> row : rows) {
            ragged += row.size() == names.size() ? 0 : 1;
            for (int i = 0; i < Math.min(row.size(), names.size()); i++) {
                evidence.get(i).add(row.get(i).strip());
            }
        }
        if (ragged > 0) {
            warnings.add(ragged + " of " + rows.size() + " rows have not " + names.size() + " values");
        }
        if (all.multiline() > 0) {
            warnings.add(all.multiline() + " values hold line breaks, which engines that read line by line tear apart");
        }
        Map<String, ColumnProfile> columns = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            columns.put(
                    names.get(i),
                    new ColumnProfile(names.get(i), evidence.get(i).type(), evidence.get(i)));
        }
        List<String> why = new ArrayList<>(dialects.scores());
        why.add(header.why());
        return new FileProfile(
                sample.object(),
                new FileFormat.Csv(sheet.delimiter(), header.header()),
                text.compression(),
                List.copyOf(columns.values()),
                all.quotedValues() > 0,
                Math.round(rows.size() / Math.max(text.fraction(), 1e-9)),
                text.whole(),
                sample.bytes().length,
                why,
                warnings);
    }

    /** Names of the header, made different where they differ in case alone or are empty; col0, col1 without one. */
    private static List<String> names(CsvSheet sheet, boolean header) {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        int count = header ? sheet.rows().get(0).size() : sheet.width();
        for (int i = 0; i < count; i++) {
            // Letters, digits and underscores alone are names that every engine takes without quotes.
            String name = header
                    ? sheet.rows()
                            .get(0)
                            .get(i)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N}_]+", "_")
                    : "col" + i;
            name = name.isEmpty() ? "col" + i : name;
            String free = name;
            for (int n = 1; !taken.add(free); n++) {
                free = name + "_" + n;
            }
            names.add(free);
        }
        return names;
    }
}
