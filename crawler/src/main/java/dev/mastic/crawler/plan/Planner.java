package dev.mastic.crawler.plan;

import dev.mastic.crawler.find.Findings;
import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.find.Presence;
import dev.mastic.crawler.partition.TableNames;
import dev.mastic.crawler.plan.PlanRules.Reach;
import dev.mastic.crawler.source.Cancellation;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what was found with the catalog. Reads the catalog and writes nothing. Not thread-safe. */
public final class Planner {
    private final GlueClient catalog;
    private final PlanRules rules;
    private final Cancellation cancellation;
    private final PartitionPlanner partitions;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Table> existing = new LinkedHashMap<>();
    private final Map<String, List<Table>> byPlace = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final List<String> warnings = new ArrayList<>();

    public Planner(GlueClient catalog, PlanRules rules, Cancellation cancellation) {
        this.catalog = catalog;
        this.rules = rules;
        this.cancellation = cancellation;
        this.partitions = new PartitionPlanner(catalog, cancellation, rules);
    }

    /**
     * Plans one crawl.
     *
     * @param all of the crawler's targets
     */
    public CrawlPlan plan(List<Findings> all) {
        boolean newDatabase = !readCatalog() && rules.reach() == Reach.OWN_TABLES;
        List<TableChange> changes = new ArrayList<>();
        Set<String> locations = new HashSet<>();
        for (Findings findings : all) {
            for (FoundTable found : findings.tables()) {
                cancellation.check();
                if (rules.reach() == Reach.NAMED_TABLES && !existing.containsKey(found.name())) {
                    warnings.add("Table " + shown(found.name()) + " was deleted meanwhile, and is not made again");
                } else if (locations.add(place(found))) {
                    changes.add(change(found, findings.exclusions()));
                } else {
                    warnings.add(found.location() + " is in two targets and is written once");
                }
            }
        }
        changes.addAll(gone(all));
        return new CrawlPlan(rules.database(), newDatabase, changes, warnings);
    }

    /** Whether the database is there. */
    private boolean readCatalog() {
        try {
            catalog.getDatabase(request -> request.name(rules.database()));
        } catch (EntityNotFoundException missing) {
            return false;
        }
        catalog
                .getTablesPaginator(GetTablesRequest.builder()
                        .databaseName(rules.database())
                        .build())
                .stream()
                .forEach(page -> {
                    cancellation.check();
                    page.tableList().forEach(table -> {
                        existing.put(table.name(), table);
                        byPlace.computeIfAbsent(CatalogTables.normalized(place(table)), any -> new ArrayList<>())
                                .add(table);
                    });
                });
        return true;
    }

    private TableChange change(FoundTable found, List<String> exclusions) {
        String name = name(found);
        taken.add(name);
        Table before = existing.get(name);
        if (before != null) {
            return update(found, exclusions, before);
        }
        return new TableChange(
                name,
                found.location(),
                Action.CREATE,
                null,
                FreshTable.of(found, exclusions, name, rules),
                true,
                PartitionPlanner.ofNew(found),
                found,
                exclusions,
                Set.of(),
                List.of(),
                List.of());
    }

    /** Plans a table anew that was changed since the plan was made. */
    public TableChange update(FoundTable found, List<String> exclusions, Table before) {
        String owner = CatalogTables.crawler(before);
        if (rules.reach() == Reach.OWN_TABLES && !owner.isEmpty() && !owner.equals(rules.crawler())) {
            return left(
                    found,
                    exclusions,
                    before,
                    "crawler " + owner + " made it",
                    "Let one crawler alone look there," + " or take the table over by removing its parameter "
                            + Marks.UPDATED_BY);
        }
        if (!owner.equals(rules.crawler())
                && "ICEBERG".equalsIgnoreCase(before.parameters().get("table_type"))) {
            return left(
                    found,
                    exclusions,
                    before,
                    "it is a table of Iceberg, which its writers keep",
                    "Exclude its folder from the target to be told no more");
        }
        TableInput fresh = FreshTable.of(found, exclusions, before.name(), rules);
        TableMerge merge = TableMerge.of(before, found, fresh, rules.columns());
        if (!merge.conflict().isEmpty()) {
            return left(
                    found,
                    exclusions,
                    before,
                    merge.conflict(),
                    "Delete the table and crawl again, or keep the files apart");
        }
        boolean log = rules.updateBehavior() == UpdateBehavior.LOG;
        boolean schema = !merge.schemaChanges().isEmpty();
        List<String> notes = new ArrayList<>(merge.notes());
        if (log && schema) {
            String text = "Table " + shown(before.name()) + " is left alone, because UpdateBehavior is LOG: "
                    + String.join("; ", merge.schemaChanges());
            warnings.add(text);
            notes.add(text);
        }
        @Nullable TableInput after = !log && (schema || merge.statisticsChanged()) ? merge.input() : null;
        PartitionChanges partitionChanges = partitions.plan(after == null ? CatalogTables.input(before) : after, found);
        partitionChanges.notes().forEach(note -> warnings.add("Table " + shown(before.name()) + ": " + note));
        Action action = !schema ? Action.KEEP : log ? Action.LEAVE : Action.UPDATE;
        return new TableChange(
                before.name(),
                found.location(),
                action,
                before,
                after,
                schema,
                partitionChanges,
                found,
                exclusions,
                merge.owned(),
                merge.schemaChanges(),
                notes);
    }

