package dev.mastic.catalog;

import dev.mastic.wire.GlueDispatcher;
import dev.mastic.wire.GlueJson;
import dev.mastic.wire.GlueOperation;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a client sends to an operation of the catalog is answered, and never with a fault. */
class WireInputIT extends CatalogOnPostgres {
    private static final List<String> VALUES = List.of(
            "null",
            "\"\"",
            "\"x\"",
            "\"t\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"99999999999999999999\"",
            "\"123456789012\"",
            "-1",
            "0",
            "true",
            "[]",
            "[null]",
            "[\"\"]",
            "[\"a\\u0000\"]",
            "[\"1\"]",
            "[\"2026\", null]",
            "[{}]",
            "[{\"Values\": null}]",
            "[{\"Values\": [null, \"1\"]}]",
            "[{\"Values\": [\"1\", \"\\udc00\"]}]",
            "[{\"PartitionValueList\": [\"2026\", \"1\"]}]",
            "[{\"PartitionValueList\": [null, \"1\"], \"PartitionInput\": {}}]",
            "{}",
            "{\"Name\": null}",
            "{\"Name\": \"\\udc00\"}",
            "{\"Name\": \"new\", \"Description\": \"\\u0000\", \"Parameters\": {\"k\": null}}",
            "{\"Name\": \"new\", \"PartitionKeys\": [null, {\"Name\": \"k\"}]}",
            "{\"Values\": [\"2026\", \"3\"], \"Parameters\": {\"\\u0000\": \"\\ud800\"}}",
            "{\"SegmentNumber\": 5, \"TotalSegments\": 2}",
            "{\"IndexName\": \"x\", \"Keys\": [null, \"year\"]}",
            "[{\"IndexName\": \"x\", \"Keys\": [\"\\ud800\"]}]",
            "[{\"ColumnName\": \"c\", \"ColumnType\": \"int\", \"AnalyzedTime\": 1e20, \"StatisticsData\": {}}]",
            "[{\"Key\": \"CreateTime\", \"Value\": \"9e99\", \"Comparator\": \"LESS_THAN\"}]",
            "[{\"FieldName\": null, \"Sort\": \"ASC\"}]",
            "{\"Name\": \"n\", \"ConnectionType\": \"JDBC\", \"ConnectionProperties\": {\"PASSWORD\": \"\\u0000\"}}",
            "{\"ConnectionType\": \"NETWORK\", \"ConnectionProperties\": {\"HOST\": null}}",
            "{\"S3Encryption\": [null], \"CloudWatchEncryption\": {\"KmsKeyArn\": \"\\ud800\"}}");

    private static final String STATISTICS = "{\"ColumnName\": \"c\", \"ColumnType\": \"string\","
            + " \"AnalyzedTime\": 1, \"StatisticsData\": {\"Type\": \"BOOLEAN\", \"BooleanColumnStatisticsData\":"
            + " {\"NumberOfTrues\": 1, \"NumberOfFalses\": 1, \"NumberOfNulls\": 1}}}";

    private static final String POLICY = ("{'Version': '2012-10-17', 'Statement':"
                    + " [{'Effect': 'Allow', 'Principal': '*', 'Action': 'glue:*', 'Resource': '*'}]}")
            .replace("'", "\\\"");

    @Test
    void answersEveryValueOfEveryMember() {
        GlueDispatcher dispatcher = new GlueDispatcher(catalog.operations());
        List<String> faults = new ArrayList<>();
        Set<String> answered = new TreeSet<>();
        for (String operation : dispatcher.operationNames()) {
            restore();
            for (String member : members(operation)) {
                if (operation.contains("Delete")) {
                    restore();
                }
                for (String value : VALUES) {
                    String json = complete(operation, member, value);
                    GlueDispatcher.Answer answer =
                            dispatcher.dispatch("AWSGlue." + operation, json.getBytes(StandardCharsets.UTF_8));
                    if (answer.status() >= 500) {
                        faults.add(operation + " " + json);
                    } else if (answer.status() == 200) {
                        answered.add(operation);
                    }
                }
            }
        }
        assertThat(faults).as("requests that were answered by a fault").isEmpty();
        assertThat(answered)
                .as("operations that took some request")
                .containsExactlyInAnyOrderElementsOf(dispatcher.operationNames());
    }

    private static List<String> members(String operation) {
        Class<? extends SdkPojo> type =
                Objects.requireNonNull(GlueOperation.all().get(operation)).requestType();
        return GlueJson.read("{}", type).sdkFields().stream()
                .map(field -> "\"" + field.locationName() + "\"")
                .toList();
    }

    private static String connection(String name) {
        return "{\"Name\": \"" + name + "\", \"ConnectionType\": \"JDBC\", \"ConnectionProperties\":"
                + " {\"JDBC_CONNECTION_URL\": \"" + postgres.jdbcUrl() + "\", \"USERNAME\": \"" + postgres.user()
                + "\", \"PASSWORD\": \"" + postgres.password() + "\"}}";
    }

