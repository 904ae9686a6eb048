package dev.mastic.crawler.crawl;

import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.plan.Action;
import dev.mastic.crawler.plan.CatalogTables;
import dev.mastic.crawler.plan.CrawlPlan;
import dev.mastic.crawler.plan.PartitionChanges;
import dev.mastic.crawler.plan.Planner;
import dev.mastic.crawler.plan.TableChange;
import dev.mastic.crawler.source.Cancellation;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UpdateTableRequest;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes a plan into the catalog, table after table. A table's definition changes in one request, on the condition that
 * nobody changed it since the plan was made; its partitions follow in batches, each carrying the definition that stands.
 * Not thread-safe.
 */
final class CatalogWriter {
    private static final int TRIES = 5;

    private final GlueClient catalog;
    private final Planner planner;
    private final Cancellation cancellation;
    private final CrawlCounts counts;
    private final ReportBuilder report;

    /** @param planner plans a table anew when somebody changed it meanwhile */
    CatalogWriter(
            GlueClient catalog, Planner planner, Cancellation cancellation, CrawlCounts counts, ReportBuilder report) {
        this.catalog = catalog;
        this.planner = planner;
        this.cancellation = cancellation;
        this.counts = counts;
        this.report = report;
    }

    /** @param written called after each table */
    void write(CrawlPlan plan, OnRace onRace, Runnable written) {
        if (plan.newDatabase()) {
            createDatabase(plan.database());
        }
        PartitionWriter partitions = new PartitionWriter(catalog, cancellation, plan.database(), counts);
        for (TableChange planned : plan.tables()) {
            cancellation.check();
            TableChange change = writeTable(plan.database(), planned, onRace);
            if (change.found() != null && change.action() != Action.LEAVE
                    || !change.partitions().isEmpty()) {
                partitions.write(definition(change), change.partitions());
            }
            report(change);
            written.run();
        }
    }

    private void createDatabase(String database) {
        try {
            catalog.createDatabase(request -> request.databaseInput(input -> input.name(database)));
        } catch (AlreadyExistsException e) {
            // Another crawl made it in this moment, which is as good.
            report.warn("Database " + database + " was created by somebody else meanwhile");
        }
    }

    /** Writes a table's definition; gives the change that was made, which differs when somebody else was faster. */
    private TableChange writeTable(String database, TableChange planned, OnRace onRace) {
        TableChange change = planned;
        for (int i = 1; ; i++) {
            try {
                writeDefinition(database, change);
                count(change);
                return change;
            } catch (ConcurrentModificationException | AlreadyExistsException e) {
                FoundTable found = change.found();
                if (onRace == OnRace.FAIL) {
                    throw new CrawlFailure("Table " + database + "." + change.table()
                            + " was changed while the plan was applied; tables before it are written. Make a new plan");
                } else if (i == TRIES || found == null) {
                    throw e;
                }
                cancellation.check();
                change = planner.update(found, change.exclusions(), load(database, change.table()));
            }
        }
    }

    private void writeDefinition(String database, TableChange change) {
        TableInput after = change.after();
        Table before = change.before();
        if (change.action() == Action.DELETE) {
            delete(database, change.table());
        } else if (after != null && before == null) {
            catalog.createTable(request -> request.databaseName(database).tableInput(after));
        } else if (after != null && before != null) {
            catalog.updateTable(UpdateTableRequest.builder()
                    .databaseName(database)
                    .tableInput(after)
                    .versionId(before.versionId())
                    .skipArchive(!change.newVersion())
                    .build());
        }
    }

    private void delete(String database, String table) {
        try {
            catalog.deleteTable(request -> request.databaseName(database).name(table));
        } catch (EntityNotFoundException e) {
            report.warn("Table " + database + "." + table + " was deleted by somebody else meanwhile");
        }
    }

    private void count(TableChange change) {
        switch (change.action()) {
            case CREATE -> counts.tablesCreated++;
            case UPDATE, DEPRECATE -> counts.tablesUpdated++;
            case DELETE -> counts.tablesDeleted++;
            case KEEP, LEAVE -> {}
        }
    }

    /** The definition that the catalog has now. */
    private static TableInput definition(TableChange change) {
        TableInput after = change.after();
        Table before = change.before();
        if (after != null) {
            return after;
        } else if (before != null) {
            return CatalogTables.input(before);
        }
        throw new IllegalStateException("Table " + change.table() + " is neither new nor there");
    }

    private Table load(String database, String name) {
        return catalog.getTable(request -> request.databaseName(database).name(name))
                .table();
    }

    private void report(TableChange change) {
        @Nullable FoundTable found = change.found();
        if (found == null && change.action() == Action.KEEP) {
            return; // deprecated by an earlier crawl, and told then
        }
        PartitionChanges partitions = change.partitions();
        List<String> changes = new ArrayList<>(change.changes());
        changes.addAll(change.notes());
        report.add(new CrawlReport.Table(
                change.table(),
                change.location(),
                change.action().done(),
                found == null ? "" : found.format(),
                found == null ? List.of() : columns(found),
                found == null
                        ? List.of()
                        : found.input().partitionKeys().stream()
                                .map(Column::name)
                                .toList(),
                found == null ? 0 : found.partitions().size(),
                partitions.created().size(),
                partitions.updated().size() + partitions.deprecated().size(),
                partitions.deleted().size(),
                found == null ? 0 : found.stats().objects(),
                found == null ? 0 : found.stats().bytes(),
                found == null ? 0 : found.stats().records(),
                found == null ? 1 : found.evidence().confidence(),
                found == null ? List.of() : found.evidence().reasons(),
                found == null ? List.of() : found.evidence().rejected(),
                changes));
    }

    private static List<CrawlReport.Column> columns(FoundTable found) {
        return found.input().storageDescriptor().columns().stream()
                .map(column -> new CrawlReport.Column(
                        column.name(), column.type(), found.whyColumns().getOrDefault(column.name(), "")))
                .toList();
    }
}
