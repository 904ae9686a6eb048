package dev.mastic.catalog.database;

import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Names;
import dev.mastic.catalog.store.PageToken;
import dev.mastic.catalog.store.Texts;
import dev.mastic.catalog.store.Transactions;
import dev.mastic.wire.GlueJson;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.CreateDatabaseResponse;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.DatabaseAttributes;
import software.amazon.awssdk.services.glue.model.DatabaseInput;
import software.amazon.awssdk.services.glue.model.DeleteDatabaseRequest;
import software.amazon.awssdk.services.glue.model.DeleteDatabaseResponse;
import software.amazon.awssdk.services.glue.model.GetDatabaseRequest;
import software.amazon.awssdk.services.glue.model.GetDatabaseResponse;
import software.amazon.awssdk.services.glue.model.GetDatabasesRequest;
import software.amazon.awssdk.services.glue.model.GetDatabasesResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.UpdateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.UpdateDatabaseResponse;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Glue's operations on databases. Thread-safe. */
public final class DatabaseOperations implements GlueClient {
    private static final int LARGEST_PAGE = 100;

    private final Transactions transactions;
    private final CatalogId catalogId;

    /** On one catalog. */
    public DatabaseOperations(Transactions transactions, CatalogId catalogId) {
        this.transactions = transactions;
        this.catalogId = catalogId;
    }

    @Override
    public CreateDatabaseResponse createDatabase(CreateDatabaseRequest request) {
        catalogId.check(request.catalogId());
        DatabaseInput input = input(request.databaseInput());
        String name = Names.fold(input.name(), "Database");
        Database database = database(input, name)
                .createTime(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .build();
        String definition = Texts.definition(database, "Database " + name);
        return transactions.run(session -> {
            if (!new DatabaseStore(session).add(name, definition)) {
                throw AlreadyExistsException.builder()
                        .message("Database " + name + " already exists.")
                        .build();
            }
            return CreateDatabaseResponse.builder().build();
        });
    }

    @Override
    public GetDatabaseResponse getDatabase(GetDatabaseRequest request) {
        catalogId.check(request.catalogId());
        String name = Names.fold(request.name(), "Database");
        return transactions.run(session -> GetDatabaseResponse.builder()
                .database(read(new DatabaseStore(session).load(name)))
                .build());
    }

    @Override
    public GetDatabasesResponse getDatabases(GetDatabasesRequest request) {
        catalogId.check(request.catalogId());
        int size = PageToken.size(request.maxResults(), LARGEST_PAGE);
        String after = PageToken.readOne(request.nextToken());
        boolean namesOnly = namesOnly(request);
        return transactions.run(session -> {
            List<DatabaseEntity> found = new DatabaseStore(session).list(after, size + 1);
            List<DatabaseEntity> page = found.subList(0, Math.min(size, found.size()));
            return GetDatabasesResponse.builder()
                    .databaseList(page.stream()
                            .map(entity -> namesOnly
                                    ? Database.builder().name(entity.name()).build()
                                    : read(entity))
                            .toList())
                    .nextToken(
                            found.size() > size
                                    ? PageToken.after(List.of(page.get(size - 1).name()))
                                    : null)
                    .build();
        });
    }

    /** NAME is in every valid list of attributes, and no database here has what TARGET_DATABASE asks for. */
    private static boolean namesOnly(GetDatabasesRequest request) {
        List<DatabaseAttributes> attributes = request.attributesToGet();
        if (request.hasAttributesToGet() && !attributes.contains(DatabaseAttributes.NAME)) {
            throw InvalidInputException.builder()
                    .message("AttributesToGet must hold NAME, found " + request.attributesToGetAsStrings())
                    .build();
        }
        return request.hasAttributesToGet();
    }

    @Override
    public UpdateDatabaseResponse updateDatabase(UpdateDatabaseRequest request) {
        catalogId.check(request.catalogId());
        DatabaseInput input = input(request.databaseInput());
        String name = Names.fold(request.name(), "Database");
        if (!Names.fold(input.name(), "Database").equals(name)) {
            throw InvalidInputException.builder()
                    .message("Database " + name + " cannot be renamed to " + input.name())
                    .build();
        }
        return transactions.run(session -> {
            DatabaseEntity entity = new DatabaseStore(session).loadForUpdate(name);
            Database before = read(entity);
            entity.define(Texts.definition(
                    database(input, name).createTime(before.createTime()).build(), "Database " + name));
            return UpdateDatabaseResponse.builder().build();
        });
    }

    @Override
    public DeleteDatabaseResponse deleteDatabase(DeleteDatabaseRequest request) {
        catalogId.check(request.catalogId());
        String name = Names.fold(request.name(), "Database");
        return transactions.run(session -> {
            if (new DatabaseStore(session).delete(name) == 0) {
                throw DatabaseStore.missing(name);
            }
            return DeleteDatabaseResponse.builder().build();
        });
    }

    private static DatabaseInput input(@Nullable DatabaseInput input) {
        if (input == null) {
            throw InvalidInputException.builder()
                    .message("DatabaseInput is missing")
                    .build();
        }
        if (input.targetDatabase() != null || input.federatedDatabase() != null) {
            throw InvalidInputException.builder()
                    .message("Database " + input.name() + ": TargetDatabase and FederatedDatabase are not supported")
                    .build();
        }
        return input;
    }

    /** The members of an input have the names of the members of a database. */
    private Database.Builder database(DatabaseInput input, String name) {
        return GlueJson.read(GlueJson.write(input), Database.class).toBuilder()
                .name(name)
                .catalogId(catalogId.value());
    }

    private Database read(DatabaseEntity entity) {
        return GlueJson.read(entity.definition(), Database.class).toBuilder()
                .catalogId(catalogId.value())
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
