package dev.mastic.server;

import dev.mastic.catalog.secret.SecretKeys;
import dev.mastic.server.config.Setting;
import dev.mastic.testing.TestPostgres;
import dev.mastic.testing.TestPostgres.TestDatabase;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Connection;
import software.amazon.awssdk.services.glue.model.ConnectionInput;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Secrets that stand nowhere else, as canaries, in all the settings that are secret: no line that a server prints and no
 * answer that it gives has one of them, whatever is asked and whatever fails.
 */
class SecretsIT {
    private static final int REQUESTS = 4_000;
    private static final int HEAP_MEGABYTES = 384;

    private final long seed = new Random().nextInt(1_000_000);
    private final Random random = new Random(seed);
    private final String role = "canary_" + HexFormat.of().toHexDigits(random.nextInt());
    private final Map<Setting, String> canaries = new EnumMap<>(Map.of(
            Setting.SECRET_KEY, canary(),
            Setting.S3_SECRET_KEY, canary(),
            Setting.POSTGRES_PASSWORD, canary(),
            Setting.CATALOG_SECRET_KEY, SecretKeys.random().strip(),
            Setting.DYNAMODB_SECRET_KEY, canary(),
            Setting.WEBHOOK_TOKEN, canary()));
    private final String password = canary();
    private final Set<String> secrets = Fuzz.forms(
            Stream.concat(canaries.values().stream(), Stream.of(password)).collect(Collectors.toSet()));

    private String canary() {
        byte[] bytes = new byte[15];
        random.nextBytes(bytes);
        return "canary" + HexFormat.of().formatHex(bytes);
    }

    @Test
    void knowsAllSettingsThatAreSecret() {
        assertThat(Stream.of(Setting.values()).filter(Setting::isSecret))
                .containsExactlyInAnyOrderElementsOf(canaries.keySet());
    }

    @Test
    void printsAndAnswersNoSecret() throws Exception {
        try (TestDatabase postgres = TestPostgres.newDatabase()) {
            String owner = "alter database " + postgres.jdbcUrl().replaceFirst(".*/", "") + " owner to " + role;
            execute(
                    postgres,
                    "create role " + role + " login password '" + canaries.get(Setting.POSTGRES_PASSWORD) + "'",
                    owner);
            Path log;
            try (ServerProcess server =
                    ServerProcess.launchVerbose("canary", HEAP_MEGABYTES, settings(postgres, role))) {
                log = server.log();
                System.out.println("Seed of the canaries: " + seed);
                Fuzz fuzz = new Fuzz(server.address(), "canary", canaries.get(Setting.SECRET_KEY), secrets, 2, seed);
                fuzz.run(REQUESTS);
                assertThat(fuzz.succeeded).isNotEmpty();
                askTheRest(server.address());
                askForConnections(server.address(), postgres.jdbcUrl());
                // What fails for the server itself is what its log tells most of.
                execute(
                        postgres,
                        "alter role " + role + " nologin",
                        "select pg_terminate_backend(pid) from pg_stat_activity where usename = '" + role + "'");
                askTheRest(server.address());
                fuzz.run(12);
                assertThat(fuzz.answers).containsKey(503);
                assertThat(fuzz.faults).as("answers with a secret").noneMatch(fault -> fault.startsWith("A secret"));
            }
            assertThat(Files.readString(log)).contains("DEBUG").contains("could not be answered");
            assertThatNothingIsTold(log);
        }
    }

    @Test
    void saysWhyItDoesNotStartWithoutASecret() throws Exception {
        try (TestDatabase postgres = TestPostgres.newDatabase();
                ServerProcess server =
                        ServerProcess.launchVerbose("canary", HEAP_MEGABYTES, settings(postgres, postgres.user()))) {
            assertThat(server.exitValue()).isEqualTo(1);
            assertThat(server.readLog()).contains("Check postgres, postgres-user and postgres-password");
            assertThatNothingIsTold(server.log());
        }
    }

