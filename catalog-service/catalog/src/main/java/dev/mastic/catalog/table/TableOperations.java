package dev.mastic.catalog.table;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.mastic.catalog.database.DatabaseEntity;
import dev.mastic.catalog.database.DatabaseStore;
import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Names;
import dev.mastic.catalog.store.PageToken;
import dev.mastic.catalog.store.Texts;
import dev.mastic.catalog.store.Transactions;
import dev.mastic.wire.GlueJson;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableRequest;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableResponse;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.CreateTableResponse;
import software.amazon.awssdk.services.glue.model.DeleteTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableResponse;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
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
import java.util.function.Function;

/**
 * Glue's operations on tables. A table's {@code VersionId} counts its updates, also those that archive nothing; an update
 * that names a {@code VersionId} happens only while that is the present one, which PostgreSQL decides. Thread-safe.
 */
public final class TableOperations implements GlueClient {
    private static final int LARGEST_PAGE = 100;
    private static final int LARGEST_BATCH = 100;
    private static final int OVERWRITE_ATTEMPTS = 50;

    private final Transactions transactions;
    private final CatalogId catalogId;
    private final PartitionKeysChange partitionKeysChange;

    /**
     * On one catalog.
     *
     * @param partitionKeysChange called by updates that change the partition keys of a table
     */
    public TableOperations(Transactions transactions, CatalogId catalogId, PartitionKeysChange partitionKeysChange) {
        this.transactions = transactions;
        this.catalogId = catalogId;
        this.partitionKeysChange = partitionKeysChange;
    }

