package dev.mastic.spark.plan;

import dev.mastic.job.CatalogTable;
import dev.mastic.job.Csv;
import dev.mastic.job.Frame;
import dev.mastic.job.Job;
import dev.mastic.job.JobBuilder;
import dev.mastic.job.JobGraph;
import dev.mastic.job.Parquet;
import dev.mastic.spark.TestSession;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static dev.mastic.job.Dsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What authors of jobs get wrong, and what they are told before anything is read. */
class MistakesIT {
    private final List<DynamicTest> cases = new ArrayList<>();

    /** Of a step upon orders(id, customer_id, price, tags, at). */
    private void says(String message, UnaryOperator<Frame> step) {
        whole(message, job -> step.apply(orders(job)).write("out", Parquet.at("s3://b/out/")));
    }

    /** Of two frames, orders and customers(id, name). */
    private void both(String message, BiConsumer<Frame, Frame> steps) {
        whole(message, job -> steps.accept(orders(job), customers(job)));
    }

    private void whole(String message, Job job) {
        cases.add(DynamicTest.dynamicTest(
                message,
                () -> assertThatThrownBy(() -> {
                            JobGraph graph = JobGraph.of("shop", Map.of("--output", "s3://b/out/"), job);
                            GraphPlan.of(
                                    graph,
                                    read -> TestSession.SPARK.sql(
                                            read.name().equals("orders")
                                                    ? "select 1 as id, 2L as customer_id, '1' as price, array(1) as tags, named_struct('x', 1) as s"
                                                    : "select 1L as id, 'ann' as name"));
                        })
                        .hasMessageContaining(message)));
    }

    private static Frame orders(JobBuilder job) {
        return job.read("orders", Parquet.at("s3://b/orders/"));
    }

    private static Frame customers(JobBuilder job) {
        return job.read("customers", Parquet.at("s3://b/customers/"));
    }

    @TestFactory
    Stream<DynamicTest> eachMistakeIsNamedWithItsFix() {
        columns();
        types();
        shapes();
        frames();
        graphs();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(40);
        return cases.stream();
    }

    private void columns() {
        says(
                "Step 'orders.select1': no column \"custmer_id\" in step \"orders\"; did you mean \"customer_id\"?",
                orders -> orders.select("custmer_id"));
        says("no column \"prise\" in step \"orders\"; did you mean \"price\"?", orders -> orders.drop("prise"));
        says("no column \"xyz\" in step \"orders\". Columns there: id,", orders -> orders.rename("xyz", "a"));
        says("there is a column 'price' already", orders -> orders.rename("id", "price"));
        says("no column \"pric\" in", orders -> orders.derive("x", col("pric").plus(1)));
        says("no column \"pric\" in", orders -> orders.filter(col("pric").isNull()));
        says("Step 'orders.filter1': [UNRESOLVED_COLUMN", orders -> orders.filter("pric = 1"));
        says("no column \"idd\" in", orders -> orders.sort(asc("idd")));
        says("no column \"idd\" in", orders -> orders.deduplicate("idd").keepFirst(asc("id")));
        says("no column \"idd\" in", orders -> orders.groupBy("idd").aggregate("g", count().as("n")));
        says(
                "no column \"prices\" in",
                orders -> orders.groupBy("id").aggregate("g", sum(col("prices")).as("n")));
        says("no column \"idd\" in", orders -> orders.window(over("idd"), count().as("n")));
        says("no column \"tag\" in step \"orders\"; did you mean \"tags\"?", orders -> orders.explode("tag"));
        says("no column \"idd\" in", orders -> orders.unpivot("k", "v", "idd"));
        says("no column \"idd\" in", orders -> orders.fillNulls("idd", 1));
        says("no column \"idd\" in", orders -> orders.castColumns(field("idd", "int")));
        says("no column \"idd\" in", orders -> orders.dropNullRows("idd"));
        says(
                "no column \"prise\" in",
                orders -> orders.check("q", complete("prise")).failed());
        says(
                "no column \"prise\" in",
                orders -> orders.split("r", route("a", col("prise").gt(1))).otherwise());
        says(
                "no column \"when\" in step",
                orders -> orders.resolveChoice(choice("when").cast("int")));
        says("there is a column 'id' already", orders -> orders.window(over("id"), count().as("id")));
        says("select names 'ID' twice", orders -> orders.select("id", "ID"));
        whole(
                "no column \"day\" in step \"orders\"",
                job -> orders(job).write("lake", Parquet.at("s3://b/lake/").partitionedBy("day")));
    }

    private void types() {
        says("field id has type 'number', which Spark does not know", o -> o.castColumns(field("id", "number")));
        says("Column id has no type; use one of Hive's", orders -> orders.castColumns(field("id", "")));
        says("column 'id' is of type int, but 'x' is a string", orders -> orders.fillNulls("id", "x"));
        says("column 'price' is of type string, but 0 is a int", orders -> orders.fillNulls("price", 0));
        says("column 'id' is of type int; only an array or a map can be exploded", orders -> orders.explode("id"));
        says(
                "column 'id' has one type, int",
                orders -> orders.resolveChoice(choice("id").cast("double")));
        says(
                "round(id, 'a') is not possible; write round(expression)",
                o -> o.derive(
                        "x",
                        new dev.mastic.job.Expression.Call(
                                dev.mastic.job.Function.ROUND, List.of(col("id"), lit("a")))));
        says(
                "Step 'orders.filter1': [DATATYPE_MISMATCH",
                orders -> orders.filter(col("id").plus(1)));
        says("Step 'orders.derive1': [DATATYPE_MISMATCH", orders -> orders.derive("x", array_max(col("id"))));
        says(
                "'31.1.2026' is no constant of type date; write it like 2026-01-31",
                o -> o.filter(col("id").eq(date("31.1.2026"))));
        says(
                "A java.lang.Object cannot be a constant",
                orders -> orders.filter(col("id").eq(new Object())));
        says(
                "Step 'orders.window1': Window function rank() requires window to be ordered",
                orders -> orders.window(over("id"), rank().as("n")));
    }

