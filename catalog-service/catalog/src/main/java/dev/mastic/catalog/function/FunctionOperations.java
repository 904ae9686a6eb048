package dev.mastic.catalog.function;

import dev.mastic.catalog.database.DatabaseStore;
import dev.mastic.catalog.function.FunctionStore.Key;
import dev.mastic.catalog.function.FunctionStore.Stored;
import dev.mastic.catalog.function.FunctionStore.Wanted;
import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.NamePattern;
import dev.mastic.catalog.store.Names;
import dev.mastic.catalog.store.PageToken;
import dev.mastic.catalog.store.Texts;
import dev.mastic.catalog.store.Transactions;
import dev.mastic.wire.GlueJson;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.CreateUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.CreateUserDefinedFunctionResponse;
import software.amazon.awssdk.services.glue.model.DeleteUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.DeleteUserDefinedFunctionResponse;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionResponse;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionsRequest;
import software.amazon.awssdk.services.glue.model.GetUserDefinedFunctionsResponse;
import software.amazon.awssdk.services.glue.model.UpdateUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.UpdateUserDefinedFunctionResponse;
import software.amazon.awssdk.services.glue.model.UserDefinedFunction;
import software.amazon.awssdk.services.glue.model.UserDefinedFunctionInput;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;

/** Glue's operations on user-defined functions, whose names are folded as those of tables are. Thread-safe. */
public final class FunctionOperations implements GlueClient {
    private static final int LARGEST_PAGE = 100;
    private static final int MOST_RESOURCES = 1000;

    private final Transactions transactions;
    private final CatalogId catalogId;

    /** On one catalog. */
    public FunctionOperations(Transactions transactions, CatalogId catalogId) {
        this.transactions = transactions;
        this.catalogId = catalogId;
    }

    @Override
    public CreateUserDefinedFunctionResponse createUserDefinedFunction(CreateUserDefinedFunctionRequest request) {
        catalogId.check(request.catalogId());
        UserDefinedFunctionInput input = input(request.functionInput());
        Key key = key(request.databaseName(), input.functionName());
        String definition = definition(input, key, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        return transactions.run(session -> {
            if (!new FunctionStore(session).add(key, input.functionTypeAsString(), definition)) {
                new DatabaseStore(session).loadOwner(key.database());
                throw AlreadyExistsException.builder()
                        .message("Function " + shown(key) + " already exists.")
                        .build();
            }
            return CreateUserDefinedFunctionResponse.builder().build();
        });
    }

    @Override
    public GetUserDefinedFunctionResponse getUserDefinedFunction(GetUserDefinedFunctionRequest request) {
        catalogId.check(request.catalogId());
        Key key = key(request.databaseName(), request.functionName());
        return transactions.run(session -> GetUserDefinedFunctionResponse.builder()
                .userDefinedFunction(
                        function(key, new FunctionStore(session).find(key).orElseThrow(() -> missing(session, key))))
                .build());
    }

    @Override
    public GetUserDefinedFunctionsResponse getUserDefinedFunctions(GetUserDefinedFunctionsRequest request) {
        catalogId.check(request.catalogId());
        if (request.pattern() == null) {
            throw Errors.invalid("Pattern is missing; .* finds every function");
        }
        String database = request.databaseName() == null ? null : Names.fold(request.databaseName(), "Database");
        int size = PageToken.size(request.maxResults(), LARGEST_PAGE);
        Key after = after(request.nextToken());
        Predicate<String> matching = NamePattern.compile(request.pattern(), "Pattern");
        Wanted wanted = new Wanted(database, request.functionTypeAsString(), matching);
        return transactions.run(session -> {
            if (database != null) {
                new DatabaseStore(session).load(database);
            }
            List<Stored> found = new FunctionStore(session).list(wanted, after, size + 1);
            List<Stored> page = found.subList(0, Math.min(size, found.size()));
            return GetUserDefinedFunctionsResponse.builder()
                    .userDefinedFunctions(page.stream()
                            .map(stored -> function(stored.key(), stored.definition()))
                            .toList())
                    .nextToken(found.size() > size ? token(page.get(size - 1).key()) : null)
                    .build();
        });
    }

    @Override
    public UpdateUserDefinedFunctionResponse updateUserDefinedFunction(UpdateUserDefinedFunctionRequest request) {
        catalogId.check(request.catalogId());
        UserDefinedFunctionInput input = input(request.functionInput());
        Key key = key(request.databaseName(), request.functionName());
        if (input.functionName() != null
                && !Names.fold(input.functionName(), "Function").equals(key.name())) {
            throw Errors.invalid("Function " + shown(key) + " cannot be renamed to " + input.functionName());
        }
        return transactions.run(session -> {
            FunctionStore store = new FunctionStore(session);
            String before = store.findForUpdate(key).orElseThrow(() -> missing(session, key));
            Instant created = GlueJson.read(before, UserDefinedFunction.class).createTime();
            store.replace(key, input.functionTypeAsString(), definition(input, key, created));
            return UpdateUserDefinedFunctionResponse.builder().build();
        });
    }

    @Override
    public DeleteUserDefinedFunctionResponse deleteUserDefinedFunction(DeleteUserDefinedFunctionRequest request) {
        catalogId.check(request.catalogId());
        Key key = key(request.databaseName(), request.functionName());
        return transactions.run(session -> {
            if (!new FunctionStore(session).delete(key)) {
                throw missing(session, key);
            }
            return DeleteUserDefinedFunctionResponse.builder().build();
        });
    }

    private static Key key(@Nullable String database, @Nullable String name) {
        return new Key(Names.fold(database, "Database"), Names.fold(name, "Function"));
    }

    private static UserDefinedFunctionInput input(@Nullable UserDefinedFunctionInput input) {
        if (input == null) {
            throw Errors.invalid("FunctionInput is missing");
        }
        if (input.resourceUris().size() > MOST_RESOURCES) {
            throw Errors.invalid("ResourceUris has " + input.resourceUris().size() + " elements; at most "
                    + MOST_RESOURCES + " are taken");
        }
        return input;
    }

    /** The members of an input have the names of the members of a function. */
    private static String definition(UserDefinedFunctionInput input, Key key, Instant created) {
        UserDefinedFunction function = GlueJson.read(GlueJson.write(input), UserDefinedFunction.class).toBuilder()
                .functionName(key.name())
                .createTime(created)
                .build();
        return Texts.definition(function, "Function " + shown(key));
    }

    private UserDefinedFunction function(Key key, String definition) {
        return GlueJson.read(definition, UserDefinedFunction.class).toBuilder()
                .databaseName(key.database())
                .catalogId(catalogId.value())
                .build();
    }

    private static @Nullable Key after(@Nullable String token) {
        List<String> key = PageToken.read(token);
        if (key == null) {
            return null;
        }
        if (key.size() != 2) {
            throw PageToken.invalid();
        }
        return new Key(key.get(0), key.get(1));
    }

    private static String token(Key key) {
        return PageToken.after(List.of(key.database(), key.name()));
    }

    private static EntityNotFoundException missing(Session session, Key key) {
        // A missing database is the likelier mistake to be told of.
        new DatabaseStore(session).load(key.database());
        return Errors.missing("Function " + shown(key));
    }

    private static String shown(Key key) {
        return key.database() + "." + key.name();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
