package dev.mastic.job;

import dev.mastic.job.code.JobGraphJava;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static dev.mastic.job.Dsl.asc;
import static dev.mastic.job.Dsl.atMostRatio;
import static dev.mastic.job.Dsl.col;
import static dev.mastic.job.Dsl.complete;
import static dev.mastic.job.Dsl.count;
import static dev.mastic.job.Dsl.date;
import static dev.mastic.job.Dsl.desc;
import static dev.mastic.job.Dsl.on;
import static dev.mastic.job.Dsl.over;
import static dev.mastic.job.Dsl.rank;
import static dev.mastic.job.Dsl.sum;
import static org.assertj.core.api.Assertions.assertThat;

class JobGraphJavaTest {
    @TempDir
    private Path folder;

    @Test
    void theSourceGivesTheSameGraph() {
        long seed = Long.getLong("mastic.seed", System.nanoTime());
        System.out.println("JobGraphJavaTest: -Dmastic.seed=" + seed);
        RandomGraphs random = new RandomGraphs(seed);
        List<JobGraph> graphs = new ArrayList<>();
        Map<String, String> sources = new LinkedHashMap<>();
        for (int i = 0; i < 400; i++) {
            graphs.add(random.next());
            sources.put("Job" + i, JobGraphJava.write(graphs.get(i), "Job" + i));
        }
        ClassLoader classes = Javac.compiled(sources, folder);
        for (int i = 0; i < graphs.size(); i++) {
            assertThat(Javac.graph(classes, "Job" + i, graphs.get(i).name()))
                    .as("seed %s, graph %s: %s", seed, i, sources.get("Job" + i))
                    .isEqualTo(graphs.get(i));
        }
    }

    @Test
    void readsAsAPersonWouldWriteIt() {
        JobGraph graph = JobGraph.of("orders", Map.of(), job -> {
            Frame customers = job.read("customers", CatalogTable.of("crm", "customers"));
            Checked checked = job.read(
                            "orders",
                            Csv.at("s3://landing/orders/").withHeader().newFilesOnly())
                    .filter(col("quantity").gt(0).and(col("day").ge(date("2026-01-01"))))
                    .check("orders_quality", atMostRatio(0.01), complete("id"));
            checked.failed().write("bad", Parquet.at("s3://lake/bad/"));
            checked.passed()
                    .enrich(customers, on("customer_id", "id"))
                    .window(over("segment").orderBy(desc("price"), asc("id")), rank().as("place"))
                    .groupBy("segment")
                    .aggregate(
                            "by_segment",
                            count().as("orders"),
                            sum(col("price")).as("revenue"))
                    .write("lake", Parquet.at("s3://lake/segments/").partitionedBy("segment"));
        });
        assertThat(JobGraphJava.write(graph, "Orders")).isEqualTo("""
                import dev.mastic.job.*;

                import static dev.mastic.job.Dsl.*;

                public class Orders implements Job {
                    @Override
                    public void define(JobBuilder job) {
                        Frame customers = job.read("customers", CatalogTable.of("crm", "customers"));
                        Checked ordersQuality = job.read("orders", Csv.at("s3://landing/orders/").withHeader().newFilesOnly())
                                .filter(col("quantity").gt(0).and(col("day").ge(date("2026-01-01"))))
                                .check("orders_quality", atMostRatio(0.01), rule("id complete", col("id").isNotNull()));
                        ordersQuality.failed()
                                .write("bad", Parquet.at("s3://lake/bad/"));
                        ordersQuality.passed()
                                .enrich(customers, on("customer_id", "id"))
                                .window(over("segment").orderBy(desc("price"), asc("id")), rank().as("place"))
                                .groupBy("segment")
                                .aggregate("by_segment", count().as("orders"), sum(col("price")).as("revenue"))
                                .write("lake", Parquet.at("s3://lake/segments/").partitionedBy("segment"));
                    }
                }
                """);
    }
}
