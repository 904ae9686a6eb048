package dev.mastic.crawler.plan;

import dev.mastic.crawler.find.Evidence;
import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.find.Schema;
import dev.mastic.crawler.partition.Stats;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class TableMergeTest {
    private static final PlanRules RULES = new PlanRules(
            "crawler",
            UUID.fromString("00000000-0000-0000-0000-000000000001"),
            "db",
            "",
            ColumnUpdates.UPDATE,
            UpdateBehavior.UPDATE_IN_DATABASE,
            DeleteBehavior.DEPRECATE_IN_DATABASE,
            PlanRules.Reach.OWN_TABLES);
    private static final String LAZY_SIMPLE = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
    private static final String OPEN_CSV = "org.apache.hadoop.hive.serde2.OpenCSVSerde";
    private static final String JSON = "org.openx.data.jsonserde.JsonSerDe";
    private static final String PARQUET = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";

    @Test
    void changesNothingOfTheSameFiles() {
        TableMerge merge = merge(csv("id", "bigint"), csv("id", "bigint"), ColumnUpdates.UPDATE);

        assertThat(merge.schemaChanges()).isEmpty();
        assertThat(merge.statisticsChanged()).isFalse();
        assertThat(merge.notes()).isEmpty();
        assertThat(merge.conflict()).isEmpty();
    }

    @Test
    void widensAndAppendsInTheTablesOrder() {
        TableMerge merge = merge(
                csv("a", "bigint", "b", "bigint"),
                csv("x", "string", "b", "double", "a", "bigint"),
                ColumnUpdates.UPDATE);

        assertThat(columns(merge)).isEqualTo("a bigint, b double, x string");
        assertThat(merge.schemaChanges()).hasSize(2);
    }

    @Test
    void neverNarrows() {
        TableMerge merge = merge(csv("a", "string"), csv("a", "bigint"), ColumnUpdates.UPDATE);

        assertThat(columns(merge)).isEqualTo("a string");
        assertThat(merge.schemaChanges()).isEmpty();
    }

    @Test
    void onlyAppendsWithMergeNewColumns() {
        TableMerge merge = merge(csv("a", "bigint"), csv("a", "double", "b", "string"), ColumnUpdates.MERGE_NEW);

        assertThat(columns(merge)).isEqualTo("a bigint, b string");
        assertThat(merge.notes()).singleElement().asString().contains("MergeNewColumns");
    }

    @Test
    void keepsTypesOfParquetThatNoReaderJoins() {
        assertThat(columns(merge(
                        found(PARQUET, Schema.TYPED, "a", "bigint"),
                        found(PARQUET, Schema.TYPED, "a", "string"),
                        ColumnUpdates.UPDATE)))
                .isEqualTo("a bigint");
        assertThat(columns(merge(
                        found(PARQUET, Schema.TYPED, "a", "int"),
                        found(PARQUET, Schema.TYPED, "a", "bigint"),
                        ColumnUpdates.UPDATE)))
                .isEqualTo("a bigint");
    }

    @Test
    void followsAStoreThatDeclaresItsSchema() {
        TableMerge merge = merge(
                found("", Schema.DECLARED, "a", "string", "b", "bigint", "gone", "int"),
                found("", Schema.DECLARED, "a", "int", "b", "bigint", "c", "date"),
                ColumnUpdates.UPDATE);

        assertThat(columns(merge)).isEqualTo("a int, b bigint, c date");
        assertThat(merge.schemaChanges()).hasSize(3);
    }

    @Test
    void takesTheSerDeThatUnderstandsQuotesWhenTheyCome() {
        TableMerge merge = merge(
                csv("a", "string", "at", "timestamp"),
                found(OPEN_CSV, Schema.INFERRED, "a", "string", "at", "string"),
                ColumnUpdates.UPDATE);

        assertThat(merge.input().storageDescriptor().serdeInfo().serializationLibrary())
                .isEqualTo(OPEN_CSV);
        assertThat(columns(merge)).isEqualTo("a string, at string");
    }

    @Test
    void keepsTheSerDeThatUnderstandsQuotesWhenTheyAreGone() {
        TableMerge merge =
                merge(found(OPEN_CSV, Schema.INFERRED, "a", "string"), csv("a", "string"), ColumnUpdates.UPDATE);

        assertThat(merge.input().storageDescriptor().serdeInfo().serializationLibrary())
                .isEqualTo(OPEN_CSV);
    }

    @Test
    void tellsConflictsOfFormatDelimiterAndKeys() {
        FoundTable csv = csv("a", "string");

        assertThat(merge(csv, found(JSON, Schema.INFERRED, "a", "string"), ColumnUpdates.UPDATE)
                        .conflict())
                .contains("SerDe");
        assertThat(merge(
                                with(csv, "delimiter", ",", "skip.header.line.count", "1"),
                                with(csv, "delimiter", ";", "skip.header.line.count", "1"),
                                ColumnUpdates.UPDATE)
                        .conflict())
                .contains("delimiter");
        assertThat(merge(
                                with(csv, "delimiter", ",", "skip.header.line.count", "1"),
                                with(csv, "delimiter", ","),
                                ColumnUpdates.UPDATE)
                        .conflict())
                .contains("header");
        FoundTable keyed = replace(
                csv,
                csv.input().toBuilder()
                        .partitionKeys(
                                Column.builder().name("year").type("string").build())
                        .build());
        assertThat(merge(csv, keyed, ColumnUpdates.UPDATE).conflict()).contains("partitioned by []", "[year]");
    }

    @Test
    void leavesTheParametersAloneOfTablesThatItDidNotMake() {
        FoundTable found = csv("a", "bigint");
        Table foreign = table(found).toBuilder()
                .parameters(Map.of("classification", "csv", "owner", "me"))
                .build();
        FoundTable now = csv("a", "bigint", "b", "string");

        TableMerge merge = TableMerge.of(foreign, now, input(now), ColumnUpdates.UPDATE);

        assertThat(columns(merge)).isEqualTo("a bigint, b string");
        assertThat(merge.input().parameters()).isEqualTo(foreign.parameters());
    }

    private static TableMerge merge(FoundTable before, FoundTable now, ColumnUpdates policy) {
        return TableMerge.of(table(before), now, input(now), policy);
    }

    private static String columns(TableMerge merge) {
        return merge.input().storageDescriptor().columns().stream()
                .map((Column column) -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
    }

    private static TableInput input(FoundTable found) {
        return FreshTable.of(found, List.of(), "t", RULES);
    }

    /** The table that a crawl would have made. */
    private static Table table(FoundTable found) {
        TableInput input = input(found);
        return Table.builder()
                .name(input.name())
                .parameters(input.parameters())
                .partitionKeys(input.partitionKeys())
                .storageDescriptor(input.storageDescriptor())
                .tableType(input.tableType())
                .build();
    }

    private static FoundTable csv(String... namesAndTypes) {
        return found(LAZY_SIMPLE, Schema.INFERRED, namesAndTypes);
    }

    private static FoundTable found(String serde, Schema schema, String... namesAndTypes) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.add(Column.builder()
                    .name(namesAndTypes[i])
                    .type(namesAndTypes[i + 1])
                    .build());
        }
        StorageDescriptor.Builder storage =
                StorageDescriptor.builder().location("s3://b/t/").columns(columns);
        if (!serde.isEmpty()) {
            storage.serdeInfo(SerDeInfo.builder()
                    .serializationLibrary(serde)
                    .parameters(Map.of())
                    .build());
        }
        TableInput input = TableInput.builder()
                .tableType("EXTERNAL_TABLE")
                .parameters(Map.of("classification", "any"))
                .partitionKeys(List.of())
                .storageDescriptor(storage.build())
                .build();
        return new FoundTable(
                "t",
                "s3://b/t/",
                "the format",
                input,
                Map.of(),
                List.of(),
                Stats.NONE,
                schema,
                Evidence.declared("because"));
    }

    private static FoundTable with(FoundTable found, String... parameters) {
        Map<String, String> all = new java.util.HashMap<>(found.input().parameters());
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], parameters[i + 1]);
        }
        return replace(found, found.input().toBuilder().parameters(all).build());
    }

    private static FoundTable replace(FoundTable found, TableInput input) {
        return new FoundTable(
                found.name(),
                found.location(),
                found.format(),
                input,
                found.whyColumns(),
                found.partitions(),
                found.stats(),
                found.schema(),
                found.evidence());
    }
}
