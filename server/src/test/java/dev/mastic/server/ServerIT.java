package dev.mastic.server;

import dev.mastic.catalog.secret.SecretKeys;
import dev.mastic.server.config.Setting;
import dev.mastic.server.config.Settings;
import dev.mastic.testing.TestFolders;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsType;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.DataFormat;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.SchemaVersionStatus;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The server as a client sees it: through HTTP, by the AWS SDK. */
class ServerIT {
    private static MasticServer server;
    private static GlueClient glue;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        server = MasticServer.start(settings(TestFolders.create("server")), anyFolder());
        glue = client("mastic", "mastic");
    }

    @AfterAll
    static void stop() {
        glue.close();
        server.close();
    }

    @Test
    void saysThatItIsReady() throws Exception {
        HttpResponse<String> health = get("/health");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("{\"status\":\"ready\",\"postgres\":\"ok\",\"s3\":\"ok\"}");
    }

    @Test
    void countsRequestsByOperationForPrometheus() throws Exception {
        glue.getDatabases(request -> {});

        assertThat(get("/metrics").body())
                .contains("mastic_glue_requests_seconds_count{operation=\"GetDatabases\",outcome=\"Success\"}")
                .contains("hikaricp_connections")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void countsRequestsForWhatIsNoOperationUnderOneName() throws Exception {
        for (String target : List.of("AWSGlue.MadeUp1", "AWSGlue.MadeUp2", "Other.GetDatabases\"} 1")) {
            HTTP.send(
                    HttpRequest.newBuilder(server.address())
                            .header("X-Amz-Target", target)
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        assertThat(get("/metrics").body())
                .contains("{operation=\"other\",outcome=\"MissingAuthenticationTokenException\"}")
                .doesNotContain("MadeUp");
    }

    @Test
    void keepsDatabasesTablesVersionsAndPartitions() {
        glue.createDatabase(request -> request.databaseInput(input -> input.name("Sales")));
        glue.createTable(request -> request.databaseName("sales")
                .tableInput(input -> input.name("Orders")
                        .partitionKeys(Column.builder().name("day").type("date").build())
                        .storageDescriptor(storage("s3://lake/orders/"))));
        String version = glue.getTable(request -> request.databaseName("SALES").name("ORDERS"))
                .table()
                .versionId();
        glue.updateTable(request -> request.databaseName("sales")
                .versionId(version)
                .tableInput(input -> input.name("orders")
                        .partitionKeys(Column.builder().name("day").type("date").build())
                        .storageDescriptor(storage("s3://lake/orders2/"))));

        assertThatThrownBy(() -> glue.updateTable(request ->
                        request.databaseName("sales").versionId(version).tableInput(input -> input.name("orders"))))
                .isInstanceOf(ConcurrentModificationException.class);
        assertThat(glue.getTableVersions(
                                request -> request.databaseName("sales").tableName("orders"))
                        .tableVersions())
                .hasSize(2);

        List<PartitionInput> days = IntStream.rangeClosed(1, 30)
                .mapToObj(day -> PartitionInput.builder()
                        .values(String.format("2026-01-%02d", day))
                        .storageDescriptor(storage("s3://lake/orders2/day=" + day))
                        .build())
                .toList();
        assertThat(glue.batchCreatePartition(request -> request.databaseName("sales")
                                .tableName("orders")
                                .partitionInputList(days))
                        .errors())
                .isEmpty();
        assertThat(glue
                        .getPartitionsPaginator(request -> request.databaseName("sales")
                                .tableName("orders")
                                .expression("day between '2026-01-05' and '2026-01-10' and day <> '2026-01-07'")
                                .maxResults(2))
                        .stream()
                        .flatMap(page -> page.partitions().stream()))
                .hasSize(5)
                .allSatisfy(partition -> assertThat(partition.tableName()).isEqualTo("orders"));
    }

    @Test
    void keepsSchemasAndRefusesVersionsThatDoNotFit() {
        String definition = "syntax = \"proto3\";\n\nmessage Click {\n  string url = 1;\n}\n";
        String schema = glue.createSchema(request -> request.schemaName("clicks")
                        .dataFormat(DataFormat.PROTOBUF)
                        .schemaDefinition(definition))
                .schemaArn();
        assertThat(schema).isEqualTo("arn:aws:glue:us-east-1:123456789012:schema/default-registry/clicks");
        assertThat(glue.registerSchemaVersion(request -> request.schemaId(id -> id.schemaArn(schema))
                                .schemaDefinition(definition.replace("string", "double")))
                        .status())
                .isEqualTo(SchemaVersionStatus.FAILURE);
        assertThat(glue.getSchema(request -> request.schemaId(id -> id.schemaArn(schema)))
                        .latestSchemaVersion())
                .isEqualTo(1);
    }

    @Test
    void keepsStatisticsFunctionsAndIndexesAndFindsTables() {
        glue.createDatabase(request -> request.databaseInput(input -> input.name("facts")));
        glue.createTable(request -> request.databaseName("facts")
                .partitionIndexes(index -> index.indexName("by_day").keys("day"))
                .tableInput(input -> input.name("clicks")
                        .description("Clicks of visitors")
                        .partitionKeys(Column.builder().name("day").type("int").build())
                        .storageDescriptor(storage("s3://lake/clicks/"))));
        glue.createPartition(request -> request.databaseName("facts")
                .tableName("clicks")
                .partitionInput(partition -> partition.values("7").storageDescriptor(storage("s3://lake/clicks/7"))));
        assertThatThrownBy(() -> glue.createPartition(request -> request.databaseName("facts")
                        .tableName("clicks")
                        .partitionInput(partition -> partition.values("seven"))))
                .isInstanceOf(InvalidInputException.class);

        ColumnStatistics statistics = ColumnStatistics.builder()
                .columnName("id")
                .columnType("bigint")
                .analyzedTime(Instant.ofEpochSecond(1_700_000_000))
                .statisticsData(data -> data.type(ColumnStatisticsType.LONG)
                        .longColumnStatisticsData(longs -> longs.minimumValue(Long.MIN_VALUE)
                                .maximumValue(Long.MAX_VALUE)
                                .numberOfNulls(0L)
                                .numberOfDistinctValues(9L)))
                .build();
        glue.updateColumnStatisticsForPartition(request -> request.databaseName("facts")
                .tableName("clicks")
                .partitionValues("7")
                .columnStatisticsList(statistics));
        assertThat(glue.getColumnStatisticsForPartition(request -> request.databaseName("facts")
                                .tableName("clicks")
                                .partitionValues("7")
                                .columnNames("id", "none"))
                        .columnStatisticsList())
                .containsExactly(statistics);

        glue.createUserDefinedFunction(request -> request.databaseName("facts")
                .functionInput(
                        function -> function.functionName("trino__area__1").className("x")));
        assertThat(glue.getUserDefinedFunctions(
                                request -> request.databaseName("facts").pattern("\\Qtrino__area__\\E.*"))
                        .userDefinedFunctions())
                .hasSize(1);
        assertThat(glue.searchTables(request -> request.searchText("visitors clicks"))
                        .tableList())
                .extracting(Table::name)
                .containsExactly("clicks");
        assertThat(glue.getCatalogs(request -> request.includeRoot(true)).catalogList())
                .hasSize(1);
    }

    @Test
    void restoresAVersionOfATableBySignedRequests() throws Exception {
        glue.createDatabase(request -> request.databaseInput(input -> input.name("past")));
        for (String table : List.of("a b", "名前")) {
            glue.createTable(request -> request.databaseName("past").tableInput(input -> input.name(table)));
            glue.updateTable(request -> request.databaseName("past")
                    .tableInput(input -> input.name(table).description("new")));
            String path = "/api/v1/catalog/databases/past/tables/"
                    + URLEncoder.encode(table, StandardCharsets.UTF_8).replace("+", "%20") + "/versions/0/restore";

            assertThat(post(path, "{\"expectedVersionId\": \"1\"}").body()).contains("\"versionId\":\"2\"");
            assertThat(glue.getTable(request -> request.databaseName("past").name(table))
                            .table()
                            .description())
                    .isNull();
            HttpResponse<String> lost = post(path, "{\"expectedVersionId\": \"1\"}");
            assertThat(lost.statusCode()).isEqualTo(409);
            assertThat(lost.body()).contains("\"error\":\"ConcurrentModificationException\"");
        }
        HttpResponse<String> unsigned = HTTP.send(
                HttpRequest.newBuilder(
                                server.address().resolve("/api/v1/catalog/databases/past/tables/t/versions/0/restore"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(unsigned.statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        URI address = server.address().resolve(path);
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsBasicCredentials.create("mastic", "mastic"))
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.POST)
                                .uri(address)
                                .build())
                        .payload(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "glue")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"));
        HttpRequest.Builder request = HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(body));
        signed.request().headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void pagesThroughDatabases() {
        IntStream.range(0, 25)
                .forEach(i -> glue.createDatabase(
                        request -> request.databaseInput(input -> input.name(String.format("paged_%02d", i)))));

        assertThat(glue.getDatabasesPaginator(request -> request.maxResults(4)).stream()
                        .flatMap(page -> page.databaseList().stream())
                        .map(Database::name)
                        .filter(name -> name.startsWith("paged_")))
                .hasSize(25)
                .doesNotHaveDuplicates();
        assertThatThrownBy(() -> glue.getDatabases(request -> request.nextToken("made up")))
                .isInstanceOf(GlueException.class)
                .extracting(failure -> ((GlueException) failure).statusCode())
                .isEqualTo(400);
    }

    @Test
    void answersWithGluesOwnErrors() {
        glue.createDatabase(request -> request.databaseInput(input -> input.name("twice")));

        assertThatThrownBy(() -> glue.createDatabase(request -> request.databaseInput(input -> input.name("twice"))))
                .isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() ->
                        glue.getTable(request -> request.databaseName("none").name("t")))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("none")
                .satisfies(failure ->
                        assertThat(((AwsServiceException) failure).requestId()).isNotBlank());
        assertThatThrownBy(() -> glue.createDatabase(request -> request.databaseInput(input -> input.name(""))))
                .isInstanceOf(GlueException.class)
                .hasMessageContaining("Member must have length greater than or equal to 1");
        assertThatThrownBy(() -> glue.listBlueprints(request -> {}))
                .isInstanceOf(GlueException.class)
                .hasMessageContaining("ListBlueprints is an operation of Glue that Mastic does not have");
    }

    @Test
    void refusesWrongCredentialsAsGlueDoes() {
        try (GlueClient wrongSecret = client("mastic", "wrong");
                GlueClient unknownKey = client("nobody", "mastic")) {
            assertErrorCode(() -> wrongSecret.getDatabases(request -> {}), "InvalidSignatureException");
            assertErrorCode(() -> unknownKey.getDatabases(request -> {}), "UnrecognizedClientException");
        }
    }

    @Test
    void refusesARequestWithoutASignature() throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(server.address())
                        .header("X-Amz-Target", "AWSGlue.GetDatabases")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("MissingAuthenticationTokenException");
        assertThat(get("/api/v1/events").statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/api/v1/nothing", "/%2e%2e/x", "/api/v1/runs/%zz/logs"})
    void answersUnknownAddressesWithoutAFault(String path) throws Exception {
        java.net.Socket socket =
                new java.net.Socket("127.0.0.1", server.address().getPort());
        try (socket) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            String status = new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(status).startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void refusesATakenPortWithTheFix() {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        values.put(Setting.DATA, TestFolders.create("taken").toString());
        values.put(Setting.PORT, Integer.toString(server.address().getPort()));
        Settings settings = Settings.read(values, Map.of(), Optional.empty());

        assertThatThrownBy(() -> MasticServer.start(settings, anyFolder()))
                .hasMessageContaining("Cannot listen on")
                .hasMessageContaining("--port");
    }

    @Test
    void refusesADataFolderInUse() {
        Path data = TestFolders.create("in-use");
        try (MasticServer first = MasticServer.start(settings(data), anyFolder())) {
            assertThat(first.address()).isNotNull();
            assertThatThrownBy(() -> MasticServer.start(settings(data), anyFolder()))
                    .hasMessageContaining("is in use by another Mastic");
        }
    }

    @Test
    void keepsEverythingOverARestart() throws IOException {
        Path data = TestFolders.create("restart");
        try (MasticServer first = MasticServer.start(settings(data), anyFolder());
                GlueClient client = client(first.address(), "mastic", "mastic")) {
            client.createDatabase(request -> request.databaseInput(input -> input.name("kept")));
            client.createConnection(request -> request.connectionInput(input -> input.name("kept")
                    .connectionType(ConnectionType.JDBC)
                    .connectionProperties(Map.of(
                            ConnectionPropertyKey.JDBC_CONNECTION_URL, "jdbc:postgresql://h/db",
                            ConnectionPropertyKey.PASSWORD, "kept"))));
        }
        try (MasticServer second = MasticServer.start(settings(data), anyFolder());
                GlueClient client = client(second.address(), "mastic", "mastic")) {
            assertThat(client.getDatabase(request -> request.name("kept"))
                            .database()
                            .name())
                    .isEqualTo("kept");
            assertThat(client.getConnection(request -> request.name("kept"))
                            .connection()
                            .connectionProperties())
                    .containsEntry(ConnectionPropertyKey.PASSWORD, "kept");
        }
        Files.writeString(data.resolve("secret.key"), SecretKeys.random());
        assertThatThrownBy(() -> MasticServer.start(settings(data), anyFolder()))
                .hasMessageContaining("Put the right key back");
    }

    @Test
    void says503WhilePostgresIsGone() throws Exception {
        Path data = TestFolders.create("postgres-gone");
        try (MasticServer own = MasticServer.start(settings(data), anyFolder());
                GlueClient client = client(own.address(), "mastic", "mastic")) {
            ProcessHandle postgres =
                    ProcessHandle.of(own.postgresPid().orElseThrow()).orElseThrow();
            // A stop that somebody asked for, as by pg_ctl: Mastic does not start it against his will.
            new ProcessBuilder("kill", "-INT", Long.toString(postgres.pid()))
                    .start()
                    .waitFor();
            postgres.onExit().get();

            HttpResponse<String> health = health(own);
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("\"status\":\"unavailable\"").contains("does not answer");
            assertThatThrownBy(() -> client.getDatabases(request -> {}))
                    .isInstanceOf(GlueException.class)
                    .hasMessageContaining("The database of Mastic does not answer")
                    .extracting(failure -> ((GlueException) failure).statusCode())
                    .isEqualTo(503);
        }
    }

    @Test
    void recoversWhenPostgresIsKilled() throws Exception {
        Path data = TestFolders.create("postgres-killed");
        try (MasticServer own = MasticServer.start(settings(data), anyFolder());
                GlueClient client = client(own.address(), "mastic", "mastic")) {
            client.createDatabase(request -> request.databaseInput(input -> input.name("kept")));
            long killed = own.postgresPid().orElseThrow();
            ProcessHandle postgres = ProcessHandle.of(killed).orElseThrow();
            postgres.destroyForcibly();
            postgres.onExit().get();

            Awaitility.await("PostgreSQL is started again")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> own.postgresPid().orElseThrow() != killed
                            && health(own).statusCode() == 200);
            assertThat(client.getDatabase(request -> request.name("kept"))
                            .database()
                            .name())
                    .isEqualTo("kept");
        }
    }

    private static HttpResponse<String> health(MasticServer server) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(server.address().resolve("/health")).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void assertErrorCode(Runnable call, String code) {
        assertThatThrownBy(call::run)
                .isInstanceOf(AwsServiceException.class)
                .extracting(failure ->
                        ((AwsServiceException) failure).awsErrorDetails().errorCode())
                .isEqualTo(code);
    }

    private static StorageDescriptor storage(String location) {
        return StorageDescriptor.builder()
                .location(location)
                .columns(Column.builder().name("id").type("bigint").build())
                .build();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(server.address().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    static Settings settings(Path data) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        values.put(Setting.DATA, data.toString());
        values.put(Setting.PORT, "0");
        values.put(Setting.S3_PORT, "0");
        return Settings.read(values, Map.of(), Optional.empty());
    }

    private static Path anyFolder() {
        try {
            return Files.createDirectories(Path.of("target", "no-driver"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static GlueClient client(String key, String secret) {
        return client(server.address(), key, secret);
    }

    private static GlueClient client(URI address, String key, String secret) {
        return GlueClient.builder()
                .endpointOverride(address)
                .region(Region.US_EAST_1)
                .overrideConfiguration(configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
                .build();
    }
}
