package dev.mastic.crawler.classify;

import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.ColumnType.ArrayOf;
import dev.mastic.crawler.infer.ColumnType.Decimal;
import dev.mastic.crawler.infer.ColumnType.Field;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.ColumnType.Struct;
import dev.mastic.crawler.infer.Widening;
import dev.mastic.crawler.source.UnreadableFileException;
import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Texts as JSON lines. */
final class JsonFiles {
    private static final double LEAST_VALID = 0.9;

    private JsonFiles() {}

    /** Whether a text is JSON at all: it starts as an object or an array does. */
    static boolean looksLikeJson(SampleText text) {
        String start = text.text().stripLeading();
        return start.startsWith("{") || start.startsWith("[{") || start.matches("(?s)\\[\\s*\\{.*");
    }

    /** @throws UnreadableFileException when the text is JSON that does not stand in one object per line */
    static FileProfile profile(Sample sample, SampleText text) {
        if (text.text().stripLeading().startsWith("[")) {
            throw new UnreadableFileException(
                    "it is a JSON array; only JSON lines are read: write one object per line (jq -c '.[]')");
        }
        Struct row = new Struct(List.of());
        long valid = 0;
        long broken = 0;
        long number = 0;
        String firstBroken = "";
        for (String line : (Iterable<String>) text.text().lines()::iterator) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            Map<String, Object> object = parse(line);
            if (object == null) {
                broken++;
                firstBroken = firstBroken.isEmpty() ? "line " + number : firstBroken;
            } else {
                valid++;
                row = (Struct) Widening.join(row, struct(object));
            }
        }
        if (valid == 0 || valid < LEAST_VALID * (valid + broken)) {
            throw new UnreadableFileException("it starts as JSON, but " + broken + " of " + (valid + broken)
                    + " lines are no JSON object (the first is " + firstBroken
                    + "); only JSON lines are read: write one object per line (jq -c .)");
        }
        List<String> warnings = new ArrayList<>(text.warnings());
        if (broken > 0) {
            warnings.add(broken + " lines are no JSON object, the first is " + firstBroken);
        }
        return new FileProfile(
                sample.object(),
                new FileFormat.JsonLines(),
                text.compression(),
                row.fields().stream()
                        .map(field -> new ColumnProfile(field.name(), field.type(), null))
                        .toList(),
                false,
                Math.round(valid / Math.max(text.fraction(), 1e-9)),
                text.whole(),
                sample.bytes().length,
                List.of(valid + " lines are JSON objects"),
                warnings);
    }

    private static @Nullable Map<String, Object> parse(String line) {
        String trimmed = line.strip();
        if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) {
            return null;
        }
        try {
            return Json.readObject(trimmed.getBytes(StandardCharsets.UTF_8));
        } catch (RestException e) {
            return null;
        }
    }

    private static Struct struct(Map<?, ?> object) {
        List<Field> fields = new ArrayList<>();
        object.forEach((name, value) -> fields.add(new Field(String.valueOf(name), type(value))));
        // Joined with nothing, so that names that differ in case alone become one field.
        return (Struct) Widening.join(new Struct(List.of()), new Struct(fields));
    }

    private static ColumnType type(@Nullable Object value) {
        if (value == null) {
            return Plain.UNKNOWN;
        } else if (value instanceof Boolean) {
            return Plain.BOOLEAN;
        } else if (value instanceof Integer || value instanceof Long) {
            return Plain.BIGINT;
        } else if (value instanceof BigInteger big) {
            return big.abs().toString().length() <= Decimal.MOST_DIGITS
                    ? new Decimal(Decimal.MOST_DIGITS, 0)
                    : Plain.STRING;
        } else if (value instanceof Number) {
            return Plain.DOUBLE;
        } else if (value instanceof List<?> list) {
            ColumnType element = Plain.UNKNOWN;
            for (Object item : list) {
                element = Widening.join(element, type(item));
            }
            return new ArrayOf(element);
        } else if (value instanceof Map<?, ?> map) {
            return struct(map);
        }
        return Plain.STRING;
    }
}
