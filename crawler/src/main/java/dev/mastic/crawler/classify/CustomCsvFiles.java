package dev.mastic.crawler.classify;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldModifier;
import dev.mastic.crawler.classify.CsvClassifierSettings.ContainsHeader;
import dev.mastic.crawler.classify.CsvClassifierSettings.Serde;
import dev.mastic.crawler.classify.TextFormat.CustomCsv;
import dev.mastic.crawler.infer.TextEvidence;
import dev.mastic.crawler.text.TextSniffer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Texts as CSV of the form that a custom classifier describes. */
final class CustomCsvFiles {
    private static final int ROWS_FOR_HEADER = 500;

    private CustomCsvFiles() {}

    static Verdict classify(CsvClassifierSettings settings, Sample sample, SampleText text) {
        @Nullable Character delimiter = settings.delimiter() == null ? found(text) : settings.delimiter();
        if (delimiter == null) {
            return Verdict.none(settings.name(), "no delimiter makes a table of it");
        }
        Quotes quotes = new Quotes();
        List<List<String>> rows = parse(text.text(), delimiter, settings.quote(), quotes);
        int width =
                settings.header().isEmpty() ? width(rows) : settings.header().size();
        if (width < (settings.singleColumn() ? 1 : 2)) {
            return Verdict.none(settings.name(), "it has a single column, and AllowSingleColumn is not set");
        } else if (width > JsonTypes.MOST_COLUMNS) {
            return Verdict.none(settings.name(), "it has " + width + " columns, more than " + JsonTypes.MOST_COLUMNS);
        }
        long fitting = rows.stream().filter(row -> row.size() == width).count();
        boolean header = header(settings, rows, text);
        List<List<String>> data = rows.subList(header ? 1 : 0, rows.size());
        if (fitting == 0 || data.isEmpty()) {
            return Verdict.none(
                    settings.name(), fitting == 0 ? "no row has " + width + " values" : "it has no row but its header");
        }
        String why = fitting + " of " + rows.size() + " rows have " + width + " values";
        CustomCsv format = new CustomCsv(
                delimiter,
                settings.quote(),
                header,
                header || !settings.header().isEmpty(),
                settings.serde());
        List<String> names = names(settings.header().isEmpty() && header ? rows.get(0) : settings.header(), width);
        FileProfile profile = new FileProfile(
                sample.object(),
                format,
                text.compression(),
                columns(settings, names, data),
                settings.serde() == Serde.OPEN_CSV || (settings.serde() == Serde.AS_SEEN && quotes.values(header) > 0),
                Math.round(data.size() / Math.max(text.fraction(), 1e-9)),
                text.whole(),
                sample.bytes().length,
                List.of(why + (header ? ", the first row is a header" : "")),
                warnings(settings, text, rows.size() - fitting, width, quotes.values(header)));
        return new Verdict(settings.name(), (double) fitting / rows.size(), profile, why);
    }

    private static @Nullable Character found(SampleText text) {
        String delimiter = TextSniffer.sniff(text.text(), text.encoding(), text.whole())
                .dialect()
                .delimiter();
        return delimiter.isEmpty() ? null : delimiter.charAt(0);
    }

    private static List<List<String>> parse(String text, char delimiter, char quote, Quotes quotes) {
        List<List<String>> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                        .fieldSeparator(delimiter)
                        .quoteCharacter(quote)
                        .ignoreDifferentFieldCount(true)
                        .maxBufferSize(2 * Sample.MOST_BYTES)
                        .build(new CsvRecordHandler(quotes), text);
                CloseableIterator<CsvRecord> records = reader.iterator()) {
            while (records.hasNext()) {
                rows.add(records.next().getFields());
            }
        } catch (CsvParseException e) {
            rows.add(List.of()); // an open quote swallows the rest, which counts as one row that does not fit
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static int width(List<List<String>> rows) {
        Map<Integer, Integer> widths = new HashMap<>();
        rows.forEach(row -> widths.merge(row.size(), 1, Integer::sum));
        return widths.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    private static boolean header(CsvClassifierSettings settings, List<List<String>> rows, SampleText text) {
        if (settings.containsHeader() != ContainsHeader.UNKNOWN || rows.isEmpty()) {
            return settings.containsHeader() == ContainsHeader.PRESENT;
        } else if (!settings.header().isEmpty()) {
            List<String> first = rows.get(0).stream().map(String::strip).toList();
            return first.equals(settings.header());
        }
        // Written anew in the form that is the easiest to tell, so that the header alone is in question.
        String plain = rows.stream()
                .limit(ROWS_FOR_HEADER)
                .map(row -> row.stream().map(CustomCsvFiles::plain).collect(Collectors.joining("\t")))
                .collect(Collectors.joining("\n", "", "\n"));
        return TextSniffer.sniff(plain, text.encoding(), true).dialect().headerRows() > 0;
    }

    private static String plain(String cell) {
        return cell.replaceAll("[\\s\"']+", " ").strip();
    }

    private static List<String> names(List<String> given, int width) {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < width; i++) {
            String name = i < given.size() ? given.get(i).strip().toLowerCase(Locale.ROOT) : "";
            name = name.isEmpty() ? "col" + i : name;
            String free = name;
            for (int n = 1; !taken.add(free); n++) {
                free = name + "_" + n;
            }
            names.add(free);
        }
        return names;
    }

    private static List<ColumnProfile> columns(
            CsvClassifierSettings settings, List<String> names, List<List<String>> data) {
        List<ColumnProfile> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            TextEvidence evidence = new TextEvidence();
            for (List<String> row : data) {
                if (i < row.size()) {
                    evidence.add(settings.trimming() ? row.get(i).strip() : row.get(i));
                }
            }
            columns.add(
                    settings.types().isEmpty()
                            ? new ColumnProfile(names.get(i), evidence.type(), evidence)
                            : new ColumnProfile(
                                    names.get(i),
                                    CustomDatatype.of(settings.types(), i, names.size(), evidence.type()),
                                    null));
        }
        return columns;
    }

    private static List<String> warnings(
            CsvClassifierSettings settings, SampleText text, long others, int width, long quoted) {
        List<String> warnings = new ArrayList<>(text.warnings());
        if (others > 0) {
            warnings.add(others + " rows have not " + width + " values");
        }
        if (settings.serde() == Serde.LAZY_SIMPLE && quoted > 0) {
            warnings.add(quoted + " values stand in quotes, which LazySimpleSerDe, named by the classifier "
                    + settings.name() + ", takes for a part of them; use OpenCSVSerDe");
        }
        return warnings;
    }

    private static final class Quotes implements FieldModifier {
        private long firstLine;
        private long others;

        @Override
        public String modify(long line, int index, boolean inQuotes, String value) {
            firstLine += inQuotes && line == 1 ? 1 : 0;
            others += inQuotes && line > 1 ? 1 : 0;
            return value;
        }

        /** Quotes around the names of a header say nothing of the values. */
        long values(boolean header) {
            return header ? others : firstLine + others;
        }
    }
}
