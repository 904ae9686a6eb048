package dev.mastic.catalog.table;

import dev.mastic.catalog.database.DatabaseEntity;
import dev.mastic.catalog.database.DatabaseStore;
import dev.mastic.catalog.index.definition.IndexDefinition;
import dev.mastic.catalog.index.definition.IndexStore;
import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.NamePattern;
import dev.mastic.catalog.store.Names;
import dev.mastic.catalog.store.PageToken;
import dev.mastic.catalog.store.Transactions;
import dev.mastic.wire.GlueJson;
import dev.mastic.wire.JsonAnswers;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableRequest;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableResponse;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.CreateTableResponse;
import software.amazon.awssdk.services.glue.model.DeleteTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableResponse;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.GlueRequest;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableAttributes;
import software.amazon.awssdk.services.glue.model.TableError;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UpdateTableRequest;
import software.amazon.awssdk.services.glue.model.UpdateTableResponse;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Glue's operations on tables. A table's {@code VersionId} counts its updates, also those that archive nothing; an update
 * that names a {@code VersionId} happens only while that is the present one, which PostgreSQL decides. Thread-safe.
 */
public final class TableOperations implements GlueClient, JsonAnswers {
    private static final int LARGEST_PAGE = 100;
    private static final int LARGEST_BATCH = 100;

    private final Transactions transactions;
    private final CatalogId catalogId;
    private final TableUpdates updates;

    /**
     * On one catalog.
     *
     * @param updates makes the next versions of tables
     */
    public TableOperations(Transactions transactions, CatalogId catalogId, TableUpdates updates) {
        this.transactions = transactions;
        this.catalogId = catalogId;
        this.updates = updates;
    }

    @Override
    public CreateTableResponse createTable(CreateTableRequest request) {
        catalogId.check(request.catalogId());
        if (request.openTableFormatInput() != null) {
            throw Errors.invalid("CreateTable: OpenTableFormatInput is not supported");
        }
        String database = Names.fold(request.databaseName(), "Database");
        TableInput input = input(request.tableInput(), request.name());
        String name = Names.fold(input.name(), "Table");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Table table =
                table(input, database, name).createTime(now).updateTime(now).build();
        TableDefinition definition = TableDefinition.of(table);
        String shown = database + "." + name;
        List<IndexDefinition> indexes = request.partitionIndexes().stream()
                .map(index -> IndexDefinition.of(index, table.partitionKeys(), shown))
                .toList();
        return transactions.run(session -> {
            TableStore store = new TableStore(session);
            if (!store.add(database, name, definition)) {
                throw AlreadyExistsException.builder()
                        .message("Table " + shown + " already exists.")
                        .build();
            }
            if (!indexes.isEmpty()) {
                long id = store.load(database, name).id();
                indexes.forEach(index -> new IndexStore(session).add(id, index, shown));
            }
            return CreateTableResponse.builder().build();
        });
    }

    @Override
    public GetTableResponse getTable(GetTableRequest request) {
        catalogId.check(request.catalogId());
        String database = Names.fold(request.databaseName(), "Database");
        String name = Names.fold(request.name(), "Table");
        return transactions.run(session -> GetTableResponse.builder()
                .table(TableStore.read(new TableStore(session).load(database, name)))
                .build());
    }

    @Override
    public GetTablesResponse getTables(GetTablesRequest request) {
        catalogId.check(request.catalogId());
        String database = Names.fold(request.databaseName(), "Database");
        Function<TableEntity, Table> shown = shown(request);
        return page(
                request,
                database,
                page -> GetTablesResponse.builder()
                        .tableList(page.tables().stream().map(shown).toList())
                        .nextToken(page.nextToken())
                        .build());
    }

    private record Page(List<TableEntity> tables, @Nullable String nextToken) {}

    private <T> T page(GetTablesRequest request, String database, Function<Page, T> answer) {
        int size = PageToken.size(request.maxResults(), LARGEST_PAGE);
        String after = PageToken.readOne(request.nextToken());
        Predicate<String> matching = NamePattern.compile(request.expression(), "Expression");
        return transactions.run(session -> {
            TableStore store = new TableStore(session);
            DatabaseEntity owner = new DatabaseStore(session).load(database);
            List<TableEntity> found = matching == null
                    ? store.list(owner, after, size + 1)
                    : store.list(owner, after, size + 1, matching);
            List<TableEntity> page = found.subList(0, Math.min(size, found.size()));
            return answer.apply(new Page(
                    page,
                    found.size() > size
                            ? PageToken.after(List.of(page.get(size - 1).name()))
                            : null));
        });
    }

