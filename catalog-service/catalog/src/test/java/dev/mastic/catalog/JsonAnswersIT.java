package dev.mastic.catalog;

import dev.mastic.wire.GlueDispatcher;
import dev.mastic.wire.GlueJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionResponse;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.PartitionInput;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes on the wire as it is stored says the same as the model. */
class JsonAnswersIT extends CatalogOnPostgres {
    private static final String ODD = "\"StorageDescriptor\":{\"Columns\":[ ]} \\ é \uD83D\uDE00 \n";

    @BeforeEach
    void createOddEntries() {
        createTable("t");
        createTable("u");
        create(
                "t",
                partition("2026", "quoted \"month\" ]"),
                PartitionInput.builder().values("2026", "bare").build(),
                PartitionInput.builder()
                        .values("2026", "odd")
                        .parameters(Map.of("StorageDescriptor", ODD))
                        .build(),
                PartitionInput.builder()
                        .values("2026", "full")
                        .parameters(Map.of("a", ODD))
                        .storageDescriptor(storage -> storage.columns(
                                        Column.builder()
                                                .name("c")
                                                .comment("[\"]\\")
                                                .build(),
                                        Column.builder()
                                                .name("d")
                                                .parameters(Map.of("]", "["))
                                                .build())
                                .bucketColumns("c")
                                .location("s3://b/ö"))
                        .build(),
                PartitionInput.builder()
                        .values("2026", "only columns")
                        .storageDescriptor(storage ->
                                storage.columns(Column.builder().name("c").build()))
                        .build());
    }

    @Test
    void answersGetPartitionsAsTheModelDoes() {
        GetPartitionsRequest all = GetPartitionsRequest.builder()
                .databaseName(database.toUpperCase(Locale.ROOT))
                .tableName("T")
                .build();
        for (GetPartitionsRequest request : List.of(
                all,
                all.toBuilder().excludeColumnSchema(true).build(),
                all.toBuilder().maxResults(2).build(),
                all.toBuilder().expression("month = 'none'").build())) {
            assertThat(onTheWire("GetPartitions", request, GetPartitionsResponse.class))
                    .isEqualTo(glue.getPartitions(request));
        }
    }

    @Test
    void answersBatchGetPartitionAsTheModelDoes() {
        BatchGetPartitionRequest request = BatchGetPartitionRequest.builder()
                .databaseName(database)
                .tableName("t")
                .partitionsToGet(key("2026", "full"), key("2026", "none"), key("2026", "bare"))
                .build();
        assertThat(onTheWire("BatchGetPartition", request, BatchGetPartitionResponse.class))
                .isEqualTo(glue.batchGetPartition(request));
    }

    @Test
    void answersTablesAsTheModelDoes() {
        update("t", ODD, null, false);
        GetTableRequest one =
                GetTableRequest.builder().databaseName(database).name("t").build();
        assertThat(onTheWire("GetTable", one, GetTableResponse.class)).isEqualTo(glue.getTable(one));
        GetTablesRequest all = GetTablesRequest.builder().databaseName(database).build();
        for (GetTablesRequest request : List.of(
                all,
                all.toBuilder().maxResults(1).build(),
                all.toBuilder().expression("x.*").build(),
                all.toBuilder().attributesToGetWithStrings("NAME", "TABLE_TYPE").build())) {
            assertThat(onTheWire("GetTables", request, GetTablesResponse.class)).isEqualTo(glue.getTables(request));
        }
    }

    private static <T extends SdkPojo> T onTheWire(String operation, SdkPojo request, Class<T> type) {
        GlueDispatcher.Answer answer = new GlueDispatcher(catalog.operations())
                .dispatch("AWSGlue." + operation, GlueJson.write(request).getBytes(StandardCharsets.UTF_8));
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.status()).as(body).isEqualTo(200);
        return GlueJson.read(body, type);
    }
}