    /** Makes again what requests before have dropped. */
    private void restore() {
        try {
            createTable("t");
            update("t", "archived", null, false);
        } catch (AlreadyExistsException e) {
            assertThat(e.getMessage()).contains(database + ".t");
        }
        glue.batchCreatePartition(
                request -> request.databaseName(database).tableName("t").partitionInputList(partition("2026", "1")));
        String json =
                "{\"DatabaseName\": \"" + database + "\", \"TableName\": \"t\", \"PartitionValues\": [\"2026\", \"1\"],"
                        + " \"FunctionInput\": {\"FunctionName\": \"f\"}, \"ColumnStatisticsList\": [" + STATISTICS
                        + "], \"PartitionIndex\": {\"IndexName\": \"i\", \"Keys\": [\"year\"]},"
                        + " \"ConnectionInput\": " + connection("t") + ", \"Name\": \"t\","
                        + " \"EncryptionConfiguration\": {}, \"PolicyInJson\": \"" + POLICY + "\"}";
        GlueDispatcher dispatcher = new GlueDispatcher(catalog.operations());
        for (String operation : List.of(
                "CreateUserDefinedFunction",
                "UpdateColumnStatisticsForTable",
                "UpdateColumnStatisticsForPartition",
                "CreatePartitionIndex",
                "CreateConnection",
                "CreateSecurityConfiguration",
                "PutResourcePolicy")) {
            GlueDispatcher.Answer answer =
                    dispatcher.dispatch("AWSGlue." + operation, json.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.errorType())
                    .as(operation + " " + new String(answer.body(), StandardCharsets.UTF_8))
                    .isIn(null, "AlreadyExistsException");
        }
        try {
            glue.createDatabase(request -> request.databaseInput(input -> input.name(database + "x")));
        } catch (AlreadyExistsException e) {
            assertThat(e.getMessage()).contains(database + "x");
        }
    }

    /** A request that is complete but for one member. */
    private String complete(String operation, String member, String value) {
        String table = operation.startsWith("Create") ? "created" : "t";
        String function = operation.equals("CreateUserDefinedFunction") ? "created" : "f";
        String month = operation.equals("CreatePartition") ? "8" : "1";
        List<String> members = new ArrayList<>(List.of(
                "\"DatabaseName\": \"" + database + "\"",
                "\"TableName\": \"t\"",
                "\"Name\": \"" + (operation.endsWith("Database") ? database + "x" : table) + "\"",
                "\"FunctionName\": \"" + function + "\"",
                "\"FunctionInput\": {\"FunctionName\": \"" + function + "\"}",
                "\"Pattern\": \".*\"",
                "\"CatalogId\": \"123456789012\"",
                "\"IndexName\": \"i\"",
                "\"PartitionIndex\": {\"IndexName\": \"made\", \"Keys\": [\"year\"]}",
                "\"ColumnName\": \"c\"",
                "\"ColumnNames\": [\"c\"]",
                "\"ColumnStatisticsList\": [" + STATISTICS + "]",
                "\"ConnectionName\": \"t\"",
                "\"ConnectionInput\": " + connection(table),
                "\"TestConnectionInput\": " + connection(table),
                "\"EncryptionConfiguration\": {}",
                "\"PolicyInJson\": \"" + POLICY + "\"",
                "\"VersionId\": \"0\"",
                "\"VersionIds\": [\"7\"]",
                "\"TablesToDelete\": [\"none\"]",
                "\"PartitionValues\": [\"2026\", \"1\"]",
                "\"PartitionValueList\": [\"2026\", \"1\"]",
                "\"PartitionInput\": {\"Values\": [\"2026\", \"" + month + "\"]}",
                "\"PartitionInputList\": [{\"Values\": [\"2026\", \"1\"]}]",
                "\"PartitionsToGet\": [{\"Values\": [\"2026\", \"1\"]}]",
                "\"PartitionsToDelete\": [{\"Values\": [\"2026\", \"9\"]}]",
                "\"Entries\": [{\"PartitionValueList\": [\"2026\", \"1\"],"
                        + " \"PartitionInput\": {\"Values\": [\"2026\", \"1\"]}}]",
                "\"DatabaseInput\": {\"Name\": \"" + database + "x\"}",
                "\"TableInput\": {\"Name\": \"" + table
                        + "\", \"PartitionKeys\": [{\"Name\": \"year\", \"Type\": \"int\"},"
                        + " {\"Name\": \"month\", \"Type\": \"string\"}]}"));
        members.removeIf(other -> other.startsWith(member + ":"));
        members.add(member + ": " + value);
        return "{" + String.join(", ", members) + "}";
    }
}
