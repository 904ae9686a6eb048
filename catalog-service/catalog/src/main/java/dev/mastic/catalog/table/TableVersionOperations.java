package dev.mastic.catalog.table;

import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Names;
import dev.mastic.catalog.store.PageToken;
import dev.mastic.catalog.store.Transactions;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableVersionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableVersionResponse;
import software.amazon.awssdk.services.glue.model.DeleteTableVersionRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableVersionResponse;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GetTableVersionRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionResponse;
import software.amazon.awssdk.services.glue.model.GetTableVersionsRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionsResponse;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.TableVersion;
import software.amazon.awssdk.services.glue.model.TableVersionError;

import java.util.ArrayList;
import java.util.List;

/** Glue's operations on the versions of tables: the present one, and those that updates have archived. Thread-safe. */
public final class TableVersionOperations implements GlueClient {
    private static final int LARGEST_PAGE = 100;
    private static final int LARGEST_BATCH = 100;

    private final Transactions transactions;
    private final CatalogId catalogId;

    /** On one catalog. */
    public TableVersionOperations(Transactions transactions, CatalogId catalogId) {
        this.transactions = transactions;
        this.catalogId = catalogId;
    }

    @Override
    public GetTableVersionResponse getTableVersion(GetTableVersionRequest request) {
        catalogId.check(request.catalogId());
        String database = Names.fold(request.databaseName(), "Database");
        String name = Names.fold(request.tableName(), "Table");
        return transactions.run(session -> {
            TableStore store = new TableStore(session);
            TableEntity table = store.load(database, name);
            long version = request.versionId() == null ? table.version() : number(request.versionId());
            TableVersion found = version == table.version()
                    ? version(database, TableStore.read(table))
                    : store.findVersion(table, version)
                            .map(archived ->
                                    version(database, TableStore.model(archived.definition(), archived.version())))
                            .orElseThrow(() -> missing(database, name, request.versionId()));
            return GetTableVersionResponse.builder().tableVersion(found).build();
        });
    }

    @Override
    public GetTableVersionsResponse getTableVersions(GetTableVersionsRequest request) {
        catalogId.check(request.catalogId());
        String database = Names.fold(request.databaseName(), "Database");
        String name = Names.fold(request.tableName(), "Table");
        int size = PageToken.size(request.maxResults(), LARGEST_PAGE);
        String after = PageToken.readOne(request.nextToken());
        return transactions.run(session -> {
            TableStore store = new TableStore(session);
            TableEntity table = store.load(database, name);
            List<TableVersion> versions = new ArrayList<>();
            if (after == null) {
                versions.add(version(database, TableStore.read(table)));
            }
            long below = after == null ? table.version() : number(after);
            store.versionsBelow(table, below, size + 1 - versions.size()).stream()
                    .map(archived -> version(database, TableStore.model(archived.definition(), archived.version())))
                    .forEach(versions::add);
            boolean more = versions.size() > size;
            List<TableVersion> page = versions.subList(0, Math.min(size, versions.size()));
            return GetTableVersionsResponse.builder()
                    .tableVersions(page)
                    .nextToken(more ? PageToken.after(List.of(page.get(size - 1).versionId())) : null)
                    .build();
        });
    }

    @Override
    public DeleteTableVersionResponse deleteTableVersion(DeleteTableVersionRequest request) {
        catalogId.check(request.catalogId());
        delete(request.databaseName(), request.tableName(), request.versionId());
        return DeleteTableVersionResponse.builder().build();
    }

    @Override
    public BatchDeleteTableVersionResponse batchDeleteTableVersion(BatchDeleteTableVersionRequest request) {
        catalogId.check(request.catalogId());
        if (request.versionIds().size() > LARGEST_BATCH) {
            throw InvalidInputException.builder()
                    .message("BatchDeleteTableVersion takes at most " + LARGEST_BATCH + " versions, found "
                            + request.versionIds().size())
                    .build();
        }
        List<TableVersionError> errors = new ArrayList<>();
        for (String version : request.versionIds()) {
            try {
                delete(request.databaseName(), request.tableName(), version);
            } catch (GlueException e) {
                errors.add(TableVersionError.builder()
                        .tableName(request.tableName())
                        .versionId(version)
                        .errorDetail(ErrorDetail.builder()
                                .errorCode(e.getClass().getSimpleName())
                                .errorMessage(e.getMessage())
                                .build())
                        .build());
            }
        }
        return BatchDeleteTableVersionResponse.builder().errors(errors).build();
    }

    private void delete(@Nullable String databaseName, @Nullable String tableName, @Nullable String versionId) {
        String database = Names.fold(databaseName, "Database");
        String name = Names.fold(tableName, "Table");
        long version = number(versionId);
        transactions.run(session -> {
            TableStore store = new TableStore(session);
            TableEntity table = store.load(database, name);
            if (version == table.version()) {
                throw InvalidInputException.builder()
                        .message("Version " + version + " is the present one of table " + database + "." + name
                                + " and cannot be deleted")
                        .build();
            }
            if (!store.deleteVersion(table, version)) {
                throw missing(database, name, versionId);
            }
            return Boolean.TRUE;
        });
    }

    private static TableVersion version(String database, software.amazon.awssdk.services.glue.model.Table table) {
        return TableVersion.builder()
                .table(table.toBuilder().databaseName(database).build())
                .versionId(table.versionId())
                .build();
    }

    private static long number(@Nullable String version) {
        try {
            return Long.parseLong(String.valueOf(version));
        } catch (NumberFormatException e) {
            throw InvalidInputException.builder()
                    .message("VersionId '" + version + "' is not a number")
                    .build();
        }
    }

    private static EntityNotFoundException missing(String database, String name, @Nullable String version) {
        return EntityNotFoundException.builder()
                .message("Version " + version + " of table " + database + "." + name + " not found.")
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
