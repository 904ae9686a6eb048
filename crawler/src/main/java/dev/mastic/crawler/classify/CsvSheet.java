package dev.mastic.crawler.classify;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldModifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A text taken apart by one delimiter.
 *
 * @param rows values without their quotes
 * @param width how many values most rows have
 * @param quotedValues values in quotes, those of the first row aside
 * @param fitting share of the rows that have that many values, 0 to 1
 * @param multiline values with a line break in them
 */
record CsvSheet(char delimiter, List<List<String>> rows, int width, double fitting, long quotedValues, long multiline) {

    CsvSheet {
        rows = List.copyOf(rows);
    }

    /**
     * Takes a text apart.
     *
     * @param mostRows rows beyond are not looked at
     */
    static CsvSheet parse(String text, char delimiter, int mostRows) {
        List<List<String>> rows = new ArrayList<>();
        Quotes quotes = new Quotes();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                        .fieldSeparator(delimiter)
                        .ignoreDifferentFieldCount(true)
                        .maxBufferSize(2 * Sample.MOST_BYTES)
                        .build(new CsvRecordHandler(quotes), text);
                CloseableIterator<CsvRecord> records = reader.iterator()) {
            while (rows.size() < mostRows && records.hasNext()) {
                rows.add(records.next().getFields());
            }
        } catch (CsvParseException e) {
            // An opening quote that is never closed swallows the rest: with this delimiter the text makes no sense.
            rows.add(List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<Integer, Integer> widths = new HashMap<>();
        rows.forEach(row -> widths.merge(row.size(), 1, Integer::sum));
        int width = widths.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
        double fitting = rows.isEmpty() ? 0 : (double) widths.getOrDefault(width, 0) / rows.size();
        return new CsvSheet(delimiter, rows, width, fitting, quotes.quoted, quotes.multiline);
    }

    private static final class Quotes implements FieldModifier {
        private long quoted;
        private long multiline;

        @Override
        public String modify(long line, int index, boolean inQuotes, String value) {
            if (inQuotes && line > 1) {
                quoted++;
            }
            if (inQuotes && (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0)) {
                multiline++;
            }
            return value;
        }
    }
}
