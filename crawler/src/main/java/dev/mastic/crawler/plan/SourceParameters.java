package dev.mastic.crawler.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Parameters of tables and columns that say what the store itself says, and so follow it from crawl to crawl.
 *
 * @param now those that differ, with the values that they get
 * @param gone names of those that the store says no longer
 * @param changes both for people
 */
public record SourceParameters(Map<String, String> now, Set<String> gone, List<String> changes) {
    /** Table parameter: names of the primary key's columns, as a JSON list. */
    public static final String PRIMARY_KEY = "mastic.primary-key";
    /** Table parameter: foreign keys, as a JSON list of objects. */
    public static final String FOREIGN_KEYS = "mastic.foreign-keys";
    /** Table parameter: secondary indexes, as a JSON list of objects. */
    public static final String INDEXES = "mastic.indexes";
    /** Column parameter: the name as the store spells it, where the catalog's differs. */
    public static final String SOURCE_NAME = "mastic.source-name";
    /** Column parameter: {@code false} when the store lets no null into the column. */
    public static final String NULLABLE = "mastic.nullable";
    /** Column parameter of Glue: the type as the database declares it. */
    public static final String RAW_TYPE = "aws:RawType";
    /** Column parameter of Glue: the column's comment in the database, of 255 bytes at most. */
    public static final String RAW_COLUMN_COMMENT = "aws:RawColumnComment";
    /** Table parameter of Glue: the table's comment in the database, of 255 bytes at most. */
    public static final String RAW_TABLE_COMMENT = "aws:RawTableComment";

    /** Table parameter of Iceberg: address of the newest metadata. */
    public static final String ICEBERG_METADATA = "metadata_location";

    private static final Set<String> NAMES = Set.of(
            AvroSchema.LITERAL,
            ICEBERG_METADATA,
            PRIMARY_KEY,
            FOREIGN_KEYS,
            INDEXES,
            SOURCE_NAME,
            NULLABLE,
            RAW_TYPE,
            RAW_COLUMN_COMMENT,
            RAW_TABLE_COMMENT);

    /** Copies. */
    public SourceParameters {
        now = Map.copyOf(now);
        gone = Set.copyOf(gone);
        changes = List.copyOf(changes);
    }

    /** What changed of a table; a parameter that a person changed is theirs. */
    static SourceParameters ofTable(Map<String, String> existing, Map<String, String> fresh, Written written) {
        return of(existing, fresh, "", name -> !written.byPerson("parameter " + name, existing.get(name)));
    }

    /** What changed of a column. */
    static SourceParameters ofColumn(Map<String, String> existing, Map<String, String> fresh, String column) {
        return of(existing, fresh, column + " ", any -> true);
    }

    private static SourceParameters of(
            Map<String, String> existing, Map<String, String> fresh, String what, Predicate<String> ours) {
        Map<String, String> now = new LinkedHashMap<>();
        Set<String> gone = new TreeSet<>();
        List<String> changes = new ArrayList<>();
        NAMES.stream().sorted().filter(ours).forEach(name -> {
            String value = fresh.get(name);
            if (Objects.equals(existing.get(name), value)) {
                return;
            } else if (value == null) {
                gone.add(name);
                changes.add(what + "parameter " + name + " is gone");
            } else {
                now.put(name, value);
                changes.add(what + "parameter " + name + " becomes " + value);
            }
        });
        return new SourceParameters(now, gone, changes);
    }

    /** The parameters as they should become. */
    Map<String, String> merged(Map<String, String> existing) {
        Map<String, String> merged = new LinkedHashMap<>(existing);
        merged.putAll(now);
        merged.keySet().removeAll(gone);
        return merged;
    }
}
