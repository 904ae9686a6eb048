package dev.mastic.crawler.infer;

import dev.mastic.crawler.infer.ColumnType.ArrayOf;
import dev.mastic.crawler.infer.ColumnType.Decimal;
import dev.mastic.crawler.infer.ColumnType.Field;
import dev.mastic.crawler.infer.ColumnType.MapOf;
import dev.mastic.crawler.infer.ColumnType.Other;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.ColumnType.Struct;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads types as the catalog spells them. */
public final class HiveTypes {
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),(\\d{1,2})\\)");

    private HiveTypes() {}

    /** The type that a text spells; {@link Other} when a crawler never writes such a type. */
    public static ColumnType parse(String text) {
        String type = text.strip();
        String lower = type.toLowerCase(Locale.ROOT);
        for (Plain plain : Plain.values()) {
            if (plain != Plain.UNKNOWN && plain.hive().equals(lower)) {
                return plain;
            }
        }
        if (lower.equals("integer")) {
            return Plain.INT;
        }
        Matcher decimal = DECIMAL.matcher(lower.replace(" ", ""));
        if (decimal.matches()) {
            return new Decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        } else if (lower.startsWith("array<") && lower.endsWith(">")) {
            return new ArrayOf(parse(type.substring(6, type.length() - 1)));
        } else if (lower.startsWith("map<") && lower.endsWith(">")) {
            List<String> parts = split(type.substring(4, type.length() - 1));
            return parts.size() == 2 ? new MapOf(parse(parts.get(0)), parse(parts.get(1))) : new Other(type);
        } else if (lower.startsWith("struct<") && lower.endsWith(">")) {
            return struct(type);
        }
        return new Other(type);
    }

    private static ColumnType struct(String type) {
        List<Field> fields = new ArrayList<>();
        for (String part : split(type.substring(7, type.length() - 1))) {
            int colon = part.indexOf(':');
            if (colon < 1) {
                return new Other(type);
            }
            fields.add(new Field(part.substring(0, colon).strip(), parse(part.substring(colon + 1))));
        }
        return new Struct(fields);
    }

    /** Parts between commas that are in no bracket. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '<' || c == '(') {
                depth++;
            } else if (c == '>' || c == ')') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
