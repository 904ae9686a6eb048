package dev.mastic.catalog.database;

import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.Names;
import dev.mastic.catalog.store.PageToken;
import dev.mastic.catalog.store.Texts;
import dev.mastic.catalog.store.Transactions;
import dev.mastic.wire.GlueJson;
import dev.mastic.wire.tag.Tags;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.CreateDatabaseResponse;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.DatabaseAttributes;
import software.amazon.awssdk.services.glue.model.DatabaseIdentifier;
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
import java.util.function.Function;

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
        String tags = Tags.column(request.tags());
        return transactions.run(session -> {
            if (!new DatabaseStore(session).add(name, definition, input.targetDatabase() != null, tags)) {
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
        Function<DatabaseEntity, Database> shown = shown(request);
        return transactions.run(session -> {
            List<DatabaseEntity> found = new DatabaseStore(session).list(after, size + 1);
            List<DatabaseEntity> page = found.subList(0, Math.min(size, found.size()));
            return GetDatabasesResponse.builder()
                    .databaseList(page.stream().map(shown).toList())
                    .nextToken(
                            found.size() > size
                                    ? PageToken.after(List.of(page.get(size - 1).name()))
                                    : null)
                    .build();
        });
    }

    private Function<DatabaseEntity, Database> shown(GetDatabasesRequest request) {
        if (!request.hasAttributesToGet()) {
            return this::read;
        }
        List<DatabaseAttributes> attributes = request.attributesToGet();
        if (!attributes.contains(DatabaseAttributes.NAME)) {
            throw Errors.invalid("AttributesToGet must hold NAME, found " + request.attributesToGetAsStrings());
        }
        boolean withTarget = attributes.contains(DatabaseAttributes.TARGET_DATABASE);
        return entity -> Database.builder()
                .name(entity.name())
                .targetDatabase(
                        withTarget && entity.isResourceLink() ? read(entity).targetDatabase() : null)
                .build();
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
            if (entity.isResourceLink() || input.targetDatabase() != null) {
                throw Errors.invalid("Database " + name + (entity.isResourceLink() ? " is" : " is not")
                        + " a resource link, and an update cannot change that or where it leads: update its target, or"
                        + " delete it and create another");
            }
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
        if (input.federatedDatabase() != null) {
            throw Errors.invalid("Database " + input.name() + ": FederatedDatabase is not supported");
        }
        DatabaseIdentifier target = input.targetDatabase();
        if (target != null) {
            if (target.catalogId() == null || target.databaseName() == null) {
                throw Errors.invalid("Database " + input.name()
                        + " is a resource link: its TargetDatabase needs CatalogId and DatabaseName");
            }
            Names.fold(target.databaseName(), "Database");
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
