package dev.mastic.clients.iceberg;

import dev.mastic.testing.ServerProcess;
import dev.mastic.testing.TestFolders;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.aws.glue.GlueCatalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** Iceberg tables by GlueCatalog, seen from both sides. */
class IcebergTableIT {
    private static final int WRITERS = 4;
    private static final int COMMITS = 8;
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "name", Types.StringType.get()));

    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.start(TestFolders.create("iceberg-table"), ServerProcess.Ports.free(), Map.of());
        System.setProperty("aws.accessKeyId", "mastic");
        System.setProperty("aws.secretAccessKey", "mastic");
        IcebergOnMastic.makeBucket(server);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static GlueCatalog open() {
        GlueCatalog catalog = new GlueCatalog();
        catalog.setConf(new Configuration());
        catalog.initialize("mastic", IcebergOnMastic.properties(server));
        return catalog;
    }

    private static DataFile file(String name) {
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath("s3://" + IcebergOnMastic.BUCKET + "/data/" + name)
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(10)
                .withRecordCount(1)
                .build();
    }

    @Test
    void writersOfOneTableLoseNoCommitOfEachOther() throws Exception {
        TableIdentifier name = TableIdentifier.of("race", "orders");
        try (GlueCatalog catalog = open()) {
            catalog.createNamespace(Namespace.of("race"));
            catalog.createTable(name, SCHEMA)
                    .updateProperties()
                    .set("commit.retry.num-retries", "100")
                    .set("commit.retry.min-wait-ms", "10")
                    .set("commit.retry.max-wait-ms", "200")
                    .commit();
        }
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        List<Callable<Void>> work = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            work.add(() -> {
                try (GlueCatalog catalog = open()) {
                    Table table = catalog.loadTable(name);
                    for (int commit = 0; commit < COMMITS; commit++) {
                        table.newAppend()
                                .appendFile(file(number + "-" + commit + ".parquet"))
                                .commit();
                    }
                    return null;
                }
            });
        }
        for (Future<Void> done : writers.invokeAll(work)) {
            done.get();
        }
        writers.shutdown();

        try (GlueCatalog catalog = open()) {
            Table table = catalog.loadTable(name);
            assertThat(StreamSupport.stream(table.snapshots().spliterator(), false))
                    .hasSize(WRITERS * COMMITS);
            assertThat(table.currentSnapshot().summary())
                    .containsEntry("total-data-files", Integer.toString(WRITERS * COMMITS));
        }
    }

    @Test
    void glueShowsAnIcebergTableAndItsColumns() throws Exception {
        try (GlueCatalog catalog = open();
                GlueClient glue = IcebergOnMastic.glue(server)) {
            catalog.createNamespace(Namespace.of("seen"), Map.of("comment", "of iceberg"));
            Table table = catalog.createTable(TableIdentifier.of("seen", "orders"), SCHEMA);
            software.amazon.awssdk.services.glue.model.Table shown = glue.getTable(
                            request -> request.databaseName("seen").name("orders"))
                    .table();

            assertThat(shown.tableType()).isEqualTo("EXTERNAL_TABLE");
            assertThat(shown.parameters())
                    .containsEntry("table_type", "ICEBERG")
                    .containsKey("metadata_location");
            assertThat(shown.storageDescriptor().columns())
                    .extracting(column -> column.name() + " " + column.type())
                    .containsExactly("id bigint", "name string");
            assertThat(glue.getDatabase(request -> request.name("seen"))
                            .database()
                            .description())
                    .isEqualTo("of iceberg");

            table.updateSchema().addColumn("price", Types.DecimalType.of(9, 2)).commit();
            software.amazon.awssdk.services.glue.model.Table changed = glue.getTable(
                            request -> request.databaseName("seen").name("orders"))
                    .table();
            assertThat(changed.versionId()).isNotEqualTo(shown.versionId());
            assertThat(changed.parameters())
                    .containsEntry(
                            "previous_metadata_location", shown.parameters().get("metadata_location"));
            assertThat(changed.storageDescriptor().columns()).hasSize(3);

            catalog.renameTable(TableIdentifier.of("seen", "orders"), TableIdentifier.of("seen", "sales"));
            assertThat(catalog.listTables(Namespace.of("seen"))).containsExactly(TableIdentifier.of("seen", "sales"));
            assertThat(catalog.dropTable(TableIdentifier.of("seen", "sales"), true))
                    .isTrue();
            assertThat(catalog.dropNamespace(Namespace.of("seen"))).isTrue();
        }
    }
}