    @Override
    public Optional<String> json(GlueRequest request) {
        if (request instanceof GetTableRequest get) {
            catalogId.check(get.catalogId());
            String database = Names.fold(get.databaseName(), "Database");
            String name = Names.fold(get.name(), "Table");
            return Optional.of(transactions.run(
                    session -> "{\"Table\":" + TableStore.json(new TableStore(session).load(database, name)) + "}"));
        } else if (request instanceof GetTablesRequest get && !get.hasAttributesToGet()) {
            catalogId.check(get.catalogId());
            String database = Names.fold(get.databaseName(), "Database");
            return Optional.of(page(get, database, page -> {
                String nextToken = page.nextToken();
                return page.tables().stream()
                                .map(TableStore::json)
                                .collect(Collectors.joining(",", "{\"TableList\":[", "]"))
                        + (nextToken == null ? "" : ",\"NextToken\":" + GlueJson.quote(nextToken)) + "}";
            }));
        }
        return Optional.empty();
    }

    private static Function<TableEntity, Table> shown(GetTablesRequest request) {
        if (!request.hasAttributesToGet()) {
            return TableStore::read;
        }
        if (!request.attributesToGet().contains(TableAttributes.NAME)) {
            throw Errors.invalid("AttributesToGet must hold NAME, found " + request.attributesToGetAsStrings());
        }
        if (!request.attributesToGet().contains(TableAttributes.TABLE_TYPE)) {
            return entity -> Table.builder().name(entity.name()).build();
        }
        return entity -> Table.builder()
                .name(entity.name())
                .tableType(TableStore.read(entity).tableType())
                .build();
    }

    @Override
    public UpdateTableResponse updateTable(UpdateTableRequest request) {
        catalogId.check(request.catalogId());
        if (request.viewUpdateAction() != null || request.updateOpenTableFormatInput() != null) {
            throw Errors.invalid("UpdateTable: ViewUpdateAction and UpdateOpenTableFormatInput are not supported");
        }
        String database = Names.fold(request.databaseName(), "Database");
        TableInput input = input(request.tableInput(), request.name());
        String name = Names.fold(input.name(), "Table");
        boolean skipArchive = Boolean.TRUE.equals(request.skipArchive());
        updates.run(
                database,
                name,
                request.versionId(),
                skipArchive,
                (store, present, before) -> table(input, database, name).build());
        return UpdateTableResponse.builder().build();
    }

    @Override
    public DeleteTableResponse deleteTable(DeleteTableRequest request) {
        catalogId.check(request.catalogId());
        String database = Names.fold(request.databaseName(), "Database");
        String name = Names.fold(request.name(), "Table");
        transactions.run(session -> {
            TableStore store = new TableStore(session);
            if (!store.delete(database, name)) {
                // Also when another made one of that name meanwhile: nothing was dropped for this request.
                throw store.missing(database, name);
            }
            return Boolean.TRUE;
        });
        return DeleteTableResponse.builder().build();
    }

    @Override
    public BatchDeleteTableResponse batchDeleteTable(BatchDeleteTableRequest request) {
        catalogId.check(request.catalogId());
        String database = Names.fold(request.databaseName(), "Database");
        if (request.tablesToDelete().size() > LARGEST_BATCH) {
            throw Errors.invalid("BatchDeleteTable takes at most " + LARGEST_BATCH + " tables, found "
                    + request.tablesToDelete().size());
        }
        List<TableError> errors = new ArrayList<>();
        for (String table : request.tablesToDelete()) {
            try {
                deleteTable(DeleteTableRequest.builder()
                        .databaseName(database)
                        .name(table)
                        .build());
            } catch (GlueException e) {
                errors.add(TableError.builder()
                        .tableName(table)
                        .errorDetail(Errors.detail(e))
                        .build());
            }
        }
        return BatchDeleteTableResponse.builder().errors(errors).build();
    }

    private static TableInput input(@Nullable TableInput input, @Nullable String name) {
        if (input == null) {
            throw Errors.invalid("TableInput is missing");
        }
        if (name != null && !Objects.equals(Names.fold(name, "Table"), Names.fold(input.name(), "Table"))) {
            throw Errors.invalid("The request names table " + name + ", its TableInput " + input.name());
        }
        TableRules.check(input);
        return input;
    }

    /** The members of an input have the names of the members of a table. */
    private Table.Builder table(TableInput input, String database, String name) {
        return GlueJson.read(GlueJson.write(input), Table.class).toBuilder()
                .name(name)
                .databaseName(database)
                .catalogId(catalogId.value());
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
