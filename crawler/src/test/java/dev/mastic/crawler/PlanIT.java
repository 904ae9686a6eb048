package dev.mastic.crawler;

import dev.mastic.crawler.plan.Action;
import dev.mastic.crawler.plan.PlanReport;
import dev.mastic.wire.rest.RestException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import static dev.mastic.crawler.CrawlFixture.warnings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlanIT {
    private CrawlFixture fixture;

    @BeforeEach
    void open() {
        fixture = new CrawlFixture();
        fixture.createCrawler();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void showsWhatACrawlWouldCreateAndWritesNothing() {
        fixture.put("t/day=1/a.csv", "id,v\n1,2\n");
        fixture.put("t/day=2/a.csv", "id,v\n1,2\n");

        PlanReport plan = fixture.planReport(fixture.makePlan());

        assertThat(plan.newDatabase()).isTrue();
        PlanReport.Table table = plan.tables().get(0);
        assertThat(table.action()).isEqualTo(Action.CREATE);
        assertThat(table.name()).isEqualTo("t");
        assertThat(table.columns())
                .extracting(column -> column.name() + " " + column.before() + ">" + column.after())
                .containsExactly("id >bigint", "v >bigint");
        assertThat(table.partitions().added()).isEqualTo(2);
        assertThat(table.partitions().examples()).containsExactly("+ day=1", "+ day=2");
        assertThat(table.samples()).hasSize(2);
        assertThat(table.reasons()).isNotEmpty();
        assertThatThrownBy(() -> fixture.glue.getDatabase(request -> request.name("db")))
                .as("a plan writes nothing")
                .isInstanceOf(EntityNotFoundException.class);
        assertThat(fixture.glue
                        .listCrawls(request -> request.crawlerName("crawler"))
                        .crawls())
                .as("a plan is no crawl")
                .isEmpty();
    }

    @Test
    void appliesExactlyThePlan() {
        fixture.put("t/day=1/a.csv", "id,v\n1,2\n");
        String id = fixture.makePlan();

        LastCrawlInfo last = fixture.apply(id);

        assertThat(last.statusAsString()).as("%s", last.errorMessage()).isEqualTo("SUCCEEDED");
        assertThat(fixture.columns("t")).isEqualTo("id bigint, v bigint");
        assertThat(fixture.partitions("t")).hasSize(1);
        assertThat(fixture.rest("GET", "/api/v1/crawlers/crawler/crawls/latest").get("plan"))
                .isEqualTo(id);
        assertThat(fixture.planReport(fixture.makePlan()).tables().get(0).action())
                .isEqualTo(Action.KEEP);
    }

    @Test
    void showsChangesOfColumnsAndPartitions() {
        fixture.put("t/day=1/a.csv", "id,v\n1,2\n");
        fixture.put("t/day=2/a.csv", "id,v\n1,2\n");
        fixture.put("gone/a.csv", "x,y\n1,2\n");
        fixture.crawl();
        fixture.delete("t/day=1/a.csv");
        fixture.delete("gone/a.csv");
        fixture.put("t/day=2/a.csv", "id,v,extra\n1,2.5,x\n");
        fixture.put("t/day=3/a.csv", "id,v,extra\n1,2.5,x\n");
        fixture.glue.updateCrawler(request -> request.name("crawler")
                .schemaChangePolicy(policy -> policy.deleteBehavior(DeleteBehavior.DELETE_FROM_DATABASE)));

        PlanReport plan = fixture.planReport(fixture.makePlan());

        PlanReport.Table table = plan.tables().get(0);
        assertThat(table.action()).isEqualTo(Action.UPDATE);
        assertThat(table.columns())
                .extracting(column -> column.name() + " " + column.before() + ">" + column.after())
                .containsExactly("id bigint>bigint", "v bigint>double", "extra >string");
        assertThat(table.partitions().examples()).containsExactly("+ day=3", "~ day=2", "- day=1");
        assertThat(plan.tables().get(1).action()).isEqualTo(Action.DELETE);
        assertThat(fixture.tables()).contains("gone");
    }

    @Test
    void refusesAPlanWhenTheObjectsMoved() {
        fixture.put("t/a.csv", "id,v\n1,2\n");
        String id = fixture.makePlan();
        fixture.put("t/a.csv", "id,v\n1,3\n");

        LastCrawlInfo last = fixture.apply(id);

        assertThat(last.statusAsString()).isEqualTo("FAILED");
        assertThat(last.errorMessage()).contains("cannot be applied any more", "objects in " + fixture.uri(""));
        assertThatThrownBy(() -> fixture.table("t")).isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void refusesAPlanWhenTheCatalogMoved() {
        fixture.put("t/a.csv", "id,v\n1,2\n");
        fixture.crawl();
        fixture.put("t/a.csv", "id,v,w\n1,2,3\n");
        String id = fixture.makePlan();
        edit(table -> table.toBuilder().description("mine").build());

        LastCrawlInfo last = fixture.apply(id);

        assertThat(last.errorMessage()).contains("table t is version", "the plan was made against version");
        assertThat(fixture.columns("t")).isEqualTo("id bigint, v bigint");
    }

    @Test
    void refusesPlansThatAreNone() {
        assertThatThrownBy(() -> fixture.rest("POST", "/api/v1/crawlers/none/plans"))
                .isInstanceOfSatisfying(
                        RestException.class, e -> assertThat(e.status()).isEqualTo(404));
        assertThatThrownBy(() -> fixture.plan("00000000-0000-0000-0000-000000000000"))
                .isInstanceOfSatisfying(
                        RestException.class, e -> assertThat(e.code()).isEqualTo("PlanNotFound"));
    }

    @Test
    void keepsAllThatAPersonEdited() {
        fixture.put("t/a.csv", "id,v,w\n1,2,3\n");
        fixture.crawl();
        edit(table -> {
            Map<String, String> parameters = new HashMap<>(table.parameters());
            parameters.put("areColumnsQuoted", "maybe");
            parameters.put("owner", "me");
            Map<String, String> serde =
                    new HashMap<>(table.storageDescriptor().serdeInfo().parameters());
            serde.put("serialization.null.format", "-");
            return table.toBuilder()
                    .description("mine")
                    .parameters(parameters)
                    .storageDescriptor(table.storageDescriptor().toBuilder()
                            .columns(
                                    table.storageDescriptor().columns().get(0).toBuilder()
                                            .type("int")
                                            .comment("my key")
                                            .build(),
                                    Column.builder()
                                            .name("renamed")
                                            .type("bigint")
                                            .build())
                            .serdeInfo(table.storageDescriptor().serdeInfo().toBuilder()
                                    .parameters(serde)
                                    .build())
                            .build())
                    .build();
        });
        fixture.put("t/a.csv", "id,v,w,new\n1.5,2.5,3,x\n");

        PlanReport plan = fixture.planReport(fixture.makePlan());
        Map<String, Object> report = fixture.crawl();

        assertThat(plan.tables().get(0).columns())
                .filteredOn(column -> column.owner().equals("person"))
                .extracting(PlanReport.Column::name)
                .contains("id", "renamed");
        assertThat(fixture.columns("t")).isEqualTo("id int, renamed bigint, new string");
        Table table = fixture.table("t");
        assertThat(table.description()).isEqualTo("mine");
        assertThat(table.parameters())
                .containsEntry("areColumnsQuoted", "maybe")
                .containsEntry("owner", "me");
        assertThat(table.storageDescriptor().columns().get(0).comment()).isEqualTo("my key");
        assertThat(table.storageDescriptor().serdeInfo().parameters()).containsEntry("serialization.null.format", "-");
        assertThat(report.toString()).contains("column v was removed or renamed by a person");

        fixture.put("t/a.csv", "id,v,w,new,newer\n1.5,2.5,3,x,y\n");
        fixture.crawl();

        assertThat(fixture.columns("t")).as("for good").isEqualTo("id int, renamed bigint, new string, newer string");
        assertThat(fixture.table("t").parameters()).containsEntry("areColumnsQuoted", "maybe");
    }

    @Test
    void tellsInTheTableWhereItsSchemaCameFrom() {
        fixture.put("t/a.csv", "id,v\n1,2\n");
        fixture.put("t/b.csv", "id,v\n1,2\n");

        fixture.crawl();

        assertThat(fixture.table("t").parameters())
                .containsEntry("UPDATED_BY_CRAWLER", "crawler")
                .containsEntry("mastic.files-sampled", "2")
                .containsKeys("CRAWL_RUN_ID", "mastic.confidence");
    }

    @Test
    void keepsPartitionsThatAPersonMoved() {
        fixture.put("t/day=1/a.csv", "id,v\n1,2\n");
        fixture.crawl();
        Partition partition = fixture.partitions("t").get(0);
        fixture.glue.updatePartition(request -> request.databaseName("db")
                .tableName("t")
                .partitionValueList("1")
                .partitionInput(input -> input.values("1")
                        .parameters(partition.parameters())
                        .storageDescriptor(partition.storageDescriptor().toBuilder()
                                .location("s3://elsewhere/x/")
                                .build())));

        Map<String, Object> report = fixture.crawl();

        assertThat(fixture.partitions("t").get(0).storageDescriptor().location())
                .isEqualTo("s3://elsewhere/x/");
        assertThat(warnings(report)).anyMatch(warning -> warning.contains("given another place by a person"));
    }

    @Test
    void marksPartitionsWithoutFilesAndUnmarksThemWhenTheyAreBack() {
        fixture.put("t/day=1/a.csv", "id,v\n1,2\n");
        fixture.put("t/day=2/a.csv", "id,v\n1,2\n");
        fixture.crawl();
        fixture.delete("t/day=2/a.csv");

        fixture.crawl();
        assertThat(deprecated()).containsExactly("2");

        fixture.put("t/day=2/a.csv", "id,v\n1,2\n");
        fixture.crawl();
        assertThat(deprecated()).isEmpty();
    }

    private List<String> deprecated() {
        return fixture.partitions("t").stream()
                .filter(partition -> partition.parameters().containsKey("DEPRECATED_BY_CRAWLER"))
                .map(partition -> partition.values().get(0))
                .toList();
    }

    @Test
    void leavesTablesOfAnotherCrawlerAlone() {
        fixture.put("t/day=1/a.csv", "id,v\n1,2\n");
        fixture.crawl();
        fixture.createCrawler(request -> request.name("other"));
        fixture.put("t/day=2/a.csv", "id,v,w\n1,2,3\n");
        Table before = fixture.table("t");

        fixture.glue.startCrawler(request -> request.name("other"));
        fixture.awaitReady("other");

        assertThat(fixture.tables()).containsExactly("t");
        assertThat(fixture.table("t")).isEqualTo(before);
        assertThat(fixture.partitions("t")).hasSize(1);
        assertThat(fixture.rest("GET", "/api/v1/crawlers/other/crawls/latest").toString())
                .contains("Table db.t is left alone: crawler crawler made it");
    }

    private void edit(UnaryOperator<Table> change) {
        Table table = change.apply(fixture.table("t"));
        fixture.glue.updateTable(request -> request.databaseName("db")
                .tableInput(TableInput.builder()
                        .name("t")
                        .description(table.description())
                        .tableType(table.tableType())
                        .parameters(table.parameters())
                        .partitionKeys(table.partitionKeys())
                        .storageDescriptor(table.storageDescriptor())
                        .build()));
    }
}
