package dev.mastic.crawler.plan;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes what a table says of its last crawl. Values that a person owns keep the hash of what the crawler once wrote. */
final class Baseline {
    /** Parameters that every crawl writes anew: nobody can own them. */
    private static final Set<String> ALWAYS = Set.of(
            Marks.UPDATED_BY,
            Marks.RUN_ID,
            Marks.DEPRECATED,
            Marks.FILES_SAMPLED,
            Marks.CONFIDENCE,
            Written.PARAMETER,
            "CrawlerSchemaSerializerVersion",
            "CrawlerSchemaDeserializerVersion",
            "recordCount",
            "averageRecordSize",
            "objectCount",
            "sizeKey",
            "exclusions");

    private final Written before;
    private final Map<String, String> hashes = new TreeMap<>();

    Baseline(Written before) {
        this.before = before;
    }

    /** Of a table that is made. */
    static Written of(TableInput fresh) {
        return new Baseline(Written.UNKNOWN)
                .next(
                        fresh,
                        null,
                        fresh.storageDescriptor().columns().stream()
                                .map(column -> column.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.toSet()));
    }

    /** Of a table that is there and gets what differs in {@code fresh}. */
    Written next(TableInput fresh, @Nullable Table existing, Set<String> columns) {
        fresh.parameters().forEach((name, value) -> {
            if (!ALWAYS.contains(name)) {
                note(
                        "parameter " + name,
                        value,
                        existing == null ? value : existing.parameters().get(name));
            }
        });
        SerDeInfo serde = fresh.storageDescriptor().serdeInfo();
        SerDeInfo existingSerde =
                existing == null ? serde : existing.storageDescriptor().serdeInfo();
        if (serde != null && existingSerde != null) {
            note("serde", serde.serializationLibrary(), existingSerde.serializationLibrary());
            serde.parameters()
                    .forEach((name, value) -> note(
                            "serde " + name, value, existingSerde.parameters().get(name)));
        }
        if (fresh.description() != null) {
            note("description", fresh.description(), existing == null ? fresh.description() : existing.description());
        }
        for (Column column : fresh.storageDescriptor().columns()) {
            if (column.comment() != null) {
                note(
                        "comment " + column.name(),
                        column.comment(),
                        existing == null ? column.comment() : comment(existing, column.name()));
            }
        }
        return new Written(columns, hashes);
    }

    private static @Nullable String comment(Table existing, String name) {
        return existing.storageDescriptor().columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .map(Column::comment)
                .findFirst()
                .orElse(null);
    }

    private void note(String what, String value, @Nullable String inTable) {
        String then = before.hashes().get(what);
        hashes.put(what, then != null && before.byPerson(what, inTable) ? then : Written.hash(value));
    }
}
