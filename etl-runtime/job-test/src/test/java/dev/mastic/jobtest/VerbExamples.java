package dev.mastic.jobtest;

import dev.mastic.job.Checked;
import dev.mastic.job.Frame;
import dev.mastic.job.JobBuilder;
import dev.mastic.job.Parquet;
import dev.mastic.job.Relations;
import dev.mastic.job.Routes;

import static dev.mastic.job.Dsl.*;

/** One example per verb; the pages in docs/dsl show what is between the marks. Each method is named after its verb. */
final class VerbExamples {
    static final String ORDERS = """
            id:bigint, customer, amount:double, price, at:date
            1, ann, 10, 1.5, 2026-01-01
            2, bob, 20, n/a, 2026-01-02
            3, ann, , 2.5, 2026-01-03
            4, eve, 5, , 2026-01-04
            """;
    static final String CUSTOMERS = """
            name, city
            ann, Ulm
            bob, Bonn
            zoe, Kiel
            """;
    static final String VISITS = """
            visit:bigint, who:struct<name:string,age:int>, tags:array<string>
            7, {"name":"ann","age":30}, ["a","b"]
            8, {"name":"bob","age":40}, []
            """;

    private final JobBuilder job;
    private final Frame orders;
    private final Frame customers;
    private final Frame visits;

    VerbExamples(JobBuilder job) {
        this.job = job;
        this.orders = input("orders");
        this.customers = input("customers");
        this.visits = input("visits");
    }

    private Frame input(String name) {
        return job.read(name, Parquet.at("s3://in/" + name + "/")).write("all_" + name, Parquet.at("s3://all/" + name));
    }

    Frame select() {
        // example
        return orders.select("customer", "id");
        // end
    }

    Frame rename() {
        // example
        return customers.rename("city", "town");
        // end
    }

    Frame drop() {
        // example
        return orders.drop("price", "at");
        // end
    }

    Frame derive() {
        // example
        return orders.select("id", "amount")
                .derive("double", col("amount").times(2))
                .derive("size", when(col("amount").gt(10), "big").otherwise("small"));
        // end
    }

    Frame castColumns() {
        // example
        return orders.select("id", "at").castColumns(field("id", "string"), field("at", "timestamp"));
        // end
    }

    Frame fillNulls() {
        // example
        return orders.select("id", "amount").fillNulls("amount", 0);
        // end
    }

    Frame dropNullColumns() {
        // example
        return customers.derive("nothing", nothing()).dropNullColumns();
        // end
    }

    Frame resolveChoice() {
        // example
        return orders.select("id", "price").resolveChoice(choice("price").makeColumns("double", "string"));
        // end
    }

    Frame filter() {
        // example
        return orders.filter(col("amount").ge(10).and(col("customer").notEq("bob")));
        // end
    }

    Frame distinct() {
        // example
        return orders.select("customer").distinct();
        // end
    }

    Frame deduplicate() {
        // example
        return orders.deduplicate("customer").keepLast(asc("at"));
        // end
    }

    Frame sort() {
        // example
        return orders.select("id", "amount").sort(desc("amount"), asc("id"));
        // end
    }

    Frame limit() {
        // example
        return orders.select("id", "amount").sort(desc("amount")).limit(2);
        // end
    }

    Frame dropNullRows() {
        // example
        return orders.dropNullRows("amount", "price");
        // end
    }

    Frame join() {
        // example
        return orders.select("id", "customer").join(customers, on("customer", "name"));
        // end
    }

    Frame enrich() {
        // example
        return orders.select("id", "customer").enrich(customers, on("customer", "name"));
        // end
    }

    Frame fullJoin() {
        // example
        return orders.select("id", "customer").fullJoin(customers, on("customer", "name"));
        // end
    }

    Frame antiJoin() {
        // example
        return orders.select("id", "customer").antiJoin(customers, on("customer", "name"));
        // end
    }

    Frame crossJoin() {
        // example
        return customers.select("city").crossJoin(visits.select("visit"));
        // end
    }

    Frame union() {
        // example
        return orders.select("customer").rename("customer", "name").union(customers.select("name"));
        // end
    }

    Frame groupBy() {
        // example
        return orders.groupBy("customer")
                .aggregate(
                        "per_customer",
                        count().as("orders"),
                        sum(col("amount")).as("amount"),
                        last_by(col("id"), col("at")).as("last"));
        // end
    }

    Frame pivot() {
        // example
        return orders.groupBy()
                .pivot("customer", "ann", "bob")
                .aggregate("wide", sum(col("amount")).as("amount"));
        // end
    }

    Frame unpivot() {
        // example
        return customers.unpivot("column", "value", "name", "city");
        // end
    }

    Frame window() {
        // example
        return orders.select("id", "customer", "amount")
                .window(
                        over("customer").orderBy(asc("id")),
                        row_number().as("n"),
                        lag(col("amount"), 1).as("before"))
                .window(
                        over().orderBy(asc("id")).rowsFromStart(),
                        sum(col("amount")).as("running"));
        // end
    }

    Frame explode() {
        // example
        return visits.select("visit", "tags").explode("tags", "place");
        // end
    }

    Frame flatten() {
        // example
        return visits.flatten();
        // end
    }

    Frame relationalize() {
        // example
        Relations tables = visits.relationalize("visit_tables");
        return tables.child("tags").select("index", "tags.val");
        // end
    }

    Frame split() {
        // example
        Routes routes = orders.select("id", "amount")
                .split(
                        "by_amount",
                        route("big", col("amount").ge(10)),
                        route("small", col("amount").lt(10)));
        return routes.otherwise();
        // end
    }

    Frame check() {
        // example
        Checked checked = orders.select("id", "customer", "amount")
                .check("quality", atMostRatio(0.5), complete("amount"), oneOf("customer", "ann", "bob"));
        return checked.failed();
        // end
    }

    Frame sql() {
        // example
        return job.sql(
                "cities",
                "select c.city, sum(o.amount) as amount from o join c on o.customer = c.name group by c.city",
                orders.as("o"),
                customers.as("c"));
        // end
    }

    Frame named() {
        // example
        return orders.filter(col("amount").gt(9)).named("big_orders").select("id");
        // end
    }
}
