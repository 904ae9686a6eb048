package dev.mastic.server;

import dev.mastic.server.cli.Mastic;
import dev.mastic.testing.TestFolders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsType;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code mastic catalog export} and {@code import} between two servers, through the command line. */
class CatalogTransferIT {
    private static final int PARTITIONS = 2_500;
    private static final int TABLES = 150;

    private static final Path FOLDER = TestFolders.create("transfer");
    private static MasticServer source;
    private static MasticServer target;
    private static GlueClient glue;
    private static GlueClient other;

    @BeforeAll
    static void start() throws IOException {
        Path noDriver = Files.createDirectories(Path.of("target", "no-driver"));
        source = MasticServer.start(ServerIT.settings(TestFolders.create("transfer-source")), noDriver);
        target = MasticServer.start(ServerIT.settings(TestFolders.create("transfer-target")), noDriver);
        glue = client(source);
        other = client(target);
        fill();
    }

    @AfterAll
    static void stop() {
        glue.close();
        other.close();
        source.close();
        target.close();
    }

    /** More than a page of everything, and everything that an export has. */
    private static void fill() {
        glue.createDatabase(request -> request.databaseInput(input -> input.name("sales")
                .description("what \"we\" sell – 中文")
                .locationUri("s3://lake/sales/")
                .parameters(Map.of("z", "last", "a", "first", "m", "middle"))));
        for (int i = 0; i < 120; i++) {
            String name = String.format("udf_%03d", i);
            glue.createUserDefinedFunction(request -> request.databaseName("sales")
                    .functionInput(input -> input.functionName(name)
                            .className("com.example." + name)
                            .ownerName("hive")
                            .ownerType("USER")));
        }
        for (int i = 0; i < TABLES; i++) {
            String name = String.format("table_%03d", i);
            glue.createTable(request -> request.databaseName("sales")
                    .tableInput(input -> input.name(name)
                            .tableType("EXTERNAL_TABLE")
                            .parameters(Map.of("classification", "parquet", "n", name))
                            .lastAccessTime(Instant.parse("2026-01-02T03:04:05Z"))
                            .storageDescriptor(storage("s3://lake/" + name))));
        }
        glue.createTable(request -> request.databaseName("sales")
                .tableInput(input -> input.name("orders")
                        .partitionKeys(
                                Column.builder().name("region").type("string").build(),
                                Column.builder().name("n").type("int").build())
                        .storageDescriptor(storage("s3://lake/orders/")))
                .partitionIndexes(index -> index.indexName("by_region").keys("region")));
        List<PartitionInput> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(i -> PartitionInput.builder()
                        .values(i % 3 == 0 ? "EU west" : "us/" + i % 7, Integer.toString(i))
                        .parameters(Map.of("numRows", Integer.toString(i)))
                        .storageDescriptor(storage("s3://lake/orders/" + i))
                        .build())
                .toList();
        for (int start = 0; start < PARTITIONS; start += 100) {
            List<PartitionInput> batch = partitions.subList(start, start + 100);
            assertThat(glue.batchCreatePartition(request -> request.databaseName("sales")
                                    .tableName("orders")
                                    .partitionInputList(batch))
                            .errors())
                    .isEmpty();
        }
        glue.updateColumnStatisticsForTable(request -> request.databaseName("sales")
                .tableName("orders")
                .columnStatisticsList(statistics -> statistics
                        .columnName("id")
                        .columnType("bigint")
                        .analyzedTime(Instant.parse("2026-01-01T00:00:00Z"))
                        .statisticsData(data -> data.type(ColumnStatisticsType.LONG)
                                .longColumnStatisticsData(figures -> figures.minimumValue(-1L)
                                        .maximumValue(Long.MAX_VALUE)
                                        .numberOfNulls(0L)
                                        .numberOfDistinctValues(2_500L)))));
        glue.updateColumnStatisticsForPartition(request -> request.databaseName("sales")
                .tableName("orders")
                .partitionValues("EU west", "0")
                .columnStatisticsList(statistics -> statistics
                        .columnName("id")
                        .columnType("bigint")
                        .analyzedTime(Instant.parse("2026-01-01T00:00:00.123Z"))
                        .statisticsData(data -> data.type(ColumnStatisticsType.LONG)
                                .longColumnStatisticsData(figures -> figures.minimumValue(1L)
                                        .maximumValue(2L)
                                        .numberOfNulls(0L)
                                        .numberOfDistinctValues(2L)))));
        glue.createDatabase(request -> request.databaseInput(input -> input.name("marketing")));
        glue.createTable(request -> request.databaseName("marketing")
                .tableInput(input -> input.name("link")
                        .targetTable(table -> table.catalogId("123456789012")
                                .databaseName("sales")
                                .name("orders"))));
    }

