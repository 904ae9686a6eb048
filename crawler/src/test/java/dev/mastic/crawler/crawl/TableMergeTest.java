package dev.mastic.crawler.crawl;

import dev.mastic.crawler.classify.Compression;
import dev.mastic.crawler.classify.FileFormat;
import dev.mastic.crawler.crawl.CrawlerConfiguration.Columns;
import dev.mastic.crawler.infer.HiveTypes;
import dev.mastic.crawler.infer.InferredColumn;
import dev.mastic.crawler.partition.Stats;
import dev.mastic.crawler.partition.TablePlan;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class TableMergeTest {
    private static final FileFormat CSV = new FileFormat.Csv(',', true);

    @Test
    void changesNothingOfTheSameFiles() {
        TableMerge merge = merge(plan(CSV, false, "id", "bigint"), plan(CSV, false, "id", "bigint"), Columns.UPDATE);

        assertThat(merge.schemaChanges()).isEmpty();
        assertThat(merge.statisticsChanged()).isFalse();
        assertThat(merge.notes()).isEmpty();
        assertThat(merge.conflict()).isEmpty();
    }

    @Test
    void widensAndAppendsInTheTablesOrder() {
        TableMerge merge = merge(
                plan(CSV, false, "a", "bigint", "b", "bigint"),
                plan(CSV, false, "x", "string", "b", "double", "a", "bigint"),
                Columns.UPDATE);

        assertThat(columns(merge)).isEqualTo("a bigint, b double, x string");
        assertThat(merge.schemaChanges()).hasSize(2);
    }

    @Test
    void neverNarrows() {
        TableMerge merge = merge(plan(CSV, false, "a", "string"), plan(CSV, false, "a", "bigint"), Columns.UPDATE);

        assertThat(columns(merge)).isEqualTo("a string");
        assertThat(merge.schemaChanges()).isEmpty();
    }

    @Test
    void onlyAppendsWithMergeNewColumns() {
        TableMerge merge = merge(
                plan(CSV, false, "a", "bigint"), plan(CSV, false, "a", "double", "b", "string"), Columns.MERGE_NEW);

        assertThat(columns(merge)).isEqualTo("a bigint, b string");
        assertThat(merge.notes()).singleElement().asString().contains("MergeNewColumns");
    }

    @Test
    void keepsTypesOfParquetThatNoReaderJoins() {
        FileFormat parquet = new FileFormat.Parquet();

        assertThat(columns(merge(
                        plan(parquet, false, "a", "bigint"), plan(parquet, false, "a", "string"), Columns.UPDATE)))
                .isEqualTo("a bigint");
        assertThat(columns(
                        merge(plan(parquet, false, "a", "int"), plan(parquet, false, "a", "bigint"), Columns.UPDATE)))
                .isEqualTo("a bigint");
    }

    @Test
    void takesTheSerDeThatUnderstandsQuotesWhenTheyCome() {
        TableMerge merge = merge(
                plan(CSV, false, "a", "string", "at", "timestamp"),
                plan(CSV, true, "a", "string", "at", "string"),
                Columns.UPDATE);

        assertThat(merge.input().storageDescriptor().serdeInfo().serializationLibrary())
                .isEqualTo(TableInputs.OPEN_CSV);
        assertThat(columns(merge)).isEqualTo("a string, at string");
    }

    @Test
    void keepsTheSerDeThatUnderstandsQuotesWhenTheyAreGone() {
        TableMerge merge = merge(plan(CSV, true, "a", "string"), plan(CSV, false, "a", "string"), Columns.UPDATE);

        assertThat(merge.input().storageDescriptor().serdeInfo().serializationLibrary())
                .isEqualTo(TableInputs.OPEN_CSV);
    }

    @Test
    void tellsConflictsOfFormatDelimiterAndKeys() {
        TablePlan plan = plan(CSV, false, "a", "string");

        assertThat(merge(plan, plan(new FileFormat.JsonLines(), false, "a", "string"), Columns.UPDATE)
                        .conflict())
                .contains("SerDe");
        assertThat(merge(plan, plan(new FileFormat.Csv(';', true), false, "a", "string"), Columns.UPDATE)
                        .conflict())
                .contains("delimiter");
        assertThat(merge(plan, plan(new FileFormat.Csv(',', false), false, "a", "string"), Columns.UPDATE)
                        .conflict())
                .contains("header");
        TablePlan keyed = new TablePlan(
                "t",
                "s3://b/t/",
                CSV,
                Compression.NONE,
                false,
                plan.columns(),
                Map.of(),
                Map.of(),
                List.of("year"),
                List.of(),
                Stats.NONE,
                List.of());
        assertThat(merge(plan, keyed, Columns.UPDATE).conflict()).contains("partitioned by []", "[year]");
    }

    @Test
    void leavesTheParametersAloneOfTablesThatItDidNotMake() {
        TablePlan plan = plan(CSV, false, "a", "bigint");
        Table foreign = table(plan).toBuilder()
                .parameters(Map.of("classification", "csv", "skip.header.line.count", "1", "owner", "me"))
                .build();

        TableMerge merge =
                TableMerge.of(foreign, plan(CSV, false, "a", "bigint", "b", "string"), input(plan), Columns.UPDATE);

        assertThat(columns(merge)).isEqualTo("a bigint, b string");
        assertThat(merge.input().parameters()).isEqualTo(foreign.parameters());
    }

    private static TableMerge merge(TablePlan before, TablePlan now, Columns policy) {
        return TableMerge.of(table(before), now, input(now), policy);
    }

    private static String columns(TableMerge merge) {
        return merge.input().storageDescriptor().columns().stream()
                .map((Column column) -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
    }

    private static TableInput input(TablePlan plan) {
        return new TableInputs("crawler", UUID.randomUUID(), List.of()).table(plan, "t");
    }

    /** The table that a crawl would have made of a plan. */
    private static Table table(TablePlan plan) {
        TableInput input = input(plan);
        return Table.builder()
                .name(input.name())
                .parameters(input.parameters())
                .partitionKeys(input.partitionKeys())
                .storageDescriptor(input.storageDescriptor())
                .tableType(input.tableType())
                .build();
    }

    private static TablePlan plan(FileFormat format, boolean quoted, String... namesAndTypes) {
        List<InferredColumn> columns = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.add(new InferredColumn(namesAndTypes[i], HiveTypes.parse(namesAndTypes[i + 1]), "why", Map.of()));
        }
        return new TablePlan(
                "t",
                "s3://b/t/",
                format,
                Compression.NONE,
                quoted,
                columns,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                Stats.NONE,
                List.of());
    }
}
