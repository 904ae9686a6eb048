package dev.mastic.catalog.connection;

import dev.mastic.catalog.connection.ConnectionStore.Row;
import dev.mastic.catalog.connection.ConnectionStore.Stored;
import dev.mastic.catalog.connection.reach.ConnectionProbe;
import dev.mastic.catalog.secret.SecretKeys;
import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.PageToken;
import dev.mastic.catalog.store.Texts;
import dev.mastic.catalog.store.Transactions;
import dev.mastic.wire.GlueJson;
import dev.mastic.wire.tag.Tags;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BatchDeleteConnectionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeleteConnectionResponse;
import software.amazon.awssdk.services.glue.model.Connection;
import software.amazon.awssdk.services.glue.model.ConnectionInput;
import software.amazon.awssdk.services.glue.model.ConnectionStatus;
import software.amazon.awssdk.services.glue.model.CreateConnectionRequest;
import software.amazon.awssdk.services.glue.model.CreateConnectionResponse;
import software.amazon.awssdk.services.glue.model.DeleteConnectionRequest;
import software.amazon.awssdk.services.glue.model.DeleteConnectionResponse;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GetConnectionRequest;
import software.amazon.awssdk.services.glue.model.GetConnectionResponse;
import software.amazon.awssdk.services.glue.model.GetConnectionsFilter;
import software.amazon.awssdk.services.glue.model.GetConnectionsRequest;
import software.amazon.awssdk.services.glue.model.GetConnectionsResponse;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.TestConnectionInput;
import software.amazon.awssdk.services.glue.model.TestConnectionRequest;
import software.amazon.awssdk.services.glue.model.TestConnectionResponse;
import software.amazon.awssdk.services.glue.model.UpdateConnectionRequest;
import software.amazon.awssdk.services.glue.model.UpdateConnectionResponse;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Glue's operations on connections, whose secrets are kept encrypted. Thread-safe. */
public final class ConnectionOperations implements GlueClient {
    private static final int LARGEST_PAGE = 1000;
    private static final int MOST_DELETED_AT_ONCE = 25;

    private final Transactions transactions;
    private final CatalogId catalogId;
    private final ConnectionSecrets secrets;
    private final ConnectionProbe probe = new ConnectionProbe();

    /**
     * On one catalog.
     *
     * @param keys for secrets; null refuses connections that have some
     */
    public ConnectionOperations(Transactions transactions, CatalogId catalogId, @Nullable SecretKeys keys) {
        this.transactions = transactions;
        this.catalogId = catalogId;
        this.secrets = new ConnectionSecrets(keys);
    }

    @Override
    public CreateConnectionResponse createConnection(CreateConnectionRequest request) {
        catalogId.check(request.catalogId());
        ConnectionInput input = ConnectionRules.checked(request.connectionInput());
        Instant now = now();
        Row row = row(input, now, now);
        String tags = Tags.column(request.tags());
        boolean isNew = change(row, store -> store.add(row, tags));
        if (!isNew) {
            throw AlreadyExistsException.builder()
                    .message("Connection " + input.name() + " already exists.")
                    .build();
        }
        return CreateConnectionResponse.builder()
                .createConnectionStatus(ConnectionStatus.READY)
                .build();
    }

    @Override
    public GetConnectionResponse getConnection(GetConnectionRequest request) {
        catalogId.check(request.catalogId());
        Connection connection = connection(find(request.name()), request.hidePassword());
        if (request.applyOverrideForComputeEnvironment() != null) {
            Map<String, String> overrides = switch (request.applyOverrideForComputeEnvironment()) {
                case SPARK -> connection.sparkProperties();
                case ATHENA -> connection.athenaProperties();
                case PYTHON -> connection.pythonProperties();
                case UNKNOWN_TO_SDK_VERSION ->
                    throw Errors.invalid("ApplyOverrideForComputeEnvironment is "
                            + request.applyOverrideForComputeEnvironmentAsString()
                            + "; use SPARK, ATHENA or PYTHON");
            };
            connection = connection.toBuilder()
                    .connectionPropertiesWithStrings(
                            ConnectionSecrets.joined(connection.connectionPropertiesAsStrings(), overrides))
                    .build();
        }
        return GetConnectionResponse.builder().connection(connection).build();
    }

    @Override
    public GetConnectionsResponse getConnections(GetConnectionsRequest request) {
        catalogId.check(request.catalogId());
        int size = PageToken.size(request.maxResults(), LARGEST_PAGE);
        String after = PageToken.readOne(request.nextToken());
        GetConnectionsFilter filter =
                request.filter() == null ? GetConnectionsFilter.builder().build() : request.filter();
        filter.matchCriteria().forEach(criterion -> Texts.requireStorable(criterion, "MatchCriteria"));
        List<Stored> found = transactions.run(session -> new ConnectionStore(session).list(filter, after, size + 1));
        List<Stored> page = found.subList(0, Math.min(size, found.size()));
        return GetConnectionsResponse.builder()
                .connectionList(page.stream()
                        .map(stored -> connection(stored, request.hidePassword()))
                        .toList())
                .nextToken(
                        found.size() > size
                                ? PageToken.after(List.of(page.get(size - 1).name()))
                                : null)
                .build();
    }