    @Test
    void everythingThatWasExportedComesBackAfterItWasDropped() throws IOException {
        String database = "comes_back";
        Path first = FOLDER.resolve("first.json");
        Path second = FOLDER.resolve("second.json");
        Answer imported = mastic(
                source,
                "import",
                "--from",
                url(source),
                "--rename",
                "sales=" + database,
                "--database",
                "sales",
                "--statistics",
                "all");
        assertThat(imported).as(imported.toString()).returns(0, Answer::status);
        export(source, first, database, "all");

        glue.deleteDatabase(request -> request.name(database));
        Answer back = mastic(source, "import", first.toString());
        export(source, second, database, "all");

        assertThat(back.status()).as(back.toString()).isZero();
        assertThat(back.out())
                .contains("databases: 1 created")
                .contains("tables: 151 created")
                .contains("functions: 120 created")
                .contains("partitions: 2,500 created")
                .contains("table statistics: 1 created")
                .contains("partition statistics: 1 created");
        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(Files.readAllLines(first))
                .hasSize(2 + 1 + 151 + 120 + 2_500 + 2)
                .startsWith("{\"format\":\"mastic-catalog/1\"}")
                .endsWith("{\"end\":{\"databases\":1,\"functions\":120,\"tables\":151,\"tableStatistics\":1,"
                        + "\"partitions\":2500,\"partitionStatistics\":1}}");
        assertThat(glue.getPartitionIndexes(
                                request -> request.databaseName(database).tableName("orders"))
                        .partitionIndexDescriptorList())
                .hasSize(1);
        assertThat(glue.getDatabase(request -> request.name(database))
                        .database()
                        .parameters())
                .containsEntry("a", "first");
    }

    @Test
    void importsAllDatabasesFromAnotherServerByItsEndpoint() throws IOException {
        Path there = FOLDER.resolve("there.json");
        Path here = FOLDER.resolve("here.json");

        Answer imported =
                mastic(target, "import", "--from", url(source), "--database", "sales", "--database", "Marketing");
        export(source, there, "sales", "tables");
        export(target, here, "sales", "tables");

        assertThat(imported.status()).as(imported.toString()).isZero();
        assertThat(imported.out()).contains("databases: 2 created").contains("partitions: 2,500 created");
        assertThat(here).hasSameBinaryContentAs(there);
        assertThat(other.getTable(request -> request.databaseName("marketing").name("link"))
                        .table()
                        .targetTable()
                        .name())
                .isEqualTo("orders");
    }

