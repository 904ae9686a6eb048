package dev.mastic.job;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static dev.mastic.job.Dsl.col;
import static dev.mastic.job.Dsl.concat;
import static dev.mastic.job.Dsl.count;
import static dev.mastic.job.Dsl.not;
import static dev.mastic.job.Dsl.on;
import static dev.mastic.job.Dsl.sum;
import static dev.mastic.job.Dsl.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JobGraphTest {
    private static JobGraph graph(Job job) {
        return JobGraph.of("orders", Map.of("--input", "s3://landing/orders/"), job);
    }

    @Test
    void printsItsStepsForPeople() {
        JobGraph graph = graph(job -> {
            Frame customers = job.read("customers", CatalogTable.of("crm", "customers"));
            job.read(
                            "orders",
                            Csv.at(job.argument("input"))
                                    .withHeader()
                                    .delimiter(';')
                                    .newFilesOnly())
                    .filter(col("quantity").gt(0).and(not(col("status").in("VOID", "TEST"))))
                    .derive("revenue", col("quantity").times(col("price")))
                    .enrich(customers, on("customer_id", "id"))
                    .groupBy("segment")
                    .aggregate(
                            "by_segment",
                            count().as("orders"),
                            sum(col("revenue")).as("revenue"))
                    .write(
                            "lake",
                            Parquet.at("s3a://lake/orders")
                                    .partitionedBy("segment")
                                    .registeredAs("sales", "orders"));
        });
        assertThat(graph.describe().lines())
                .containsExactly(
                        "Job orders",
                        "  customers       reads table crm.customers",
                        "  orders          reads CSV s3://landing/orders/, with header, delimiter ';', new files only",
                        "  orders.filter1  keeps (quantity > 0) and (not status in ('VOID', 'TEST'))  <- orders",
                        "  orders.derive1  derives revenue as quantity * price  <- orders.filter1",
                        "  orders.enrich1  enriches orders.derive1 with customers on orders.derive1.customer_id = customers.id",
                        "  by_segment      computes count(*) as orders, sum(revenue) as revenue by segment  <- orders.enrich1",
                        "  lake            writes Parquet s3://lake/orders/ by segment as table sales.orders  <- by_segment");
    }

    @Test
    void refusesASecondStepOfOneName() {
        assertThatThrownBy(() -> graph(job -> {
                    job.read("x", Parquet.at("s3://a/"));
                    job.read("x", Parquet.at("s3://b/"));
                }))
                .hasMessage("Job 'orders' already has a step named 'x'");
    }

    @Test
    void refusesTwoWritesToOnePlace() {
        assertThatThrownBy(() -> graph(job -> job.read("x", Parquet.at("s3://a/"))
                        .write("w1", Parquet.at("s3://out/t"))
                        .write("w2", Parquet.at("s3a://out/t/"))))
                .hasMessage("Job 'orders' writes to s3://out/t/ in two steps; give step 'w2' its own target");
    }

    @Test
    void refusesAJobThatWritesNothing() {
        assertThatThrownBy(() -> graph(job -> job.read("x", Parquet.at("s3://a/"))))
                .hasMessage("Job 'orders' writes nothing; end it with .write(\"name\", Parquet.at(...))");
    }

    @Test
    void namesAMissingArgumentAndTheFix() {
        assertThatThrownBy(() -> graph(job -> job.argument("output")))
                .hasMessage("Job argument --output is missing; pass it in Arguments or set it in DefaultArguments");
        assertThatThrownBy(() -> graph(job -> job.argument("--output"))).hasMessageContaining(" --output is");
        graph(job -> {
            assertThat(job.argument("output", "s3://o/")).isEqualTo("s3://o/");
            job.read("x", Parquet.at("s3://a/")).write("y", Parquet.at("s3://b/"));
        });
    }

    @Test
    void namesALocationThatIsNotInS3() {
        assertThatThrownBy(() -> Csv.at("/tmp/orders"))
                .hasMessage("'/tmp/orders' is not a location in S3; write s3://bucket/folder/,"
                        + " for instance s3://landing/orders/");
    }

    @Test
    void refusesStepNamesThatGeneratedOnesMayHave() {
        assertThatThrownBy(() -> graph(job -> job.read("x.filter1", Parquet.at("s3://a/"))))
                .hasMessageStartingWith("'x.filter1' cannot name a step");
    }

    @Test
    void refusesConstantsThatNoEngineKnows() {
        assertThatThrownBy(() -> col("a").gt(new Object()))
                .hasMessageStartingWith("A java.lang.Object cannot be a constant");
    }

    @Test
    void refusesATargetThatReadsNewFiles() {
        assertThatThrownBy(() -> graph(job -> job.read("x", Parquet.at("s3://a/"))
                        .write("w", Parquet.at("s3://b/").newFilesOnly())))
                .hasMessageContaining("has words that are for reading (newFilesOnly()");
    }

    @Test
    void writesExpressionsAsSql() {
        assertThat(when(col("delay").gt(15), "late").otherwise("on time").describe())
                .isEqualTo("case when delay > 15 then 'late' else 'on time' end");
        assertThat(concat(col("a"), "it's").describe()).isEqualTo("concat(a, 'it''s')");
        assertThat(col("a").isNotNull().and(col("b").isNull()).describe()).isEqualTo("(a is not null) and b is null");
    }
}