    @Override
    public UpdateConnectionResponse updateConnection(UpdateConnectionRequest request) {
        catalogId.check(request.catalogId());
        String name = ConnectionRules.name(request.name());
        ConnectionInput input = ConnectionRules.checked(request.connectionInput());
        if (!name.equals(input.name())) {
            throw Errors.invalid("Connection " + name + " cannot be renamed to " + input.name());
        }
        // Encrypts and tests before a row is locked.
        Row row = row(input, now(), now());
        change(row, store -> {
            Stored before = store.findForUpdate(name).orElseThrow(() -> missing(name));
            Connection.Builder definition = GlueJson.read(row.definition(), Connection.class).toBuilder()
                    .creationTime(
                            GlueJson.read(before.definition(), Connection.class).creationTime());
            store.replace(new Row(
                    input, row.schemaVersion(), Texts.definition(definition.build(), "Connection"), row.secrets()));
            return true;
        });
        return UpdateConnectionResponse.builder().build();
    }

    @Override
    public DeleteConnectionResponse deleteConnection(DeleteConnectionRequest request) {
        catalogId.check(request.catalogId());
        delete(ConnectionRules.name(request.connectionName()));
        return DeleteConnectionResponse.builder().build();
    }

    @Override
    public BatchDeleteConnectionResponse batchDeleteConnection(BatchDeleteConnectionRequest request) {
        catalogId.check(request.catalogId());
        if (request.connectionNameList().size() > MOST_DELETED_AT_ONCE) {
            throw Errors.invalid("ConnectionNameList has "
                    + request.connectionNameList().size() + " names; at most " + MOST_DELETED_AT_ONCE + " are taken");
        }
        List<String> succeeded = new ArrayList<>();
        Map<String, ErrorDetail> errors = new LinkedHashMap<>();
        for (String name : request.connectionNameList()) {
            try {
                delete(ConnectionRules.name(name));
                succeeded.add(name);
            } catch (GlueException e) {
                errors.put(name, Errors.detail(e));
            }
        }
        return BatchDeleteConnectionResponse.builder()
                .succeeded(succeeded)
                .errors(errors)
                .build();
    }

    @Override
    public TestConnectionResponse testConnection(TestConnectionRequest request) {
        catalogId.check(request.catalogId());
        TestConnectionInput input = request.testConnectionInput();
        if ((request.connectionName() == null) == (input == null)) {
            throw Errors.invalid("TestConnection takes one of ConnectionName and TestConnectionInput");
        }
        if (input == null) {
            Stored stored = find(request.connectionName());
            String name = stored.name();
            Connection connection = connection(stored, false);
            probe.run(new ConnectionProbe.Target(
                    "Connection " + name,
                    connection.connectionTypeAsString(),
                    connection.connectionPropertiesAsStrings(),
                    stored.secrets() == null
                            ? null
                            : secrets.decrypted(name, stored.secrets()).authenticationConfiguration()));
        } else {
            ConnectionRules.checkProperties(
                    "TestConnectionInput", input.connectionTypeAsString(), input.connectionPropertiesAsStrings());
            probe.run(new ConnectionProbe.Target(
                    "The connection",
                    input.connectionTypeAsString(),
                    input.connectionPropertiesAsStrings(),
                    input.authenticationConfiguration()));
        }
        return TestConnectionResponse.builder().build();
    }

    private interface Change {
        boolean run(ConnectionStore store);
    }

    private boolean change(Row row, Change change) {
        try {
            return transactions.run(session -> change.run(new ConnectionStore(session)));
        } catch (RuntimeException e) {
            throw row.secrets() == null ? e : ConnectionStore.explained(e);
        }
    }

    private Row row(ConnectionInput input, Instant created, Instant updated) {
        Connection.Builder shown = ConnectionSecrets.shown(input)
                .status(ConnectionStatus.READY)
                .creationTime(created)
                .lastUpdatedTime(updated);
        int schemaVersion = input.authenticationConfiguration() == null ? 1 : 2;
        String definition =
                Texts.definition(shown.connectionSchemaVersion(schemaVersion).build(), "Connection " + input.name());
        Row row = new Row(input, schemaVersion, definition, secrets.encrypted(input));
        if (Boolean.TRUE.equals(input.validateCredentials())) {
            probe.run(new ConnectionProbe.Target(
                    "Connection " + input.name(),
                    input.connectionTypeAsString(),
                    input.connectionPropertiesAsStrings(),
                    input.authenticationConfiguration()));
            shown.lastConnectionValidationTime(now());
            return new Row(input, schemaVersion, Texts.definition(shown.build(), "Connection"), row.secrets());
        }
        return row;
    }

    private void delete(String name) {
        boolean wasThere = transactions.run(session -> new ConnectionStore(session).delete(name));
        if (!wasThere) {
            throw missing(name);
        }
    }

    private Stored find(@Nullable String requested) {
        String name = ConnectionRules.name(requested);
        return transactions.run(
                session -> new ConnectionStore(session).find(name).orElseThrow(() -> missing(name)));
    }

    private Connection connection(Stored stored, @Nullable Boolean hidePassword) {
        Connection shown = GlueJson.read(stored.definition(), Connection.class);
        return stored.secrets() == null || Boolean.TRUE.equals(hidePassword)
                ? shown
                : ConnectionSecrets.joined(shown, secrets.decrypted(stored.name(), stored.secrets()));
    }

    private static GlueException missing(String name) {
        return Errors.missing("Connection " + name);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