    @Test
    void aFileThatIsCutOffChangesNothing() throws IOException {
        Path whole = FOLDER.resolve("whole.json");
        Path cut = FOLDER.resolve("cut.json");
        export(source, whole, "sales", "tables");
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));

        Answer imported = mastic(target, "import", "--rename", "sales=cut_file", cut.toString());

        assertThat(imported.status()).isEqualTo(1);
        assertThat(imported.err()).contains("is cut off").contains("Nothing was imported");
        assertThat(names(other)).doesNotContain("cut_file");
    }

    @Test
    void anImportThatBrokeIsFinishedBySkip() throws IOException {
        Path whole = FOLDER.resolve("piped.json");
        Path copy = FOLDER.resolve("piped-copy.json");
        export(source, whole, "sales", "tables");
        byte[] bytes = Files.readAllBytes(whole);

        Answer broken = mastic(
                new ByteArrayInputStream(bytes, 0, bytes.length / 2), target, "import", "--rename", "sales=piped", "-");
        Answer again = mastic(
                new ByteArrayInputStream(bytes),
                target,
                "import",
                "--rename",
                "sales=piped",
                "--if-exists",
                "skip",
                "-");
        export(target, copy, "piped", "tables");

        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.err())
                .contains("Standard input is cut off at line")
                .contains("run it again with --if-exists skip");
        assertThat(again.status()).as(again.toString()).isZero();
        assertThat(again.out()).contains("databases: 1 skipped").contains(" created, ");
        assertThat(Files.readString(copy))
                .isEqualTo(Files.readString(whole)
                        .replace("\"Name\":\"sales\"", "\"Name\":\"piped\"")
                        .replace("\"DatabaseName\":\"sales\"", "\"DatabaseName\":\"piped\""));
    }

    @Test
    void aConflictFailsIsSkippedOrReplacedAsAsked() throws IOException {
        Path file = FOLDER.resolve("conflict.json");
        small("conflict", "before", "1", "2", "3");
        export(target, file, "conflict", "tables");
        other.updateTable(request -> request.databaseName("conflict").tableInput(table("changed")));
        other.deletePartition(
                request -> request.databaseName("conflict").tableName("t").partitionValues("2"));
        other.updatePartition(request -> request.databaseName("conflict")
                .tableName("t")
                .partitionValueList("3")
                .partitionInput(PartitionInput.builder()
                        .values("3")
                        .parameters(Map.of("state", "changed"))
                        .build()));

        Answer failed = mastic(target, "import", file.toString());
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err()).contains("database conflict: exists already");
        assertThat(failed.out()).contains("tables: 1 not tried").contains("partitions: 3 not tried");
        assertThat(partitions("conflict")).isEqualTo(2);

        Answer dry = mastic(target, "import", "--dry-run", "--if-exists", "replace", file.toString());
        assertThat(dry.status()).isZero();
        assertThat(dry.out())
                .contains("Nothing was changed")
                .contains("tables: 1 replaced")
                .contains("partitions: 1 created, 2 replaced");
        assertThat(partitions("conflict")).isEqualTo(2);

        Answer skipped = mastic(target, "import", "--if-exists", "skip", file.toString());
        assertThat(skipped.status()).isZero();
        assertThat(skipped.out()).contains("partitions: 1 created, 2 skipped");
        assertThat(state("3")).isEqualTo("changed");
        assertThat(comment()).isEqualTo("changed");

        Answer replaced = mastic(target, "import", "--if-exists", "replace", file.toString());
        assertThat(replaced.status()).isZero();
        assertThat(replaced.out()).contains("tables: 1 replaced").contains("partitions: 3 replaced");
        assertThat(state("3")).isEqualTo("before");
        assertThat(comment()).isEqualTo("before");
    }

    @Test
    void whatCannotBeMadeIsNamedAndTheRestIsMade() throws IOException {
        Path file = FOLDER.resolve("bad.json");
        small("refused", "before", "1", "2");
        export(target, file, "refused", "none");
        other.deleteDatabase(request -> request.name("refused"));
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "{\"end\":{\"databases\":1,\"functions\":0,\"tables\":1,",
                                "{\"CreateTable\":{\"DatabaseName\":\"refused\",\"TableInput\":{\"Name\":\"link\","
                                        + "\"TargetTable\":{\"Name\":\"x\"}}}}\n{\"end\":{\"databases\":1,\"functions\":0,\"tables\":2,")
                        .replace("\"Values\":[\"2\"]", "\"Values\":[\"2\",\"too many\"]"));

        Answer imported = mastic(target, "import", file.toString());

        assertThat(imported.status()).as(imported.toString()).isEqualTo(1);
        assertThat(imported.err()).contains("table refused.link: ").contains("partition refused.t[2, too many]: ");
        assertThat(imported.out()).contains("tables: 1 created, 1 failed").contains("partitions: 1 created, 1 failed");
    }

    @Test
    void explainsWhatIsWrongWithAFile() throws IOException {
        Path foreign = Files.writeString(FOLDER.resolve("foreign.json"), "{\"Databases\": []}\n");
        Path newer = Files.writeString(FOLDER.resolve("newer.json"), "{\"format\":\"mastic-catalog/9\"}\n");
        Path unknown = Files.writeString(
                FOLDER.resolve("unknown.json"),
                "{\"format\":\"mastic-catalog/1\"}\n{\"DropEverything\":{}}\n{\"end\":{}}\n");

        assertFails(mastic(target, "import", "/nowhere/x.json"), "There is no file /nowhere/x.json");
        assertFails(mastic(target, "import", foreign.toString()), "is not an export of a catalog");
        assertFails(mastic(target, "import", newer.toString()), "has the format mastic-catalog/9; this version");
        assertFails(mastic(target, "import", unknown.toString()), "Line 2 of", "'DropEverything' is not known");
        assertThat(mastic(target, "import").status()).isEqualTo(2);
    }

    @Test
    void explainsWhatIsWrongWithAnEndpoint() {
        assertFails(
                run(List.of("catalog", "export", "--endpoint", "http://127.0.0.1:1")),
                "No Glue API answers at http://127.0.0.1:1",
                "--endpoint");
        assertFails(mastic(target, "import", "--from", "http://127.0.0.1:1"), "No Glue API answers", "--from");
        assertFails(
                run(List.of(
                        "catalog", "export", "--endpoint", source.s3Endpoint().toString())),
                "answers, but not as the Glue API does");
        assertFails(
                mastic(source, "export", "--access-key", "mastic", "--secret-key", "wrong"),
                "refuses the credentials (InvalidSignatureException)");
        assertFails(mastic(source, "export", "--access-key", "mastic"), "needs its secret key");
        assertFails(run(List.of("catalog", "export", "--endpoint", "localhost")), "expected an address like");
        assertFails(mastic(source, "export", "--database", "slaes"), "There is no database 'slaes'; near: sales");
    }

    @Test
    void anExportThatFailsLeavesNoFile() throws IOException {
        Path file = Files.writeString(FOLDER.resolve("kept.json"), "older");

        assertFails(mastic(source, "export", "--database", "none", file.toString()), "There is no database 'none'");

        assertThat(file).hasContent("older");
        assertThat(FOLDER.resolve("kept.json.partial")).doesNotExist();
    }

    private static void small(String database, String state, String... values) {
        other.createDatabase(request -> request.databaseInput(input -> input.name(database)));
        other.createTable(request -> request.databaseName(database).tableInput(table(state)));
        List<PartitionInput> partitions = new ArrayList<>();
        for (String value : values) {
            partitions.add(PartitionInput.builder()
                    .values(value)
                    .parameters(Map.of("state", state))
                    .build());
        }
        other.batchCreatePartition(
                request -> request.databaseName(database).tableName("t").partitionInputList(partitions));
    }

    private static software.amazon.awssdk.services.glue.model.TableInput table(String comment) {
        return software.amazon.awssdk.services.glue.model.TableInput.builder()
                .name("t")
                .description(comment)
                .partitionKeys(Column.builder().name("p").type("string").build())
                .storageDescriptor(storage("s3://lake/t"))
                .build();
    }

    private static String comment() {
        return other.getTable(request -> request.databaseName("conflict").name("t"))
                .table()
                .description();
    }

    private static String state(String partition) {
        return other.getPartition(request ->
                        request.databaseName("conflict").tableName("t").partitionValues(partition))
                .partition()
                .parameters()
                .get("state");
    }

    private static int partitions(String database) {
        return other.getPartitions(request -> request.databaseName(database).tableName("t"))
                .partitions()
                .size();
    }

    private static List<String> names(GlueClient client) {
        return client.getDatabases(request -> {}).databaseList().stream()
                .map(database -> database.name())
                .toList();
    }

    private static StorageDescriptor storage(String location) {
        return StorageDescriptor.builder()
                .location(location)
                .columns(Column.builder().name("id").type("bigint").build())
                .build();
    }

    private static void export(MasticServer server, Path file, String database, String statistics) {
        Answer answer = mastic(server, "export", "--database", database, "--statistics", statistics, file.toString());
        assertThat(answer.status()).as(answer.toString()).isZero();
    }

    private static void assertFails(Answer answer, String... parts) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(1);
        assertThat(answer.err()).contains(parts);
    }

    private static String url(MasticServer server) {
        return server.address().toString();
    }

    private record Answer(int status, String out, String err) {}

    private static Answer mastic(MasticServer server, String command, String... arguments) {
        return mastic(InputStream.nullInputStream(), server, command, arguments);
    }

    private static Answer mastic(InputStream in, MasticServer server, String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of("catalog", command, "--endpoint", url(server)));
        line.addAll(List.of(arguments));
        InputStream before = System.in;
        System.setIn(in);
        try {
            return run(line);
        } finally {
            System.setIn(before);
        }
    }

    private static Answer run(List<String> line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Mastic.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
        return new Answer(status, out.toString(), err.toString());
    }

    private static GlueClient client(MasticServer server) {
        return GlueClient.builder()
                .endpointOverride(server.address())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("mastic", "mastic")))
                .build();
    }
}
