package dev.mastic.spark.plan;

import dev.mastic.job.Frame;
import dev.mastic.job.Job;
import dev.mastic.job.JobBuilder;
import dev.mastic.job.JobGraph;
import dev.mastic.job.Parquet;
import dev.mastic.spark.TestSession;
import dev.mastic.spark.transform.CustomTransform;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static dev.mastic.job.Dsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Steps on Spark, each on a few rows. */
class StepsIT {
    private static final String ORDERS = """
            {"id":1,"customer":"ann","amount":10,"tags":["a","b"],"at":"2026-01-01"}
            {"id":2,"customer":"bob","amount":20,"tags":[],"at":"2026-01-02"}
            {"id":3,"customer":"ann","amount":5,"at":"2026-01-03"}
            {"id":4,"customer":"eve","tags":["c"],"at":"2026-01-04"}
            """;
    private static final String CUSTOMERS = """
            {"name":"ann","city":"Ulm"}
            {"name":"bob","city":"Bonn"}
            {"name":"zoe","city":"Kiel"}
            """;

    /** What a job says of its frame. */
    private interface Steps {
        Frame of(JobBuilder job, Frame orders);
    }

    private static List<String> rows(Steps steps) {
        return rows(ORDERS, steps);
    }

    private static List<String> rows(String orders, Steps steps) {
        return plan(
                        Map.of("orders", orders, "customers", CUSTOMERS),
                        job -> steps.of(job, read(job, "orders")).write("out", Parquet.at("s3://b/out/")))
                .rows("out")
                .toJSON()
                .collectAsList();
    }

    private static Frame read(JobBuilder job, String name) {
        return job.read(name, Parquet.at("s3://b/" + name + "/"));
    }

    private static GraphPlan plan(Map<String, String> inputs, Job job) {
        Map<String, Dataset<Row>> frames = new HashMap<>();
        inputs.forEach((name, lines) -> frames.put(
                name,
                TestSession.SPARK
                        .read()
                        .json(TestSession.SPARK.createDataset(lines.lines().toList(), Encoders.STRING()))));
        return GraphPlan.of(JobGraph.of("steps", Map.of(), job), read -> frames.get(read.name()));
    }

    private static Frame slim(Frame orders) {
        return orders.select("id", "customer");
    }

    @Test
    void joinsOfEveryKind() {
        assertThat(rows((job, orders) -> slim(orders)
                        .join(read(job, "customers"), on("customer", "name"))
                        .sort(asc("id"))))
                .containsExactly(
                        "{\"id\":1,\"customer\":\"ann\",\"city\":\"Ulm\"}",
                        "{\"id\":2,\"customer\":\"bob\",\"city\":\"Bonn\"}",
                        "{\"id\":3,\"customer\":\"ann\",\"city\":\"Ulm\"}");
        assertThat(rows((job, orders) -> slim(orders).enrich(read(job, "customers"), on("customer", "name"))))
                .contains("{\"id\":4,\"customer\":\"eve\"}")
                .hasSize(4);
        assertThat(rows((job, orders) -> slim(orders).rightJoin(read(job, "customers"), on("customer", "name"))))
                .contains("{\"customer\":\"zoe\",\"city\":\"Kiel\"}")
                .hasSize(4);
        assertThat(rows((job, orders) -> slim(orders).fullJoin(read(job, "customers"), on("customer", "name"))))
                .contains("{\"customer\":\"zoe\",\"city\":\"Kiel\"}", "{\"id\":4,\"customer\":\"eve\"}")
                .hasSize(5);
        assertThat(rows((job, orders) -> slim(orders).semiJoin(read(job, "customers"), on("customer", "name"))))
                .containsExactlyInAnyOrder(
                        "{\"id\":1,\"customer\":\"ann\"}",
                        "{\"id\":2,\"customer\":\"bob\"}",
                        "{\"id\":3,\"customer\":\"ann\"}");
        assertThat(rows((job, orders) -> slim(orders).antiJoin(read(job, "customers"), on("customer", "name"))))
                .containsExactly("{\"id\":4,\"customer\":\"eve\"}");
        assertThat(rows((job, orders) -> slim(orders).crossJoin(read(job, "customers"))))
                .hasSize(12);
    }

