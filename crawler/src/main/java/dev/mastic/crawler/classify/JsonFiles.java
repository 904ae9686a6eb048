package dev.mastic.crawler.classify;

import dev.mastic.crawler.classify.TextFormat.JsonDocuments;
import dev.mastic.crawler.classify.TextFormat.JsonLayout;
import dev.mastic.crawler.source.UnreadableFileException;
import dev.mastic.wire.rest.JsonValues;
import dev.mastic.wire.rest.JsonValues.End;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Texts as JSON: an object in each line, an array of objects, or objects over several lines. */
final class JsonFiles {
    private static final double LEAST_VALID = 0.9;

    /** Engines give up on types that are nested deeper. */
    static final int DEEPEST = 100;

    private JsonFiles() {}

    /** Whether a text is JSON at all: it starts as an object or an array does. */
    static boolean looksLikeJson(SampleText text) {
        String start = text.text().stripLeading();
        return start.startsWith("{") || start.startsWith("[{") || start.matches("(?s)\\[\\s*\\{.*");
    }

    /** @throws UnreadableFileException when the text is no JSON of objects */
    static FileProfile profile(Sample sample, SampleText text) {
        if (text.text().stripLeading().startsWith("[")) {
            return documents(sample, text);
        }
        Lines lines = Lines.of(text.text());
        if (lines.mostly()) {
            return lines(sample, text, lines);
        } else if (lines.valid > 0 && JsonValues.read(text.text(), DEEPEST).end() == End.BROKEN) {
            throw new UnreadableFileException("it starts as JSON, but " + lines.broken + " of "
                    + (lines.valid + lines.broken) + " lines are no JSON object (the first is " + lines.firstBroken
                    + "); write one object per line (jq -c .)");
        }
        return documents(sample, text);
    }

    private static FileProfile lines(Sample sample, SampleText text, Lines lines) {
        List<String> warnings = new ArrayList<>(text.warnings());
        if (lines.broken > 0) {
            warnings.add(lines.broken + " lines are no JSON object, the first is " + lines.firstBroken);
        }
        return profile(
                sample,
                text,
                new FileFormat.JsonLines(),
                lines.columns,
                lines.valid,
                List.of(lines.valid + " lines are JSON objects"),
                warnings);
    }

    private static FileProfile documents(Sample sample, SampleText text) {
        JsonValues read = JsonValues.read(text.text(), DEEPEST);
        boolean array = read.values().size() == 1 && read.values().get(0) instanceof List<?>;
        List<@Nullable Object> rows = new ArrayList<>();
        for (Object value : read.values()) {
            if (value instanceof List<?> list) {
                rows.addAll(list);
            } else {
                rows.add(value);
            }
        }
        if (read.end() != End.WHOLE && rows.size() > 1) {
            // The last one lacks what comes after the break.
            rows.remove(rows.size() - 1);
        }
        JsonTypes.Columns columns = new JsonTypes.Columns();
        long objects = 0;
        for (Object row : rows) {
            if (row instanceof Map<?, ?> object) {
                objects++;
                columns.add(object);
            }
        }
        if (objects == 0 || objects < LEAST_VALID * rows.size() || (read.end() == End.BROKEN && rows.size() < 2)) {
            throw new UnreadableFileException("it starts as JSON, but "
                    + (read.problem().isEmpty()
                            ? objects + " of its " + rows.size() + " values are objects"
                            : read.problem())
                    + "; write one object per line (jq -c .)");
        }
        JsonLayout layout =
                array ? JsonLayout.ARRAY : read.values().size() == 1 ? JsonLayout.OBJECT : JsonLayout.OBJECTS;
        List<String> warnings = new ArrayList<>(text.warnings());
        if (read.end() == End.BROKEN || (read.end() == End.CUT_OFF && text.whole())) {
            warnings.add("its JSON is broken: " + read.problem() + "; only the " + objects
                    + " objects before that were looked at");
        }
        return profile(
                sample,
                text,
                new JsonDocuments(layout),
                columns,
                objects,
                List.of(
                        layout == JsonLayout.ARRAY
                                ? "one JSON array of " + objects + " objects"
                                : objects + " JSON objects, not one in each line"),
                warnings);
    }

    private static FileProfile profile(
            Sample sample,
            SampleText text,
            FileFormat format,
            JsonTypes.Columns columns,
            long records,
            List<String> evidence,
            List<String> warnings) {
        List<String> all = new ArrayList<>(warnings);
        if (columns.more()) {
            all.add("it has more than " + JsonTypes.MOST_COLUMNS + " names at the top of its objects; the others are"
                    + " left out: keep what varies in an array of name and value");
        }
        return new FileProfile(
                sample.object(),
                format,
                text.compression(),
                columns.profiles(),
                false,
                Math.round(records / Math.max(text.fraction(), 1e-9)),
                text.whole(),
                sample.bytes().length,
                evidence,
                all);
    }

    /** A text read line by line. */
    static final class Lines {
        private final JsonTypes.Columns columns = new JsonTypes.Columns();
        private long valid;
        private long broken;
        private String firstBroken = "";

        private static Lines of(String text) {
            Lines lines = new Lines();
            long number = 0;
            for (String line : (Iterable<String>) text.lines()::iterator) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                Map<?, ?> object = parse(line);
                if (object == null) {
                    lines.broken++;
                    lines.firstBroken = lines.firstBroken.isEmpty() ? "line " + number : lines.firstBroken;
                } else {
                    lines.valid++;
                    lines.columns.add(object);
                }
            }
            return lines;
        }

        private boolean mostly() {
            return valid > 0 && valid >= LEAST_VALID * (valid + broken);
        }
    }

    /** The object that a line is; null when it is none. */
    static @Nullable Map<?, ?> parse(String line) {
        String trimmed = line.strip();
        if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) {
            return null;
        }
        JsonValues read = JsonValues.read(trimmed, DEEPEST);
        return read.end() == End.WHOLE
                        && read.values().size() == 1
                        && read.values().get(0) instanceof Map<?, ?> object
                ? object
                : null;
    }
}