    @Override
    public CreateTableResponse createTable(CreateTableRequest request) {
        catalogId.check(request.catalogId());
        if (request.openTableFormatInput() != null
                || !request.partitionIndexes().isEmpty()) {
            throw invalid("CreateTable: OpenTableFormatInput and PartitionIndexes are not supported");
        }
        String database = Names.fold(request.databaseName(), "Database");
        TableInput input = input(request.tableInput(), request.name());
        String name = Names.fold(input.name(), "Table");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Table table =
                table(input, database, name).createTime(now).updateTime(now).build();
        String definition = Texts.definition(table, "Table " + database + "." + name);
        return transactions.run(session -> {
            if (!new TableStore(session).add(database, name, definition)) {
                throw AlreadyExistsException.builder()
                        .message("Table " + database + "." + name + " already exists.")
                        .build();
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
        int size = PageToken.size(request.maxResults(), LARGEST_PAGE);
        String after = PageToken.readOne(request.nextToken());
        Pattern pattern = pattern(request.expression());
        Function<TableEntity, Table> shown = shown(request);
        return transactions.run(session -> {
            TableStore store = new TableStore(session);
            DatabaseEntity owner = new DatabaseStore(session).load(database);
            List<TableEntity> found = pattern == null
                    ? store.list(owner, after, size + 1)
                    : store.list(owner, after, size + 1, pattern::matches);
            List<TableEntity> page = found.subList(0, Math.min(size, found.size()));
            return GetTablesResponse.builder()
                    .tableList(page.stream().map(shown).toList())
                    .nextToken(
                            found.size() > size
                                    ? PageToken.after(List.of(page.get(size - 1).name()))
                                    : null)
                    .build();
        });
    }

    private static Function<TableEntity, Table> shown(GetTablesRequest request) {
        if (!request.hasAttributesToGet()) {
            return TableStore::read;
        }
        if (!request.attributesToGet().contains(TableAttributes.NAME)) {
            throw invalid("AttributesToGet must hold NAME, found " + request.attributesToGetAsStrings());
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
            throw invalid("UpdateTable: ViewUpdateAction and UpdateOpenTableFormatInput are not supported");
        }
        String database = Names.fold(request.databaseName(), "Database");
        TableInput input = input(request.tableInput(), request.name());
        String name = Names.fold(input.name(), "Table");
        boolean skipArchive = Boolean.TRUE.equals(request.skipArchive());
        for (int attempt = 0; attempt < OVERWRITE_ATTEMPTS; attempt++) {
            if (transactions.run(session -> update(session, database, name, input, request.versionId(), skipArchive))) {
                return UpdateTableResponse.builder().build();
            }
        }
        throw ConcurrentModificationException.builder()
                .message("Table " + database + "." + name + " is being updated by others without end; try again")
                .build();
    }

    /** Tells whether it happened: without a VersionId a lost race is run again, as the update overwrites anything. */
    private boolean update(
            Session session,
            String database,
            String name,
            TableInput input,
            @Nullable String expectedVersion,
            boolean skipArchive) {
        TableStore store = new TableStore(session);
        TableEntity present = store.load(database, name);
        if (expectedVersion != null && !expectedVersion.equals(Long.toString(present.version()))) {
            throw changed(database, name, expectedVersion);
        }
        Table before = TableStore.read(present);
        Table after = table(input, database, name)
                .createTime(before.createTime())
                .createdBy(before.createdBy())
                .updateTime(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .build();
        String definition = Texts.definition(after, "Table " + database + "." + name);
        boolean keysChange = !before.partitionKeys().equals(after.partitionKeys());
        if (keysChange) {
            store.lockKeys(present);
        }
        if (!store.replace(present, definition)) {
            if (expectedVersion != null) {
                throw changed(database, name, expectedVersion);
            }
            return false;
        }
        if (!skipArchive) {
            store.archive(present);
        }
        if (keysChange) {
            partitionKeysChange.changed(session, present, before.partitionKeys(), after.partitionKeys());
        }
        return true;
    }

    private static ConcurrentModificationException changed(String database, String name, String version) {
        return ConcurrentModificationException.builder()
                .message("Table " + database + "." + name + " is no longer at version " + version
                        + "; read it again and repeat the update")
                .build();
    }

    @Override
    public DeleteTableResponse deleteTable(DeleteTableRequest request) {
        catalogId.check(request.catalogId());
        String database = Names.fold(request.databaseName(), "Database");
        String name = Names.fold(request.name(), "Table");
        transactions.run(session -> {
            TableStore store = new TableStore(session);
            if (!store.delete(database, name)) {
                return store.load(database, name);
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
            throw invalid("BatchDeleteTable takes at most " + LARGEST_BATCH + " tables, found "
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
                        .errorDetail(ErrorDetail.builder()
                                .errorCode(e.getClass().getSimpleName())
                                .errorMessage(e.getMessage())
                                .build())
                        .build());
            }
        }
        return BatchDeleteTableResponse.builder().errors(errors).build();
    }

    /** Matches in linear time whatever the expression is, so that no request can hold a thread. */
    private static @Nullable Pattern pattern(@Nullable String expression) {
        if (expression == null || expression.isEmpty()) {
            return null;
        }
        try {
            return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw invalid("Expression '" + expression
                    + "' is not a valid regular expression (look-around and back references are not supported): "
                    + e.getMessage());
        }
    }

    private static TableInput input(@Nullable TableInput input, @Nullable String name) {
        if (input == null) {
            throw invalid("TableInput is missing");
        }
        if (input.targetTable() != null || input.viewDefinition() != null) {
            throw invalid("Table " + input.name() + ": TargetTable and ViewDefinition are not supported");
        }
        if (name != null && !Objects.equals(Names.fold(name, "Table"), Names.fold(input.name(), "Table"))) {
            throw invalid("The request names table " + name + ", its TableInput " + input.name());
        }
        return input;
    }

    /** The members of an input have the names of the members of a table. */
    private Table.Builder table(TableInput input, String database, String name) {
        return GlueJson.read(GlueJson.write(input), Table.class).toBuilder()
                .name(name)
                .databaseName(database)
                .catalogId(catalogId.value());
    }

    private static InvalidInputException invalid(String message) {
        return InvalidInputException.builder().message(message).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
