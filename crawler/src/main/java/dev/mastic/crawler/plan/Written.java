package dev.mastic.crawler.plan;

import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Table;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the crawler wrote into a table last, kept in the table itself so that it changes with it in one request: names of
 * columns, and short hashes of the values. What differs from it was changed by a person and is theirs.
 *
 * @param columns names in lower case
 * @param hashes by what they are of: {@code parameter delimiter}, {@code serde}, {@code serde field.delim},
 *     {@code comment id}, {@code description}
 */
record Written(Set<String> columns, Map<String, String> hashes) {
    /** Table parameter that it is kept in. */
    static final String PARAMETER = "mastic.written";

    private static final int LENGTH = 8;
    private static final String ABSENT = "";

    Written {
        columns = Set.copyOf(columns);
        hashes = Map.copyOf(hashes);
    }

    /** Nothing is known: nothing is taken for a person's. */
    static final Written UNKNOWN = new Written(Set.of(), Map.of());

    static Written of(Table table) {
        String text = table.parameters().get(PARAMETER);
        if (text == null) {
            return UNKNOWN;
        }
        try {
            Map<String, Object> root = Json.readObject(text.getBytes(StandardCharsets.UTF_8));
            Set<String> columns = new TreeSet<>();
            if (root.get("columns") instanceof List<?> names) {
                names.forEach(name -> columns.add(String.valueOf(name)));
            }
            Map<String, String> hashes = new TreeMap<>();
            if (root.get("hashes") instanceof Map<?, ?> all) {
                all.forEach((name, hash) -> hashes.put(String.valueOf(name), String.valueOf(hash)));
            }
            return new Written(columns, hashes);
        } catch (RestException e) {
            return UNKNOWN; // edited by hand: as good as absent
        }
    }

    /** The text of the parameter. */
    String text() {
        Map<String, Object> root = new TreeMap<>();
        root.put("columns", new TreeSet<>(columns));
        root.put("hashes", new TreeMap<>(hashes));
        return Json.text(root);
    }

    /** Whether a value was changed since the crawler wrote it. */
    boolean byPerson(String what, @Nullable String value) {
        return Optional.ofNullable(hashes.get(what))
                .map(hash -> !hash.equals(hash(value)))
                .orElse(false);
    }

    /** Whether the crawler gave the table a column of this name. */
    boolean hadColumn(String name) {
        return columns.contains(name);
    }

    static String hash(@Nullable String value) {
        if (value == null) {
            return ABSENT;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
