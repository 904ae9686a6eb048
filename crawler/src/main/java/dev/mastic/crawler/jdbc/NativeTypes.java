package dev.mastic.crawler.jdbc;

import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.ColumnType.ArrayOf;
import dev.mastic.crawler.infer.ColumnType.Decimal;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.HiveTypes;
import dev.mastic.crawler.jdbc.TypeTable.Rule;
import org.jspecify.annotations.Nullable;

import java.sql.JDBCType;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What native types become in the catalog. */
final class NativeTypes {
    private static final Pattern PARAMETERS = Pattern.compile("\\([^()]*\\)");
    private static final Pattern NUMBERS = Pattern.compile("\\(\\s*(-?\\d{1,9})\\s*(?:,\\s*(-?\\d{1,9})\\s*)?\\)");
    private static final Pattern SPACES = Pattern.compile("\\s{2,}");
    private static final String H2_ARRAY = " array";
    private static final Decimal WITHOUT_DIGITS = new Decimal(Decimal.MOST_DIGITS, 18);
    private static final int BITS_OF_BIGINT = 63;

    private NativeTypes() {}

    /**
     * A type for the catalog.
     *
     * @param note what a reader of the column should know; empty when it is nothing
     * @param lossy whether values may lose digits
     */
    record Mapped(ColumnType type, String note, boolean lossy) {
        static Mapped of(ColumnType type) {
            return new Mapped(type, "", false);
        }
    }

    static Mapped of(Engine engine, NativeColumn column) {
        Mapped mapped = named(engine, column.resolved().strip().toLowerCase(Locale.ROOT));
        if (mapped != null) {
            return mapped;
        }
        Rule rule = TypeTable.JDBC.find(jdbcName(column.jdbcType()));
        return rule == null
                ? new Mapped(Plain.STRING, "the catalog has no such type; it is read as text", false)
                : mapped(rule, column.resolved());
    }

    private static @Nullable Mapped named(Engine engine, String type) {
        if (type.endsWith("[]") || type.endsWith(H2_ARRAY)) {
            String element = type.substring(0, type.length() - (type.endsWith("[]") ? 2 : H2_ARRAY.length()));
            Mapped inner = named(engine, element.strip());
            return inner == null
                    ? new Mapped(new ArrayOf(Plain.STRING), element + " is read as text", false)
                    : new Mapped(new ArrayOf(inner.type()), inner.note(), inner.lossy());
        }
        Rule rule = engine.types().find(name(type));
        return rule == null ? null : mapped(rule, type);
    }

    /** The name without parameters: {@code timestamp(3) with time zone} is {@code timestamp with time zone}. */
    static String name(String type) {
        if (type.startsWith("enum(") || type.startsWith("set(")) {
            return type.substring(0, type.indexOf('('));
        }
        String name = PARAMETERS.matcher(type).replaceAll(" ");
        name = name.replace(" zerofill", "").replace(" identity", "");
        return SPACES.matcher(name.strip()).replaceAll(" ");
    }

    private static Mapped mapped(Rule rule, String type) {
        Matcher numbers = NUMBERS.matcher(type);
        boolean found = numbers.find();
        int first = found ? Integer.parseInt(numbers.group(1)) : 0;
        int second = found && numbers.group(2) != null ? Integer.parseInt(numbers.group(2)) : 0;
        return switch (rule.target()) {
            case "decimal" -> decimal(type, first, second);
            case "tinyint-or-boolean" -> Mapped.of(first == 1 ? Plain.BOOLEAN : Plain.TINYINT);
            case "bits-as-text" ->
                first <= 1
                        ? Mapped.of(Plain.BOOLEAN)
                        : new Mapped(Plain.STRING, "bits are read as text of 0 and 1", false);
            case "bits-as-number" -> bitsAsNumber(first);
            default -> new Mapped(HiveTypes.parse(rule.target()), rule.note(), false);
        };
    }

    private static Mapped bitsAsNumber(int bits) {
        if (bits <= 1) {
            return Mapped.of(Plain.BOOLEAN);
        }
        return new Mapped(
                bits <= BITS_OF_BIGINT ? Plain.BIGINT : new Decimal(20, 0), "bits are read as a number", false);
    }

    /** Keeps the digits before the point as long as it can. */
    private static Mapped decimal(String type, int precision, int scale) {
        if (precision <= 0) {
            return new Mapped(WITHOUT_DIGITS, "no precision is declared, " + WITHOUT_DIGITS.hive() + " is taken", true);
        }
        int digits = Math.max(scale < 0 ? precision - scale : precision, scale);
        int point = Math.max(0, scale);
        if (digits <= Decimal.MOST_DIGITS) {
            return Mapped.of(new Decimal(digits, point));
        }
        int whole = Math.min(Decimal.MOST_DIGITS, digits - point);
        Decimal cut = new Decimal(Decimal.MOST_DIGITS, Math.min(point, Decimal.MOST_DIGITS - whole));
        return new Mapped(
                cut,
                type + " has more digits than the " + Decimal.MOST_DIGITS + " that engines hold, " + cut.hive()
                        + " is taken",
                true);
    }

    private static String jdbcName(int type) {
        try {
            return JDBCType.valueOf(type).getName().toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            // A number of the vendor's own.
            return "";
        }
    }
}
