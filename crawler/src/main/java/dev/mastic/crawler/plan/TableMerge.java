package dev.mastic.crawler.plan;

import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.find.Schema;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A table that is there, and what the files say now. Columns of files are never dropped and types never narrowed; what a
 * person changed since the crawler wrote it is kept.
 *
 * @param input the table as it should become
 * @param owned names of columns that a person edited
 * @param schemaChanges changes of columns and SerDe
 * @param statisticsChanged whether counts or sizes changed
 * @param notes what was seen and left alone
 * @param conflict why the files do not fit the table at all; empty when they do
 */
record TableMerge(
        TableInput input,
        Set<String> owned,
        List<String> schemaChanges,
        boolean statisticsChanged,
        List<String> notes,
        String conflict) {

    private static final String LAZY_SIMPLE = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
    private static final String OPEN_CSV = "org.apache.hadoop.hive.serde2.OpenCSVSerde";
    private static final List<String> STATISTICS =
            List.of("recordCount", "averageRecordSize", "objectCount", "sizeKey", "exclusions");

    TableMerge {
        owned = Set.copyOf(owned);
        schemaChanges = List.copyOf(schemaChanges);
        notes = List.copyOf(notes);
    }

    /** @param made the table as it would be made anew */
    static TableMerge of(Table existing, FoundTable found, TableInput made, ColumnUpdates policy) {
        String conflict = TableConflict.between(existing, found, made);
        if (!conflict.isEmpty()) {
            return new TableMerge(CatalogTables.input(existing), Set.of(), List.of(), false, List.of(), conflict);
        }
        Written written = Written.of(existing);
        // MergeNewColumns is of files alone, as in Glue: a table follows the database that declares it.
        ColumnUpdates updates = found.schema() == Schema.DECLARED ? ColumnUpdates.UPDATE : policy;
        ColumnMerge columns = ColumnMerge.of(existing.storageDescriptor().columns(), found, made, updates, written);
        TableInput fresh = AvroSchema.fitting(made, columns.columns());
        List<String> changes = new ArrayList<>(columns.changes());
        List<String> notes = new ArrayList<>(columns.notes());
        SerDeInfo serde = serde(existing.storageDescriptor().serdeInfo(), fresh, policy, written, changes, notes);
        TableInput.Builder after = CatalogTables.input(existing).toBuilder();
        if (fresh.description() != null
                && !fresh.description().equals(existing.description())
                && (existing.description() == null
                        || written.hashes().containsKey("description")
                                && !written.byPerson("description", existing.description()))) {
            changes.add("the description is new");
            after.description(fresh.description());
        }
        boolean own = CatalogTables.crawler(existing).equals(fresh.parameters().get(Marks.UPDATED_BY));
        boolean statistics = own && statisticsChanged(existing, fresh);
        if (own) {
            changes.addAll(SourceParameters.ofTable(existing.parameters(), fresh.parameters(), written)
                    .changes());
        }
        Map<String, String> parameters = existing.parameters();
        Map<String, String> storageParameters = existing.storageDescriptor().parameters();
        if (own && (statistics || !changes.isEmpty())) {
            Baseline baseline = new Baseline(written);
            String next = baseline.next(fresh, existing, columns.ours()).text();
            parameters = parameters(existing.parameters(), fresh, written, next, notes);
            storageParameters = parameters(storageParameters, fresh, written, next, new ArrayList<>());
            storageParameters.remove(Written.PARAMETER);
        }
        TableInput input = after.parameters(parameters)
                .storageDescriptor(existing.storageDescriptor().toBuilder()
                        .columns(columns.columns())
                        .serdeInfo(serde)
                        .parameters(storageParameters)
                        .build())
                .build();
        return new TableMerge(input, columns.owned(), changes, statistics, notes, "");
    }

    private static boolean statisticsChanged(Table existing, TableInput fresh) {
        return existing.parameters().containsKey(Marks.DEPRECATED)
                || STATISTICS.stream()
                        .anyMatch(name -> !Objects.equals(
                                existing.parameters().get(name),
                                fresh.parameters().get(name)));
    }

    private static Map<String, String> parameters(
            Map<String, String> existing, TableInput fresh, Written written, String next, List<String> notes) {
        Map<String, String> parameters = new LinkedHashMap<>(existing);
        parameters.remove(Marks.DEPRECATED);
        parameters.remove("exclusions");
        fresh.parameters().forEach((name, value) -> {
            if (written.byPerson("parameter " + name, existing.get(name))) {
                notes.add("parameter " + name + " was changed by a person and is kept");
            } else {
                parameters.put(name, value);
            }
        });
        parameters.put(Written.PARAMETER, next);
        parameters
                .keySet()
                .removeAll(SourceParameters.ofTable(existing, fresh.parameters(), written)
                        .gone());
        return parameters;
    }

    private static @Nullable SerDeInfo serde(
            @Nullable SerDeInfo existing,
            TableInput fresh,
            ColumnUpdates policy,
            Written written,
            List<String> changes,
            List<String> notes) {
        SerDeInfo wanted = fresh.storageDescriptor().serdeInfo();
        if (existing == null || wanted == null) {
            return existing;
        }
        String library = String.valueOf(existing.serializationLibrary());
        if (written.byPerson("serde", library)) {
            notes.add("the SerDe was changed by a person and is kept");
            return existing;
        }
        if (library.equals(LAZY_SIMPLE) && wanted.serializationLibrary().equals(OPEN_CSV)) {
            if (policy == ColumnUpdates.MERGE_NEW) {
                notes.add("values in quotes came; LazySimpleSerDe does not understand them, MergeNewColumns keeps it");
                return existing;
            }
            changes.add("values in quotes came: LazySimpleSerDe becomes OpenCSVSerDe");
            return wanted;
        }
        if (!library.equals(wanted.serializationLibrary())) {
            return existing;
        }
        Map<String, String> parameters = new LinkedHashMap<>(existing.parameters());
        wanted.parameters().forEach((name, value) -> {
            boolean ours = name.equals("paths") || name.startsWith("mapping.") || name.equals(AvroSchema.LITERAL);
            String now = parameters.get(name);
            if (written.byPerson("serde " + name, now)) {
                notes.add("SerDe parameter " + name + " was changed by a person and is kept");
            } else if (now == null || (ours && !value.equals(now))) {
                parameters.put(name, value);
                if (!ours) {
                    changes.add("SerDe parameter " + name + " becomes '" + value + "'");
                }
            }
        });
        if (!wanted.parameters().containsKey(AvroSchema.LITERAL)
                && !written.byPerson(
                        "serde " + AvroSchema.LITERAL, existing.parameters().get(AvroSchema.LITERAL))) {
            parameters.remove(AvroSchema.LITERAL);
        }
        return existing.toBuilder().parameters(parameters).build();
    }
}
