package dev.mastic.server.transfer;

import dev.mastic.server.transfer.Tally.Fate;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.CreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.CreateUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.GlueRequest;
import software.amazon.awssdk.services.glue.model.PartitionIndex;
import software.amazon.awssdk.services.glue.model.PartitionIndexDescriptor;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForTableRequest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Makes the things of an import at an endpoint. What cannot be made is counted with its reason, and what is in it is not
 * tried; the rest goes on. Things come in the order of an export. For one thread.
 */
public final class CatalogTarget implements Consumer<GlueRequest> {
    private static final int PARTITIONS_PER_REQUEST = 100;

    private final GlueClient glue;
    private final IfExists ifExists;
    private final Tally tally;
    private final PartitionBatches partitions;
    private final StatisticsTarget statistics;
    private final List<CreatePartitionRequest> batch = new ArrayList<>();
    private final Set<String> failed = new HashSet<>();

    /** @param glue a client of the endpoint; not closed by this object */
    public CatalogTarget(GlueClient glue, IfExists ifExists, Tally tally) {
        this.glue = glue;
        this.ifExists = ifExists;
        this.tally = tally;
        this.partitions = new PartitionBatches(glue, ifExists, tally);
        this.statistics = new StatisticsTarget(glue, ifExists, tally);
    }

    /**
     * Makes one; partitions wait until there are a hundred, or until something else comes.
     *
     * @throws GlueException when the endpoint fails, so that nothing more can be made
     */
    @Override
    public void accept(GlueRequest request) {
        if (!batch.isEmpty() && !isOfTheBatch(request)) {
            flush();
        }
        String database = String.valueOf(EntryKind.database(request));
        EntryKind kind = EntryKind.of(request);
        if (kind != EntryKind.DATABASE && failed.contains(database)
                || failed.contains(database + "." + tableOf(request))) {
            tally.add(kind, Fate.NOT_TRIED);
        } else if (request instanceof CreatePartitionRequest create) {
            batch.add(create);
            if (batch.size() == PARTITIONS_PER_REQUEST) {
                flush();
            }
        } else if (request instanceof CreateDatabaseRequest create) {
            database(create, database);
        } else if (request instanceof CreateTableRequest create) {
            table(create, database);
        } else if (request instanceof CreateUserDefinedFunctionRequest create) {
            function(create);
        } else if (request instanceof UpdateColumnStatisticsForTableRequest update) {
            statistics.ofTable(update);
        } else if (request instanceof UpdateColumnStatisticsForPartitionRequest update) {
            statistics.ofPartition(update);
        }
    }

    /** To be called at the end: makes the partitions that wait. */
    public void flush() {
        if (!batch.isEmpty()) {
            CreatePartitionRequest first = batch.get(0);
            if (!partitions.put(List.copyOf(batch))) {
                failed.add(first.databaseName() + "." + first.tableName());
            }
            batch.clear();
        }
    }

    private boolean isOfTheBatch(GlueRequest request) {
        return request instanceof CreatePartitionRequest create
                && create.databaseName().equals(batch.get(0).databaseName())
                && create.tableName().equals(batch.get(0).tableName());
    }

    private static String tableOf(GlueRequest request) {
        return request.getValueForField("TableName", String.class).orElse("");
    }

    private void database(CreateDatabaseRequest create, String name) {
        boolean there = put(
                EntryKind.DATABASE,
                name,
                () -> glue.createDatabase(create),
                () -> glue.updateDatabase(request -> request.name(name).databaseInput(create.databaseInput())));
        if (!there) {
            failed.add(name);
        }
    }

    private void table(CreateTableRequest create, String database) {
        String name = create.tableInput().name();
        boolean there =
                put(EntryKind.TABLE, database + "." + name, () -> glue.createTable(create), () -> replace(create));
        if (!there) {
            failed.add(database + "." + name);
        }
    }

    private void replace(CreateTableRequest create) {
        String database = create.databaseName();
        String table = create.tableInput().name();
        glue.updateTable(request -> request.databaseName(database).tableInput(create.tableInput()));
        if (!create.partitionIndexes().isEmpty()) {
            Set<String> present =
                    glue
                            .getPartitionIndexesPaginator(
                                    request -> request.databaseName(database).tableName(table))
                            .stream()
                            .flatMap(page -> page.partitionIndexDescriptorList().stream())
                            .map(PartitionIndexDescriptor::indexName)
                            .collect(Collectors.toSet());
            for (PartitionIndex index : create.partitionIndexes()) {
                if (!present.contains(index.indexName())) {
                    glue.createPartitionIndex(request ->
                            request.databaseName(database).tableName(table).partitionIndex(index));
                }
            }
        }
    }

    private void function(CreateUserDefinedFunctionRequest create) {
        String name = create.functionInput().functionName();
        put(
                EntryKind.FUNCTION,
                create.databaseName() + "." + name,
                () -> glue.createUserDefinedFunction(create),
                () -> glue.updateUserDefinedFunction(request -> request.databaseName(create.databaseName())
                        .functionName(name)
                        .functionInput(create.functionInput())));
    }

    /** Tells whether it is there, so that what is in it can be made. */
    private boolean put(EntryKind kind, String name, Runnable create, Runnable replace) {
        try {
            try {
                create.run();
                tally.add(kind, Fate.CREATED);
                return true;
            } catch (AlreadyExistsException e) {
                return switch (ifExists) {
                    case FAIL -> {
                        tally.fail(kind, name, "exists already");
                        yield false;
                    }
                    case SKIP -> {
                        tally.add(kind, Fate.SKIPPED);
                        yield true;
                    }
                    case REPLACE -> {
                        replace.run();
                        tally.add(kind, Fate.REPLACED);
                        yield true;
                    }
                };
            }
        } catch (GlueException e) {
            if (GlueEndpoint.isOfTheEndpoint(e)) {
                throw e;
            }
            tally.fail(kind, name, GlueEndpoint.message(e));
            return false;
        }
    }
}
