package dev.mastic.crawler.crawl;

import dev.mastic.crawler.crawl.CrawlReport.Action;
import dev.mastic.crawler.crawl.CrawlerConfiguration.Columns;
import dev.mastic.crawler.crawl.PartitionWriter.Written;
import dev.mastic.crawler.partition.TableNames;
import dev.mastic.crawler.partition.TablePlan;
import dev.mastic.crawler.source.Cancellation;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;
import software.amazon.awssdk.services.glue.model.UpdateTableRequest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Writes what one crawl found into the catalog. Not thread-safe. */
final class CatalogWriter {
    private static final int TRIES = 5;

    private final GlueClient catalog;
    private final Crawler crawler;
    private final UUID crawlId;
    private final Columns columns;
    private final Cancellation cancellation;
    private final CrawlCounts counts;
    private final ReportBuilder report;
    private final PartitionWriter partitions;
    private final Map<String, Table> existing = new LinkedHashMap<>();
    private final Set<String> written = new HashSet<>();

    CatalogWriter(
            GlueClient catalog,
            Crawler crawler,
            UUID crawlId,
            Cancellation cancellation,
            CrawlCounts counts,
            ReportBuilder report) {
        this.catalog = catalog;
        this.crawler = crawler;
        this.crawlId = crawlId;
        this.columns = CrawlerConfiguration.parse(crawler.configuration()).columns();
        this.cancellation = cancellation;
        this.counts = counts;
        this.report = report;
        this.partitions = new PartitionWriter(catalog, cancellation, crawler.databaseName());
    }

    /** Makes the database when it is missing, and learns which tables there are. */
    void open() {
        String database = crawler.databaseName();
        try {
            catalog.getDatabase(request -> request.name(database));
        } catch (EntityNotFoundException missing) {
            try {
                catalog.createDatabase(request -> request.databaseInput(input -> input.name(database)));
            } catch (AlreadyExistsException e) {
                // Another crawl made it in this moment, which is as good.
                report.warn("Database " + database + " was created by somebody else meanwhile");
            }
        }
        catalog
                .getTablesPaginator(
                        GetTablesRequest.builder().databaseName(database).build())
                .stream()
                .forEach(page -> page.tableList().forEach(table -> existing.put(table.name(), table)));
    }

    /** Creates or updates one table and its partitions. */
    void write(TablePlan plan, List<String> exclusions) {
        cancellation.check();
        TableInputs inputs = new TableInputs(crawler.name(), crawlId, exclusions);
        String name = name(plan);
        written.add(name);
        Table before = existing.get(name);
        if (before == null) {
            TableInput input = inputs.table(plan, name);
            if (create(input)) {
                counts.tablesCreated++;
                report(plan, name, Action.CREATED, writePartitions(input, plan), List.of());
                return;
            }
            before = load(name);
        }
        update(plan, inputs, before);
    }

    private boolean create(TableInput input) {
        try {
            catalog.createTable(
                    request -> request.databaseName(crawler.databaseName()).tableInput(input));
            return true;
        } catch (AlreadyExistsException e) {
            return false; // made by somebody else since the crawl looked: updated like any other
        }
    }

    private void update(TablePlan plan, TableInputs inputs, Table known) {
        Table before = known;
        for (int i = 1; ; i++) {
            TableMerge merge = TableMerge.of(before, plan, inputs.table(plan, before.name()), columns);
            try {
                apply(plan, before, merge);
                return;
            } catch (ConcurrentModificationException e) {
                if (i == TRIES) {
                    throw e;
                }
                cancellation.check();
                before = load(known.name());
            }
        }
    }

    private void apply(TablePlan plan, Table before, TableMerge merge) {
        String name = before.name();
        if (!merge.conflict().isEmpty()) {
            String text = "Table " + crawler.databaseName() + "." + name + " is left alone: " + merge.conflict()
                    + ". Delete the table and crawl again, or keep the files apart";
            report.warn(text);
            report(plan, name, Action.LEFT, Written.NOTHING, List.of(text));
            return;
        }
        List<String> changes = new ArrayList<>(merge.schemaChanges());
        changes.addAll(merge.notes());
        boolean logOnly = crawler.schemaChangePolicy() != null
                && crawler.schemaChangePolicy().updateBehavior() == UpdateBehavior.LOG;
        if (logOnly && !merge.schemaChanges().isEmpty()) {
            report.warn("Table " + crawler.databaseName() + "." + name
                    + " is left alone, because UpdateBehavior is LOG: " + String.join("; ", merge.schemaChanges()));
        }
        boolean schema = !logOnly && !merge.schemaChanges().isEmpty();
        TableInput after = merge.input();
        if (schema || (!logOnly && merge.statisticsChanged())) {
            // Counts alone are no new version of the table: versions would pile up at each crawl.
            catalog.updateTable(UpdateTableRequest.builder()
                    .databaseName(crawler.databaseName())
                    .tableInput(after)
                    .versionId(before.versionId())
                    .skipArchive(!schema)
                    .build());
        } else {
            after = TableMerge.input(before);
        }
        if (schema) {
            counts.tablesUpdated++;
        }
        Written partitionChanges = writePartitions(after, plan);
        Action action = schema ? Action.UPDATED : logOnly && !changes.isEmpty() ? Action.LEFT : Action.UNCHANGED;
        report(plan, name, action, partitionChanges, changes);
    }

