package dev.mastic.bookmarks.publish;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types of columns in Hive's words: which are one, and which of two is the wider. */
final class ColumnTypes {
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");
    private static final List<String> WHOLE = List.of("tinyint", "smallint", "int", "bigint");
    private static final List<String> FLOATING = List.of("float", "double");

    private ColumnTypes() {}

    /** One name for each type that Spark does not tell from others; a column without a type is a string. */
    static String normal(@Nullable String type) {
        if (type == null) {
            return "string";
        }
        String name = type.toLowerCase(Locale.ROOT).replace(" ", "");
        return switch (name) {
            case "integer" -> "int";
            case "long" -> "bigint";
            case "short" -> "smallint";
            case "byte" -> "tinyint";
            case "decimal", "numeric" -> "decimal(10,0)";
            default -> name.matches("(var)?char\\([0-9]+\\)") ? "string" : name;
        };
    }

    /** Whether each value of one type is a value of the other, which is another type; both {@linkplain #normal normal}. */
    static boolean isWider(String wide, String narrow) {
        if (WHOLE.contains(wide) && WHOLE.contains(narrow)) {
            return WHOLE.indexOf(wide) > WHOLE.indexOf(narrow);
        }
        if (FLOATING.contains(wide) && FLOATING.contains(narrow)) {
            return FLOATING.indexOf(wide) > FLOATING.indexOf(narrow);
        }
        Matcher wideDecimal = DECIMAL.matcher(wide);
        Matcher narrowDecimal = DECIMAL.matcher(narrow);
        if (wideDecimal.matches() && narrowDecimal.matches()) {
            int scale = number(wideDecimal, 2) - number(narrowDecimal, 2);
            int whole = number(wideDecimal, 1) - number(narrowDecimal, 1) - scale;
            return scale >= 0 && whole >= 0 && scale + whole > 0;
        }
        return false;
    }

    private static int number(Matcher decimal, int group) {
        return Integer.parseInt(decimal.group(group));
    }
}