    private Map<Setting, String> settings(TestDatabase postgres, String user) {
        Map<Setting, String> settings = new EnumMap<>(canaries);
        settings.put(Setting.ACCESS_KEY, "canary");
        settings.put(Setting.POSTGRES, postgres.jdbcUrl());
        settings.put(Setting.POSTGRES_USER, user);
        settings.put(Setting.MAX_DRIVERS, "1");
        settings.put(Setting.DYNAMODB_ENDPOINT, "http://127.0.0.1:1");
        return settings;
    }

    /** What is not Glue's protocol: metrics, health, and the REST API with and without the right token. */
    private void askTheRest(URI address) throws Exception {
        byte[] event = "{\"Records\":[{\"eventName\":7}]}".getBytes(StandardCharsets.UTF_8);
        byte[] none = new byte[0];
        try (WireConnection connection = new WireConnection(address, 30_000)) {
            for (WireConnection.Answer answer : List.of(
                    connection.send("GET", "/health", Map.of(), none),
                    connection.send("GET", "/metrics", Map.of(), none),
                    connection.send("GET", "/api/v1/events", Map.of(), none),
                    connection.send("GET", "/api/v1/runs/x", Map.of(), none),
                    connection.send("POST", "/api/v1/events/s3", Map.of("Authorization", "Bearer wrong"), event),
                    connection.send(
                            "POST",
                            "/api/v1/events/s3",
                            Map.of("Authorization", "Bearer " + canaries.get(Setting.WEBHOOK_TOKEN)),
                            event),
                    connection.send(
                            "POST",
                            "/api/v1/events/s3",
                            Map.of("Authorization", "Basic " + canaries.get(Setting.WEBHOOK_TOKEN)),
                            none))) {
                for (String secret : secrets) {
                    assertThat(answer.head() + answer.body()).doesNotContain(secret);
                }
            }
        }
    }

    /** Only GetConnection without HidePassword may tell a password. */
    private void askForConnections(URI address, String jdbcUrl) {
        try (GlueClient glue = GlueClient.builder()
                .endpointOverride(address)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("canary", canaries.get(Setting.SECRET_KEY))))
                .build()) {
            ConnectionInput input = ConnectionInput.builder()
                    .name("warehouse")
                    .connectionType(ConnectionType.JDBC)
                    .connectionProperties(Map.of(
                            ConnectionPropertyKey.JDBC_CONNECTION_URL, jdbcUrl,
                            ConnectionPropertyKey.USERNAME, "nobody",
                            ConnectionPropertyKey.PASSWORD, password))
                    .build();
            List<Object> answers = new ArrayList<>();
            answers.add(glue.createConnection(request -> request.connectionInput(input)));
            answers.add(glue.getConnection(request -> request.name("warehouse").hidePassword(true))
                    .connection()
                    .connectionProperties());
            answers.add(glue.getConnections(request -> request.hidePassword(true)).connectionList().stream()
                    .map(Connection::connectionProperties)
                    .toList());
            answers.add(catchThrowable(() -> glue.createConnection(request -> request.connectionInput(input))));
            answers.add(catchThrowable(() -> glue.testConnection(request -> request.connectionName("warehouse"))));
            assertThat(answers.get(4)).asString().contains("password authentication failed");
            for (String secret : secrets) {
                assertThat(answers).noneMatch(answer -> String.valueOf(answer).contains(secret));
            }
            assertThat(glue.getConnection(request -> request.name("warehouse"))
                            .connection()
                            .connectionProperties())
                    .as("was kept")
                    .containsEntry(ConnectionPropertyKey.PASSWORD, password);
        }
    }

    private void assertThatNothingIsTold(Path log) throws Exception {
        List<String> lines = Files.readAllLines(log);
        assertThat(lines).isNotEmpty();
        for (String secret : secrets) {
            assertThat(lines).noneMatch(line -> line.contains(secret));
        }
    }

    private static void execute(TestDatabase postgres, String... commands) throws Exception {
        try (java.sql.Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }
}