    @Test
    void unions() {
        assertThat(rows((job, orders) -> slim(orders).union(orders.select("customer", "id"))))
                .hasSize(8);
        assertThat(rows((job, orders) -> slim(orders).union(slim(orders)).distinct()))
                .hasSize(4);
        assertThat(rows((job, orders) -> slim(orders)
                        .limit(1)
                        .unionAllowingMissing(read(job, "customers").filter("city = 'Ulm'"))))
                .containsExactlyInAnyOrder("{\"id\":1,\"customer\":\"ann\"}", "{\"city\":\"Ulm\",\"name\":\"ann\"}");
    }

    @Test
    void keepsOneRowPerKey() {
        assertThat(rows((job, orders) ->
                        slim(orders).deduplicate("customer").keepLast(asc("id")).sort(asc("id"))))
                .containsExactly(
                        "{\"id\":2,\"customer\":\"bob\"}",
                        "{\"id\":3,\"customer\":\"ann\"}",
                        "{\"id\":4,\"customer\":\"eve\"}");
        assertThat(rows((job, orders) -> slim(orders)
                        .deduplicate("customer")
                        .keepFirst(asc("customer"))
                        .sort(asc("id"))))
                .as("told apart by the other columns")
                .startsWith("{\"id\":1,\"customer\":\"ann\"}");
    }

    @Test
    void aggregatesOfEveryKind() {
        assertThat(rows((job, orders) -> orders.groupBy()
                        .aggregate(
                                "all",
                                count().as("n"),
                                count(col("amount")).as("known"),
                                count().where(col("customer").eq("ann")).as("anns"),
                                count_distinct(col("customer")).as("customers"),
                                approx_count_distinct(col("customer")).as("about"),
                                count_if(col("amount").gt(5)).as("big"),
                                sum(col("amount")).as("sum"),
                                sum_distinct(col("amount")).as("sumd"),
                                avg(col("amount")).as("avg"),
                                min(col("amount")).as("min"),
                                max(col("amount")).as("max"),
                                first_by(col("customer"), col("at")).as("first"),
                                last_by(col("customer"), col("at"))
                                        .where(col("amount").isNotNull())
                                        .as("last"),
                                collect_list(col("customer")).as("list"),
                                collect_set(col("customer")).as("set"),
                                median(col("amount")).as("median"),
                                percentile(col("amount"), 0.5).as("p50"),
                                bool_and(col("id").gt(0)).as("every"),
                                bool_or(col("id").gt(3)).as("some"))))
                .containsExactly("{\"n\":4,\"known\":3,\"anns\":2,\"customers\":3,\"about\":3,\"big\":2,\"sum\":35,"
                        + "\"sumd\":35,\"avg\":11.666666666666666,\"min\":5,\"max\":20,\"first\":\"ann\",\"last\":\"ann\","
                        + "\"list\":[\"ann\",\"ann\",\"bob\",\"eve\"],\"set\":[\"ann\",\"bob\",\"eve\"],\"median\":10.0,"
                        + "\"p50\":10.0,\"every\":true,\"some\":true}");
        assertThat(rows((job, orders) -> orders.groupBy()
                        .aggregate(
                                "spread",
                                stddev(col("id")).as("s"),
                                stddev_pop(col("id")).as("p"),
                                variance(col("id")).as("v"),
                                corr(col("id"), col("id")).as("c"))
                        .select("v", "c")))
                .containsExactly("{\"v\":1.6666666666666667,\"c\":1.0}");
    }

    @Test
    void pivotsAndBack() {
        assertThat(rows((job, orders) -> orders.groupBy()
                        .pivot("customer", "ann", "bob")
                        .aggregate("wide", sum(col("amount")).as("sum"))))
                .containsExactly("{\"ann\":15,\"bob\":20}");
        assertThat(rows((job, orders) -> orders.groupBy()
                        .pivot("customer", "ann", "bob")
                        .aggregate("wide", sum(col("amount")).as("sum"), count().as("n"))
                        .unpivot("what", "value", "ann_sum", "bob_n")
                        .select("what", "value")
                        .sort(asc("what"))))
                .containsExactly("{\"what\":\"ann_sum\",\"value\":15}", "{\"what\":\"bob_n\",\"value\":1}");
    }

