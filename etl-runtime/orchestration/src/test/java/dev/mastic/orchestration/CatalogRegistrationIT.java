package dev.mastic.orchestration;

import dev.mastic.bookmarks.PendingUpload;
import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.bookmarks.publish.Publisher;
import dev.mastic.catalog.Catalog;
import dev.mastic.testing.TestObjectStore;
import dev.mastic.testing.TestPostgres;
import dev.mastic.wire.GlueDispatcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.s3.S3Client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogRegistrationIT {
    private static final StagedOutput.Column ID = new StagedOutput.Column("id", "bigint");
    private static final StagedOutput.Column NAME = new StagedOutput.Column("Name", "string");
    private static final StagedOutput.Column DAY = new StagedOutput.Column("day", "string");
    private static TestPostgres.TestDatabase database;
    private static Catalog catalog;
    private static GlueClient glue;

    private final S3Client s3 = TestObjectStore.shared().s3();
    private final String bucket = TestObjectStore.shared().newBucket();
    private final String name = "db_" + UUID.randomUUID().toString().replace('-', '_');
    private Publisher publisher;

    @BeforeAll
    static void openCatalog() {
        database = TestPostgres.newDatabase();
        catalog = Catalog.open(database.dataSource(), "123456789012");
        glue = new GlueDispatcher(catalog.operations()).client();
    }

    @AfterAll
    static void closeCatalog() {
        catalog.close();
        database.close();
    }

    @BeforeEach
    void open() {
        publisher = new Publisher(s3, glue);
    }

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void createsDatabaseTableAndPartitionsHoweverOften() {
        StagedOutput output = output(List.of(ID, NAME), List.of(DAY), upload("2026-01-01"), upload("2026-01-02"));
        assertThat(publisher.problems(List.of(output))).isEmpty();

        publisher.publish(List.of(output));
        publisher.publish(List.of(output));

        Table table = table();
        assertThat(table.tableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(table.parameters())
                .containsAllEntriesOf(Map.of("classification", "parquet", "typeOfData", "file", "EXTERNAL", "TRUE"));
        assertThat(table.storageDescriptor().serdeInfo().serializationLibrary())
                .isEqualTo("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe");
        assertThat(table.partitionKeys()).extracting(Column::name).containsExactly("day");
        assertThat(partitions())
                .extracting(partition -> partition.values().get(0))
                .containsExactlyInAnyOrder("2026-01-01", "2026-01-02");
        assertThat(partitions())
                .extracting(partition -> partition.storageDescriptor().location())
                .contains("s3://" + bucket + "/lake/day=2026-01-01/");
    }

    @Test
    void registersATableOfARunWithoutRows() {
        publisher.publish(List.of(output(List.of(ID), List.of())));

        assertThat(table().storageDescriptor().columns())
                .extracting(Column::name)
                .containsExactly("id");
    }

    @Test
    void appendsNewColumnsAndKeepsTheRest() {
        publisher.publish(List.of(output(List.of(ID), List.of())));
        StagedOutput wider = output(List.of(NAME, ID), List.of());

        publisher.publish(List.of(wider));
        publisher.publish(List.of(wider));

        assertThat(table().storageDescriptor().columns())
                .extracting(column -> column.name().toLowerCase(java.util.Locale.ROOT))
                .containsExactly("id", "name");
    }

    @Test
    void addsMorePartitionsThanOneRequestMayHave() {
        PendingUpload[] uploads =
                IntStream.range(0, 230).mapToObj(day -> upload("day-" + day)).toArray(PendingUpload[]::new);

        publisher.publish(List.of(output(List.of(ID), List.of(DAY), uploads)));

        assertThat(partitions()).hasSize(230);
    }

    @Test
    void survivesConcurrentWritersOfOneTable() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Void>> writers = new ArrayList<>();
            for (int writer = 0; writer < 6; writer++) {
                StagedOutput output = output(
                        List.of(ID, new StagedOutput.Column("c" + writer, "string")),
                        List.of(DAY),
                        upload("of-" + writer),
                        upload("common"));
                writers.add(() -> {
                    publisher.publish(List.of(output));
                    return null;
                });
            }
            for (Future<Void> writer : threads.invokeAll(writers)) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(table().storageDescriptor().columns())
                .extracting(Column::name)
                .as("no writer's column is lost")
                .contains("id", "c0", "c1", "c2", "c3", "c4", "c5")
                .hasSize(7);
        assertThat(partitions()).hasSize(7);
    }

    @Test
    void saysBeforeACommitWhatSpeaksAgainstIt() {
        publisher.publish(List.of(output(List.of(ID), List.of())));
        StagedOutput other = new StagedOutput(
                "out",
                "s3://" + bucket + "/other/",
                List.of(),
                Optional.of(new StagedOutput.TableRegistration(
                        name, "t", List.of(new StagedOutput.Column("id", "string")), List.of(DAY))));

        assertThat(publisher.problems(List.of(other)))
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem).contains("is at s3://" + bucket + "/lake/"))
                .anySatisfy(problem -> assertThat(problem).contains("is partitioned by [], and the output by [day]"))
                .anySatisfy(problem -> assertThat(problem).contains("Column id").contains("is bigint"));
    }

    private StagedOutput output(
            List<StagedOutput.Column> columns, List<StagedOutput.Column> keys, PendingUpload... uploads) {
        return new StagedOutput(
                "out",
                "s3://" + bucket + "/lake/",
                List.of(uploads),
                Optional.of(new StagedOutput.TableRegistration(name, "t", columns, keys)));
    }

    private PendingUpload upload(String day) {
        String key = "lake/day=" + day + "/part-" + UUID.randomUUID();
        String id = s3.createMultipartUpload(request -> request.bucket(bucket).key(key))
                .uploadId();
        String etag = s3.uploadPart(
                        request -> request.bucket(bucket).key(key).uploadId(id).partNumber(1),
                        RequestBody.fromString("rows"))
                .eTag();
        return new PendingUpload(bucket, key, id, List.of(new PendingUpload.Part(1, etag)), 4, 1, List.of(day));
    }

    private Table table() {
        return glue.getTable(request -> request.databaseName(name).name("t")).table();
    }

    private List<Partition> partitions() {
        return glue.getPartitionsPaginator(request -> request.databaseName(name).tableName("t")).stream()
                .flatMap(page -> page.partitions().stream())
                .toList();
    }
}