    private TableChange left(FoundTable found, List<String> exclusions, Table before, String why, String fix) {
        String text = "Table " + shown(before.name()) + " is left alone: " + why + ". " + fix;
        warnings.add(text);
        return new TableChange(
                before.name(),
                found.location(),
                Action.LEAVE,
                before,
                null,
                false,
                PartitionChanges.NONE,
                found,
                exclusions,
                Set.of(),
                List.of(),
                List.of(text));
    }

    /** Tables that this crawler made, that lie in a target, and whose data is gone. */
    private List<TableChange> gone(List<Findings> all) {
        List<TableChange> changes = new ArrayList<>();
        for (Table table : existing.values()) {
            if (!taken.contains(table.name()) && CatalogTables.crawler(table).equals(rules.crawler())) {
                String location = CatalogTables.location(table);
                Presence presence = all.stream()
                        .map(findings -> findings.presence().apply(place(table)))
                        .filter(known -> known != Presence.UNKNOWN)
                        .findFirst()
                        .orElse(Presence.UNKNOWN);
                if (presence == Presence.GONE) {
                    changes.add(gone(table, location));
                } else if (presence == Presence.REGROUPED) {
                    warnings.add("Table " + shown(table.name()) + " was not found again, though there are files in "
                            + location + "; it is left as it is");
                }
            }
        }
        return changes;
    }

    private TableChange gone(Table table, String location) {
        String text = "Table " + shown(table.name())
                + (location.contains("://") ? " has no files any more in " + location : " is gone from " + location);
        return switch (rules.deleteBehavior()) {
            case DELETE_FROM_DATABASE -> gone(table, Action.DELETE, null, text + " and is deleted");
            case LOG -> gone(table, Action.LEAVE, null, text + "; DeleteBehavior is LOG, so it is kept");
            case DEPRECATE_IN_DATABASE, UNKNOWN_TO_SDK_VERSION -> {
                if (table.parameters().containsKey(Marks.DEPRECATED)) {
                    yield gone(table, Action.KEEP, null, "");
                }
                Map<String, String> parameters = new HashMap<>(table.parameters());
                parameters.put(Marks.DEPRECATED, String.valueOf(clock.millis()));
                yield gone(
                        table,
                        Action.DEPRECATE,
                        CatalogTables.input(table).toBuilder()
                                .parameters(parameters)
                                .build(),
                        text + " and is marked " + Marks.DEPRECATED);
            }
        };
    }

    private TableChange gone(Table table, Action action, @Nullable TableInput after, String text) {
        if (!text.isEmpty()) {
            warnings.add(text);
        }
        return new TableChange(
                table.name(),
                CatalogTables.location(table),
                action,
                table,
                after,
                true,
                PartitionChanges.NONE,
                null,
                List.of(),
                Set.of(),
                text.isEmpty() ? List.of() : List.of(text),
                List.of());
    }

    /** The name of the table that this crawler made of a place before, or a new one that is free. */
    private String name(FoundTable found) {
        if (rules.reach() == Reach.NAMED_TABLES) {
            return found.name();
        }
        String wanted = TableNames.of(rules.tablePrefix(), found.name());
        for (Table table : byPlace.getOrDefault(CatalogTables.normalized(place(found)), List.of())) {
            if (CatalogTables.crawler(table).equals(rules.crawler())
                    || table.name().equals(wanted)) {
                return table.name();
            }
        }
        return existing.containsKey(wanted) || taken.contains(wanted)
                ? TableNames.withHash(wanted, found.location())
                : wanted;
    }

    private static String place(Table table) {
        return CatalogTables.place(CatalogTables.location(table), table.parameters());
    }

    private static String place(FoundTable found) {
        return CatalogTables.place(found.location(), found.input().parameters());
    }

    private String shown(String table) {
        return rules.database() + "." + table;
    }
}