    @Test
    void looksAtOtherRows() {
        assertThat(rows((job, orders) -> orders.select("id", "customer", "amount")
                        .window(
                                over("customer").orderBy(asc("id")),
                                row_number().as("n"),
                                lag(col("id"), 1, 0L).as("before"),
                                lead(col("id"), 1).as("after"),
                                collect_list(col("id")).as("ids"))
                        .window(
                                over().orderBy(desc("id")).rowsBetween(-1, 0),
                                sum(col("id")).as("two"))
                        .window(
                                over().orderBy(asc("customer")),
                                rank().as("place"),
                                dense_rank().as("dense"),
                                ntile(2).as("half"))
                        .filter(col("customer").eq("ann"))
                        .drop("amount")
                        .sort(asc("id"))))
                .containsExactly(
                        "{\"id\":1,\"customer\":\"ann\",\"n\":1,\"before\":0,\"after\":3,\"ids\":[1],\"two\":3,\"place\":1,"
                                + "\"dense\":1,\"half\":1}",
                        "{\"id\":3,\"customer\":\"ann\",\"n\":2,\"before\":1,\"ids\":[1,3],\"two\":7,\"place\":1,"
                                + "\"dense\":1,\"half\":1}");
    }

    @Test
    void unpacksArraysMapsAndStructs() {
        assertThat(rows((job, orders) -> orders.select("id", "tags").explode("tags", "place")))
                .containsExactly(
                        "{\"id\":1,\"place\":0,\"tags\":\"a\"}",
                        "{\"id\":1,\"place\":1,\"tags\":\"b\"}",
                        "{\"id\":4,\"place\":0,\"tags\":\"c\"}");
        assertThat(rows((job, orders) -> orders.select("id", "tags").explodeOuter("tags")))
                .contains("{\"id\":2}", "{\"id\":3}")
                .hasSize(5);
        assertThat(rows((job, orders) -> orders.select("id")
                        .limit(1)
                        .derive("m", map("x", 1, "y", 2))
                        .explode("m")))
                .containsExactly(
                        "{\"id\":1,\"m_key\":\"x\",\"m_value\":1}", "{\"id\":1,\"m_key\":\"y\",\"m_value\":2}");
        assertThat(rows((job, orders) -> orders.select("id")
                        .limit(1)
                        .derive("a", named_struct("b", named_struct("c", 1), "d", 2))
                        .flatten()))
                .containsExactly("{\"id\":1,\"a_b_c\":1,\"a_d\":2}");
    }

    @Test
    void makesTablesOfNestedRows() {
        String nested = """
                {"id":1,"who":{"name":"ann"},"items":[{"sku":"x","tags":["t"]},{"sku":"y"}]}
                {"id":1,"who":{"name":"ann"},"items":[{"sku":"x","tags":["t"]},{"sku":"y"}]}
                """;
        GraphPlan plan = plan(Map.of("orders", nested), job -> {
            var tables = read(job, "orders").relationalize("tables");
            tables.root().write("root", Parquet.at("s3://b/root/"));
            tables.child("items").write("items", Parquet.at("s3://b/items/"));
            tables.child("items.val.tags").write("tags", Parquet.at("s3://b/tags/"));
        });
        assertThat(plan.rows("root").columns()).containsExactly("id", "items", "who.name");
        assertThat(plan.rows("items").columns()).containsExactly("id", "index", "items.val.sku", "items.val.tags");
        Dataset<Row> joined = plan.rows("root")
                .join(
                        plan.rows("items"),
                        plan.rows("root")
                                .col("items")
                                .equalTo(plan.rows("items").col("id")));
        assertThat(joined.count()).as("each row has its own two items").isEqualTo(4);
        assertThat(plan.rows("tags").count()).isEqualTo(2);
        assertThat(plan.rows("tags")
                        .join(
                                plan.rows("items"),
                                plan.rows("tags")
                                        .col("id")
                                        .equalTo(plan.rows("items").col("`items.val.tags`")))
                        .count())
                .isEqualTo(2);
    }

