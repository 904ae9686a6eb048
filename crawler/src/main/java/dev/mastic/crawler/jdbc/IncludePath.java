package dev.mastic.crawler.jdbc;

import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.List;

/**
 * The path of a JDBC target: {@code database/schema/table} or {@code database/table}, where {@code %} stands for any
 * characters in the schema and the table. Letters' case counts.
 *
 * @param first the part after the database
 * @param second the part after it; empty when there are two parts alone
 */
public record IncludePath(String database, String first, String second) {

    /**
     * Reads a path.
     *
     * @throws InvalidInputException naming the path, when it is of another form
     */
    public static IncludePath parse(String path) {
        List<String> parts = List.of(path.strip().split("/", -1));
        boolean whole =
                (parts.size() == 2 || parts.size() == 3) && parts.stream().noneMatch(String::isBlank);
        if (!whole || parts.get(0).indexOf('%') >= 0) {
            throw InvalidInputException.builder()
                    .message("Path '" + path + "' is not of a database: write database/schema/table, or database/table"
                            + " for MySQL and Oracle; % may stand in the schema and the table")
                    .build();
        }
        return new IncludePath(parts.get(0), parts.get(1), parts.size() == 3 ? parts.get(2) : "");
    }

    /** The pattern of the schema, in an engine that has schemas. */
    String schema(Engine engine) {
        if (!engine.hasSchemas()) {
            return "";
        }
        if (second.isEmpty()) {
            return engine.tableFollowsDatabase() ? "%" : first;
        }
        return first;
    }

    /** The pattern of the table. */
    String table(Engine engine) {
        if (second.isEmpty()) {
            return engine.tableFollowsDatabase() || !engine.hasSchemas() ? first : "%";
        }
        return second;
    }

    /** Whether a pattern names one thing alone. */
    static boolean exact(String pattern) {
        return pattern.indexOf('%') < 0;
    }

    /** Whether a name matches a pattern, without backtracking beyond the last %. */
    static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int retry = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '%') {
                star = p++;
                retry = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '%') {
            p++;
        }
        return p == pattern.length();
    }
}