    private Written writePartitions(TableInput table, TablePlan plan) {
        Written changes = partitions.write(table, plan, deleteBehavior());
        counts.partitionsCreated += changes.created();
        counts.partitionsUpdated += changes.updated();
        counts.partitionsDeleted += changes.deleted();
        changes.notes()
                .forEach(note -> report.warn("Table " + crawler.databaseName() + "." + table.name() + ": " + note));
        return changes;
    }

    /** Deals with tables that this crawler made and whose files are gone. */
    void writeGone(List<Table> gone) {
        for (Table table : gone) {
            cancellation.check();
            String text = "Table " + crawler.databaseName() + "." + table.name() + " has no files any more in "
                    + location(table);
            switch (deleteBehavior()) {
                case DELETE_FROM_DATABASE -> {
                    catalog.deleteTable(request ->
                            request.databaseName(crawler.databaseName()).name(table.name()));
                    counts.tablesDeleted++;
                    reportGone(table, Action.DELETED, text + " and was deleted");
                }
                case DEPRECATE_IN_DATABASE, UNKNOWN_TO_SDK_VERSION -> deprecate(table, text);
                case LOG -> reportGone(table, Action.LEFT, text + "; DeleteBehavior is LOG, so it is kept");
            }
        }
    }

    private void deprecate(Table table, String text) {
        if (table.parameters().containsKey(TableInputs.DEPRECATED)) {
            return;
        }
        Map<String, String> parameters = new HashMap<>(table.parameters());
        parameters.put(TableInputs.DEPRECATED, String.valueOf(Instant.now().toEpochMilli()));
        catalog.updateTable(UpdateTableRequest.builder()
                .databaseName(crawler.databaseName())
                .tableInput(TableMerge.input(table).toBuilder()
                        .parameters(parameters)
                        .build())
                .versionId(table.versionId())
                .build());
        counts.tablesUpdated++;
        reportGone(table, Action.DEPRECATED, text + " and was marked " + TableInputs.DEPRECATED);
    }

    /** Tables that this crawler made in earlier crawls and that were not found now. */
    List<Table> notFound() {
        return existing.values().stream()
                .filter(table -> crawler.name().equals(table.parameters().get(TableInputs.UPDATED_BY)))
                .filter(table -> !written.contains(table.name()))
                .toList();
    }

    /** The name of the table that this crawler made of a place before, or a new one that is free. */
    private String name(TablePlan plan) {
        String prefix = crawler.tablePrefix() == null ? "" : crawler.tablePrefix();
        String wanted = TableNames.of(prefix, plan.folderName());
        for (Table table : existing.values()) {
            boolean ours = crawler.name().equals(table.parameters().get(TableInputs.UPDATED_BY));
            if (sameLocation(location(table), plan.location())
                    && (ours || table.name().equals(wanted))) {
                return table.name();
            }
        }
        return existing.containsKey(wanted) || written.contains(wanted)
                ? TableNames.withHash(wanted, plan.location())
                : wanted;
    }

    static String location(Table table) {
        @Nullable
        String location = table.storageDescriptor() == null
                ? null
                : table.storageDescriptor().location();
        return location == null ? "" : location;
    }

    private static boolean sameLocation(String a, String b) {
        return normalized(a).equals(normalized(b));
    }

    private static String normalized(String location) {
        return location.replaceFirst("^s3[an]://", "s3://").replaceFirst("/+$", "");
    }

    private Table load(String name) {
        return catalog.getTable(
                        request -> request.databaseName(crawler.databaseName()).name(name))
                .table();
    }

    private DeleteBehavior deleteBehavior() {
        return crawler.schemaChangePolicy() == null
                        || crawler.schemaChangePolicy().deleteBehavior() == null
                ? DeleteBehavior.DEPRECATE_IN_DATABASE
                : crawler.schemaChangePolicy().deleteBehavior();
    }

    private void report(TablePlan plan, String name, Action action, Written changes, List<String> notes) {
        report.add(new CrawlReport.Table(
                name,
                plan.location(),
                action,
                plan.format().toString(),
                plan.columns().stream()
                        .map(column -> new CrawlReport.Column(
                                column.name(), column.type().hive(), column.why()))
                        .toList(),
                plan.partitionKeys(),
                plan.partitions().size(),
                changes.created(),
                changes.updated(),
                changes.deleted(),
                plan.stats().objects(),
                plan.stats().bytes(),
                plan.stats().records(),
                plan.reasons(),
                notes));
    }

    private void reportGone(Table table, Action action, String text) {
        report.warn(text);
        report.add(new CrawlReport.Table(
                table.name(),
                location(table),
                action,
                table.parameters().getOrDefault("classification", ""),
                List.of(),
                List.of(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                List.of(text),
                List.of()));
    }
}