    @Test
    void resolvesChoices() {
        String mixed = "{\"p\":\"1\"}\n{\"p\":\"1.5\"}\n{\"p\":\"n/a\"}\n";
        assertThat(rows(mixed, (job, rows) -> rows.resolveChoice(choice("p").cast("double"))))
                .containsExactly("{\"p\":1.0}", "{\"p\":1.5}", "{}");
        assertThat(rows(mixed, (job, rows) -> rows.resolveChoice(choice("p").project("string"))))
                .containsExactly("{}", "{}", "{\"p\":\"n/a\"}");
        assertThat(rows(mixed, (job, rows) -> rows.resolveChoice(choice("p").makeColumns("int", "double", "string"))))
                .containsExactly("{\"p_int\":1}", "{\"p_double\":1.5}", "{\"p_string\":\"n/a\"}");
        Steps struct = (job, rows) -> rows.resolveChoice(choice("p").makeStruct("double", "string"));
        assertThat(rows(mixed, struct))
                .containsExactly(
                        "{\"p\":{\"double\":1.0}}", "{\"p\":{\"double\":1.5}}", "{\"p\":{\"string\":\"n/a\"}}");
        assertThat(rows(
                        mixed,
                        (job, rows) ->
                                struct.of(job, rows).resolveChoice(choice("p").cast("string"))))
                .containsExactly("{\"p\":\"1.0\"}", "{\"p\":\"1.5\"}", "{\"p\":\"n/a\"}");
    }

    @Test
    void castsFillsAndDropsNulls() {
        assertThat(rows((job, orders) -> orders.select("id", "amount")
                        .castColumns(field("id", "string"))
                        .fillNulls("amount", 0)
                        .filter(col("amount").le(5))))
                .containsExactly("{\"id\":\"3\",\"amount\":5}", "{\"id\":\"4\",\"amount\":0}");
        assertThat(rows((job, orders) -> orders.dropNullRows("amount", "tags").select("id")))
                .containsExactly("{\"id\":1}", "{\"id\":2}");
        assertThat(rows((job, orders) ->
                        orders.dropAllNullRows("amount", "tags").select("id")))
                .hasSize(4);
        assertThat(rows((job, orders) ->
                        orders.select("id").limit(1).derive("x", nothing()).dropNullColumns()))
                .containsExactly("{\"id\":1}");
    }

    @Test
    void routesRowsAndChecksThem() {
        GraphPlan plan = plan(Map.of("orders", ORDERS), job -> {
            var routes = slim(read(job, "orders"))
                    .split(
                            "by_size",
                            route("first", col("id").le(1)),
                            route("ann", col("customer").eq("ann")));
            routes.route("first").write("w1", Parquet.at("s3://b/1/"));
            routes.route("ann").write("w2", Parquet.at("s3://b/2/"));
            routes.otherwise().write("w3", Parquet.at("s3://b/3/"));
            var checked = routes.otherwise()
                    .check("quality", atMostRows(0), rule("small id", col("id").lt(3)), oneOf("customer", "bob"));
            checked.failed().write("bad", Parquet.at("s3://b/bad/"));
        });
        assertThat(Stream.of("w1", "w2", "w3").map(step -> plan.rows(step).count()))
                .containsExactly(1L, 1L, 2L);
        assertThat(plan.rows("bad").toJSON().collectAsList())
                .containsExactly("{\"id\":4,\"customer\":\"eve\",\"_reason\":\"small id; customer one of [bob]\"}");
        assertThatThrownBy(plan::requireTolerances)
                .hasMessage(
                        "Check 'quality': 1 of 2 rows of \"by_size.otherwise\" are bad, more than atMostRows(0) allows;"
                                + " nothing was written. Correct the data, or the check's bound");
    }

    @Test
    void runsQueriesAndTransformsOfOthers() {
        assertThat(rows((job, orders) -> job.sql(
                        "top",
                        "with big as (select id from o where amount > 5) select count(*) as n, min(c.city) as city from big, c",
                        orders.as("o"),
                        read(job, "customers").as("c"))))
                .containsExactly("{\"n\":6,\"city\":\"Bonn\"}");
        assertThat(rows((job, orders) -> slim(orders).transform("thin", "test.every", option("n", 2))))
                .containsExactly("{\"id\":2,\"customer\":\"bob\"}", "{\"id\":4,\"customer\":\"eve\"}");
    }

    /** Keeps the rows whose id is divisible by a number. */
    public static final class KeepEvery implements CustomTransform {
        @Override
        public String name() {
            return "test.every";
        }

        @Override
        public Dataset<Row> apply(Dataset<Row> rows, Map<String, Object> options) {
            if (!(options.get("n") instanceof Integer n)) {
                throw new IllegalArgumentException("test.every needs option(\"n\", 2)");
            }
            return rows.filter(functions.col("id").mod(n).equalTo(0));
        }
    }
}
