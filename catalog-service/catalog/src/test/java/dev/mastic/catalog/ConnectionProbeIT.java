package dev.mastic.catalog;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** TestConnection against a real PostgreSQL and real sockets. */
class ConnectionProbeIT extends CatalogOnPostgres {
    private static void test(ConnectionType type, Map<ConnectionPropertyKey, String> properties) {
        glue.testConnection(request ->
                request.testConnectionInput(input -> input.connectionType(type).connectionProperties(properties)));
    }

    private static Map<ConnectionPropertyKey, String> jdbc(String url, String password) {
        return Map.of(
                ConnectionPropertyKey.JDBC_CONNECTION_URL, url,
                ConnectionPropertyKey.USERNAME, postgres.user(),
                ConnectionPropertyKey.PASSWORD, password);
    }

    @Test
    void connectsByJdbc() {
        test(ConnectionType.JDBC, jdbc(postgres.jdbcUrl(), postgres.password()));
        glue.testConnection(request -> request.testConnectionInput(input -> input.connectionType(ConnectionType.JDBC)
                .connectionProperties(Map.of(ConnectionPropertyKey.JDBC_CONNECTION_URL, postgres.jdbcUrl()))
                .authenticationConfiguration(authentication -> authentication.basicAuthenticationCredentials(
                        basic -> basic.username(postgres.user()).password(postgres.password())))));
    }

    @Test
    void saysWhyJdbcDoesNotConnectAndShowsNoPassword() {
        assertThatThrownBy(() -> test(ConnectionType.JDBC, jdbc(postgres.jdbcUrl(), "hunter2")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("does not connect: ")
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> test(
                        ConnectionType.JDBC,
                        jdbc(
                                postgres.jdbcUrl().replaceFirst("/[^/]*$", "/hunter2db") + "?password=hunter3",
                                postgres.password())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("hunter3");
        assertThatThrownBy(() -> test(ConnectionType.JDBC, jdbc("jdbc:mysql://u:hunter2@h/db", "p")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no driver for jdbc:mysql")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() ->
                        test(ConnectionType.JDBC, jdbc(postgres.jdbcUrl() + "?socketFactory=java.io.File", "hunter2")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("socketFactory");
        assertThatThrownBy(() -> test(
                        ConnectionType.JDBC,
                        Map.of(
                                ConnectionPropertyKey.JDBC_CONNECTION_URL,
                                postgres.jdbcUrl(),
                                ConnectionPropertyKey.SECRET_ID,
                                "s")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Secrets Manager");
    }

    @Test
    void reachesOneOfTheServersOfKafka() throws IOException {
        int closed;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = server.getLocalPort();
        }
        String dead = "127.0.0.1:" + closed;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            test(
                    ConnectionType.KAFKA,
                    Map.of(
                            ConnectionPropertyKey.KAFKA_BOOTSTRAP_SERVERS,
                            dead + ", 127.0.0.1:" + server.getLocalPort()));
            test(
                    ConnectionType.NETWORK,
                    Map.of(
                            ConnectionPropertyKey.HOST,
                            "127.0.0.1",
                            ConnectionPropertyKey.PORT,
                            Integer.toString(server.getLocalPort())));
        }
        assertThatThrownBy(
                        () -> test(ConnectionType.KAFKA, Map.of(ConnectionPropertyKey.KAFKA_BOOTSTRAP_SERVERS, dead)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("none of the bootstrap servers answers: " + dead);
        assertThatThrownBy(() -> test(ConnectionType.KAFKA, Map.of(ConnectionPropertyKey.KAFKA_BOOTSTRAP_SERVERS, "h")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no port");
    }

    @Test
    void namesWhatCannotBeTested() {
        glue.createConnection(request -> request.connectionInput(input ->
                input.name("nowhere").connectionType(ConnectionType.NETWORK).connectionProperties(Map.of())));
        assertThatThrownBy(() -> glue.testConnection(request -> request.connectionName("nowhere")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Connection nowhere does not connect: it names no HOST");
        assertThatThrownBy(() -> glue.testConnection(request -> request.connectionName("none")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> glue.testConnection(request -> {})).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> test(ConnectionType.SALESFORCE, Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("JDBC, KAFKA and NETWORK can");
    }

    @Test
    void createsNoConnectionWhoseCredentialsAreToBeValidatedAndAreWrong() {
        assertThatThrownBy(() -> glue.createConnection(request -> request.connectionInput(input -> input.name("dead")
                        .connectionType(ConnectionType.NETWORK)
                        .validateCredentials(true)
                        .connectionProperties(Map.of()))))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> glue.getConnection(request -> request.name("dead")))
                .isInstanceOf(EntityNotFoundException.class);
    }
}
