package dev.mastic.catalog;

import dev.mastic.catalog.secret.InvalidKeyException;
import dev.mastic.catalog.secret.SecretKeys;
import dev.mastic.testing.TestPostgres;
import dev.mastic.testing.TestPostgres.TestDatabase;
import dev.mastic.wire.GlueDispatcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.ComputeEnvironment;
import software.amazon.awssdk.services.glue.model.Connection;
import software.amazon.awssdk.services.glue.model.ConnectionInput;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionStatus;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetConnectionsFilter;
import software.amazon.awssdk.services.glue.model.GetConnectionsRequest;
import software.amazon.awssdk.services.glue.model.GlueEncryptionException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.OAuth2GrantType;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConnectionOperationsIT {
    private static final String URL = "jdbc:postgresql://db.example:5432/sales";

    private final String key = SecretKeys.random();
    private TestDatabase postgres;
    private Catalog catalog;
    private GlueClient glue;

    @BeforeEach
    void open() {
        postgres = TestPostgres.newDatabase();
        catalog = open(key);
        glue = new GlueDispatcher(catalog.operations()).client();
    }

    @AfterEach
    void close() {
        catalog.close();
        postgres.close();
    }

    private Catalog open(String keys) {
        return Catalog.open(
                postgres.dataSource(),
                "123456789012",
                new CatalogSettings(
                        1000, "us-east-1", keys == null ? null : SecretKeys.parse(keys, "the file of the test")));
    }

    private static ConnectionInput jdbc(String name, String password) {
        return ConnectionInput.builder()
                .name(name)
                .description("sales")
                .connectionType(ConnectionType.JDBC)
                .matchCriteria("a", "b")
                .connectionProperties(Map.of(
                        ConnectionPropertyKey.JDBC_CONNECTION_URL, URL,
                        ConnectionPropertyKey.USERNAME, "ada",
                        ConnectionPropertyKey.PASSWORD, password))
                .physicalConnectionRequirements(requirements -> requirements.subnetId("subnet-1"))
                .build();
    }

    private static ConnectionInput network(String name) {
        return ConnectionInput.builder()
                .name(name)
                .connectionType(ConnectionType.NETWORK)
                .connectionProperties(Map.of())
                .build();
    }

    private void create(ConnectionInput input) {
        glue.createConnection(request -> request.connectionInput(input));
    }

    private Connection connection(String name, boolean hidePassword) {
        return glue.getConnection(request -> request.name(name).hidePassword(hidePassword))
                .connection();
    }

    private List<String> names(Consumer<GetConnectionsRequest.Builder> request) {
        return glue.getConnectionsPaginator(request).stream()
                .flatMap(page -> page.connectionList().stream())
                .map(Connection::name)
                .toList();
    }

    @Test
    void keepsAConnectionAsItWasGivenAndHidesItsPassword() {
        assertThat(glue.createConnection(request -> request.connectionInput(jdbc("Sales", "hunter2")))
                        .createConnectionStatus())
                .isEqualTo(ConnectionStatus.READY);

        Connection whole = connection("Sales", false);
        assertThat(whole.connectionProperties())
                .isEqualTo(jdbc("Sales", "hunter2").connectionProperties());
        assertThat(whole.creationTime()).isNotNull().isEqualTo(whole.lastUpdatedTime());
        assertThat(whole.status()).isEqualTo(ConnectionStatus.READY);
        assertThat(whole.connectionSchemaVersion()).isEqualTo(1);
        assertThat(whole.matchCriteria()).containsExactly("a", "b");
        assertThat(whole.physicalConnectionRequirements().subnetId()).isEqualTo("subnet-1");

        Connection hidden = connection("Sales", true);
        assertThat(hidden.connectionProperties())
                .containsOnlyKeys(ConnectionPropertyKey.JDBC_CONNECTION_URL, ConnectionPropertyKey.USERNAME);
        assertThat(glue.getConnections(request -> request.hidePassword(true)).toString())
                .doesNotContain("hunter2");
        assertThat(glue.getConnections(request -> {}).connectionList()).containsExactly(whole);
        assertThatThrownBy(() -> connection("sales", true)).isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void replacesADefinitionWithItsSecrets() {
        create(jdbc("c", "first"));
        glue.updateConnection(request -> request.name("c").connectionInput(jdbc("c", "second")));
        assertThat(connection("c", false).connectionProperties())
                .containsEntry(ConnectionPropertyKey.PASSWORD, "second");

        Connection before = connection("c", true);
        glue.updateConnection(request -> request.name("c").connectionInput(network("c")));
        assertThat(connection("c", false).connectionType()).isEqualTo(ConnectionType.NETWORK);
        assertThat(connection("c", false).connectionProperties()).isEmpty();
        assertThat(connection("c", false).creationTime()).isEqualTo(before.creationTime());

        assertThatThrownBy(
                        () -> glue.updateConnection(request -> request.name("c").connectionInput(network("d"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be renamed");
        assertThatThrownBy(
                        () -> glue.updateConnection(request -> request.name("d").connectionInput(network("d"))))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void listsByFilterInPages() {
        IntStream.range(0, 5).forEach(i -> create(network("n" + i)));
        create(jdbc("j1", "p"));
        create(jdbc("j0", "p").toBuilder().matchCriteria("a").build());

        assertThat(names(request -> request.maxResults(2))).containsExactly("j0", "j1", "n0", "n1", "n2", "n3", "n4");
        assertThat(names(request -> request.filter(filter -> filter.connectionType(ConnectionType.JDBC))))
                .containsExactly("j0", "j1");
        assertThat(names(request -> request.filter(filter -> filter.matchCriteria("b", "a"))))
                .containsExactly("j1");
        assertThat(names(request -> request.filter(GetConnectionsFilter.builder()
                        .connectionSchemaVersion(2)
                        .build())))
                .isEmpty();
        assertThatThrownBy(() -> names(request -> request.nextToken("x"))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void deletesWithAnErrorForEachThatIsMissing() {
        create(network("a"));
        create(network("b"));
        glue.deleteConnection(request -> request.connectionName("a"));
        assertThatThrownBy(() -> glue.deleteConnection(request -> request.connectionName("a")))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Connection a not found");

        var deleted = glue.batchDeleteConnection(request -> request.connectionNameList("a", "b"));
        assertThat(deleted.succeeded()).containsExactly("b");
        assertThat(deleted.errors()).containsOnlyKeys("a");
        assertThat(deleted.errors().get("a").errorCode()).isEqualTo("EntityNotFoundException");
    }

    @Test
    void namesWhatATypeNeeds() {
        for (ConnectionType type : List.of(ConnectionType.JDBC, ConnectionType.KAFKA, ConnectionType.MONGODB)) {
            assertThatThrownBy(() ->
                            create(network("c").toBuilder().connectionType(type).build()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("Connection c of type " + type + " needs ");
        }
        create(network("c"));
        assertThatThrownBy(() -> create(network("c"))).isInstanceOf(AlreadyExistsException.class);
    }

    @Test
    void laysThePropertiesOfAComputeEnvironmentOverTheOthers() {
        create(jdbc("c", "p").toBuilder()
                .sparkProperties(Map.of("USERNAME", "spark", "sfPassword", "snow"))
                .build());

        assertThat(glue.getConnection(request -> request.name("c")
                                .hidePassword(true)
                                .applyOverrideForComputeEnvironment(ComputeEnvironment.SPARK))
                        .connection()
                        .connectionProperties())
                .containsEntry(ConnectionPropertyKey.USERNAME, "spark")
                .doesNotContainValue("snow");
        assertThat(connection("c", false).sparkProperties()).containsEntry("sfPassword", "snow");
    }

    @Test
    void keepsNoSecretReadableAnywhereInTheSchema() throws SQLException {
        String canary = "c4nary";
        create(jdbc("jdbc", canary + "1"));
        create(jdbc("url", canary).toBuilder()
                .connectionProperties(Map.of(
                        ConnectionPropertyKey.JDBC_CONNECTION_URL,
                        URL + "?user=u&password=" + canary,
                        ConnectionPropertyKey.ENCRYPTED_PASSWORD,
                        canary))
                .build());
        create(ConnectionInput.builder()
                .name("kafka")
                .connectionType(ConnectionType.KAFKA)
                .connectionProperties(Map.of(
                        ConnectionPropertyKey.KAFKA_BOOTSTRAP_SERVERS, "h:9092",
                        ConnectionPropertyKey.KAFKA_CLIENT_KEYSTORE_PASSWORD, canary,
                        ConnectionPropertyKey.KAFKA_CLIENT_KEY_PASSWORD, canary,
                        ConnectionPropertyKey.KAFKA_SASL_PLAIN_PASSWORD, canary,
                        ConnectionPropertyKey.ENCRYPTED_KAFKA_SASL_SCRAM_PASSWORD, canary,
                        ConnectionPropertyKey.KAFKA_SASL_SCRAM_PASSWORD, canary))
                .build());
        create(network("saas").toBuilder()
                .connectionType(ConnectionType.SALESFORCE)
                .pythonProperties(Map.of("api_key", canary))
                .authenticationConfiguration(authentication -> authentication
                        .basicAuthenticationCredentials(
                                basic -> basic.username("u").password(canary))
                        .customAuthenticationCredentials(Map.of("x", canary))
                        .oAuth2Properties(oauth -> oauth.oAuth2GrantType(OAuth2GrantType.JWT_BEARER)
                                .tokenUrl("https://login.example/token")
                                .tokenUrlParametersMap(Map.of("client_secret", canary, "scope", "all"))
                                .authorizationCodeProperties(code -> code.authorizationCode(canary))
                                .oAuth2Credentials(credentials -> credentials
                                        .accessToken(canary)
                                        .refreshToken(canary)
                                        .jwtToken(canary)
                                        .userManagedClientApplicationClientSecret(canary))))
                .build());
        glue.updateConnection(request -> request.name("jdbc").connectionInput(jdbc("jdbc", canary + "2")));

        assertThat(textOfTheSchema()).contains("login.example").doesNotContain(canary);
        assertThat(glue.getConnections(request -> request.hidePassword(true)).toString())
                .contains("login.example")
                .doesNotContain(canary);
        assertThat(connection("url", false).connectionPropertiesAsStrings().toString())
                .contains("password=" + canary);
        assertThat(connection("url", true).connectionPropertiesAsStrings().toString())
                .contains("password=***");
        Connection saas = connection("saas", false);
        assertThat(saas.authenticationConfiguration().toString()).doesNotContain(canary);
        assertThat(saas.authenticationConfiguration().oAuth2Properties().tokenUrlParametersMap())
                .containsExactly(Map.entry("scope", "all"));
        assertThat(saas.connectionSchemaVersion()).isEqualTo(2);
    }

    private String textOfTheSchema() throws SQLException {
        StringBuilder text = new StringBuilder();
        try (java.sql.Connection sql = postgres.dataSource().getConnection();
                Statement statement = sql.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "select quote_ident(table_name) from information_schema.tables where table_schema = 'catalog'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("select t::text from catalog." + table + " t")) {
                    while (rows.next()) {
                        text.append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return text.toString();
    }

    @Test
    void bindsASecretToItsConnection() throws SQLException {
        create(jdbc("a", "mine"));
        create(jdbc("b", "other"));
        try (java.sql.Connection sql = postgres.dataSource().getConnection();
                Statement statement = sql.createStatement()) {
            statement.execute("update catalog.connection set secrets ="
                    + " (select secrets from catalog.connection where name = 'a') where name = 'b'");
        }

        assertThat(connection("b", true).name()).isEqualTo("b");
        assertThatThrownBy(() -> connection("b", false)).isInstanceOf(GlueEncryptionException.class);
    }

    @Test
    void takesNoSecretsWithoutAKey() {
        create(jdbc("old", "p"));
        try (Catalog keyless = open((String) null)) {
            GlueClient client = new GlueDispatcher(keyless.operations()).client();
            client.createConnection(request -> request.connectionInput(network("n")));
            assertThatThrownBy(() -> client.createConnection(request -> request.connectionInput(jdbc("j", "hunter2"))))
                    .isInstanceOf(GlueEncryptionException.class)
                    .hasMessageContaining("Connection j has secrets")
                    .hasMessageContaining("catalog.secret-key-file")
                    .hasMessageNotContaining("hunter2");
            assertThat(client.getConnections(request -> request.hidePassword(true))
                            .connectionList())
                    .hasSize(2);
            assertThatThrownBy(() -> client.getConnection(request -> request.name("old")))
                    .isInstanceOf(GlueEncryptionException.class);
        }
    }

    @Test
    void refusesAWrongKeyAtItsStart() {
        assertThatThrownBy(() -> open(SecretKeys.random()))
                .as("before there are secrets, too: two servers must agree")
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("Put the right key back");
        create(jdbc("c", "p"));
        assertThatThrownBy(() -> open(SecretKeys.random()))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("catalog.secret-key-file")
                .hasMessageNotContaining(key.trim());
        open(key).close();
    }

    @Test
    void changesKeysWhileServersRun() {
        create(jdbc("c", "kept"));
        String next = SecretKeys.random();
        try (Catalog both = open(next + key)) {
            GlueClient client = new GlueDispatcher(both.operations()).client();
            assertThat(client.getConnection(request -> request.name("c"))
                            .connection()
                            .connectionProperties())
                    .containsEntry(ConnectionPropertyKey.PASSWORD, "kept");
            assertThatThrownBy(() -> open(next))
                    .as("a secret needs the old key")
                    .isInstanceOf(InvalidKeyException.class);
            client.updateConnection(request -> request.name("c").connectionInput(jdbc("c", "new")));
        }
        open(next).close();
        assertThatThrownBy(() -> create(jdbc("late", "p")))
                .as("a server that still has only the old key")
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The key of this server is no longer");
    }

    @Test
    void letsExactlyOneOfManyCreatesWin() throws Exception {
        assertThat(CatalogOnPostgres.together(8, writer -> {
                    try {
                        create(jdbc("same", "p" + writer));
                        return true;
                    } catch (AlreadyExistsException e) {
                        return false;
                    }
                }))
                .containsOnlyOnce(true);
        assertThat(CatalogOnPostgres.together(8, writer -> {
                    glue.updateConnection(request -> request.name("same").connectionInput(jdbc("same", "q" + writer)));
                    return true;
                }))
                .containsOnly(true);
        assertThat(connection("same", false).connectionProperties().get(ConnectionPropertyKey.PASSWORD))
                .matches("q[0-7]");
    }
}