    private void shapes() {
        says(
                "atMostRatio(5.0) is not between 0 and 1",
                o -> o.check("q", atMostRatio(5), complete("id")).failed());
        says("limit(-1) is less than 0", orders -> orders.limit(-1));
        says(
                "needs an order; write keepLast",
                orders -> orders.deduplicate("id").keepLast());
        says("sort() needs at least one key", orders -> orders.sort());
        says("Step g aggregates nothing", orders -> orders.groupBy("id").aggregate("g"));
        says("Step 'g' names 'id' twice", orders -> orders.groupBy("id").aggregate("g", count().as("id")));
        says(
                "needs the values of price that become columns",
                o -> o.groupBy("id").pivot("price").aggregate("p", count().as("n")));
        says("id is no constant", o -> o.groupBy().pivot("price", col("id")).aggregate("p", count().as("n")));
        says(
                "Split 'r' names 'a' twice",
                o -> o.split(
                                "r",
                                route("a", col("id").gt(1)),
                                route("a", col("id").gt(2)))
                        .otherwise());
        says(
                "has no output \"eurpe\"; did you mean \"europe\"?",
                o -> o.split("r", route("europe", col("id").gt(1))).route("eurpe"));
        says(
                "Step 't' has no output \"root_tagz\"; did you mean \"root_tags\"?",
                o -> o.relationalize("t").child("tagz"));
        says("rows from 1 to 0 are none", orders -> orders.window(over("id").rowsBetween(1, 0), count().as("n")));
        says(
                "there would be two columns 's_x'",
                orders -> orders.derive("s_x", lit(1)).flatten());
        says(
                "no transform \"test.evry\" is on the driver's class path; did you mean \"test.every\"?",
                o -> o.transform("t", "test.evry"));
        says("Step 't': test.every needs option(\"n\", 2)", orders -> orders.transform("t", "test.every"));
    }

    private void frames() {
        both("has no keys; add on(", (orders, customers) -> orders.join(customers));
        both(
                "both sides have a column 'id'; rename or drop one before the join",
                (orders, customers) ->
                        orders.join(customers, on("price", "name")).write("out", Parquet.at("s3://b/o/")));
        both(
                "key orders.price is of type string, but customers.id of type bigint; cast one of them",
                (orders, customers) -> orders.join(customers, on("price", "id")).write("out", Parquet.at("s3://b/o/")));
        both(
                "no column \"nam\" in step \"customers\"; did you mean \"name\"?",
                (orders, customers) ->
                        orders.semiJoin(customers, on("price", "nam")).write("out", Parquet.at("s3://b/o/")));
        both(
                "the columns differ: only \"orders\" has [customer_id, price, s, tags], only \"customers\" has [name]",
                (orders, customers) -> orders.union(customers).write("out", Parquet.at("s3://b/o/")));
        whole(
                "the query reads from \"custmers\", which is none of its frames; did you mean \"customers\"?",
                job -> job.sql("q", "select * from custmers", customers(job).as("customers"))
                        .write("out", Parquet.at("s3://b/o/")));
        whole(
                "Step 'q': the query cannot be read at line 1",
                job -> job.sql("q", "selec 1", customers(job).as("c")).write("out", Parquet.at("s3://b/o/")));
        whole(
                "Step 'q': the query cannot be read at line 1",
                job -> job.sql("q", "drop table c", customers(job).as("c")).write("out", Parquet.at("s3://b/o/")));
        whole("queries no frames", job -> job.sql("q", "select 1").write("out", Parquet.at("s3://b/o/")));
        whole(
                "'my orders' cannot name rows in a query",
                job -> job.sql("q", "select 1", orders(job).as("my orders")));
    }

    private void graphs() {
        whole("Job 'shop' already has a step named 'orders'", job -> {
            orders(job);
            orders(job);
        });
        whole("nothing uses the rows of step 'customers'; write them, or leave the step out", job -> {
            customers(job);
            orders(job).write("out", Parquet.at("s3://b/o/"));
        });
        whole("Job 'shop' writes nothing", MistakesIT::orders);
        whole("'a b' cannot name a step", job -> job.read("a b", Parquet.at("s3://b/")));
        whole("'/tmp/x' is not a location in S3", job -> job.read("x", Csv.at("/tmp/x")));
        whole("A catalog table needs a database and a name", job -> job.read("x", CatalogTable.of("", "t")));
        whole(
                "Job argument --outptu is missing; pass it in Arguments or set it in DefaultArguments; did you mean \"output\"?",
                job -> job.argument("outptu"));
        whole("named(\"a\") must follow the method that makes the step at once", job -> {
            Frame orders = orders(job);
            Frame first = orders.limit(1);
            orders.limit(2);
            first.named("a");
        });
        whole(
                "Step 'orders' has a name; give it 'a' where it is made",
                job -> orders(job).named("a"));
    }
}
