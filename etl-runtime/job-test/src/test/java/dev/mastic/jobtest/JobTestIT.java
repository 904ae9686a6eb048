package dev.mastic.jobtest;

import dev.mastic.job.Checked;
import dev.mastic.job.Csv;
import dev.mastic.job.Frame;
import dev.mastic.job.Job;
import dev.mastic.job.Parquet;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;

import static dev.mastic.job.Dsl.*;
import static dev.mastic.jobtest.TestRow.row;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An example of tests of a job, and what they say when the job is wrong. */
class JobTestIT {
    private static final Job ORDERS = job -> {
        Frame customers =
                job.read("customers", Csv.at("s3://landing/customers/").withHeader());
        Checked checked = job.read("orders", Csv.at("s3://landing/orders/").withHeader())
                .check(
                        "orders_quality",
                        atMostRatio(0.5),
                        rule("positive amount", col("amount").gt(0)));
        checked.failed().write("bad_orders", Parquet.at("s3://lake/bad/"));
        checked.passed()
                .enrich(customers, on("customer", "name"))
                .groupBy("city")
                .aggregate(
                        "per_city",
                        sum(col("amount")).as("revenue"),
                        collect_set(col("customer")).as("who"))
                .write("lake_orders", Parquet.at(job.argument("output", "s3://lake/orders/")));
    };

    private static JobTest orders() {
        return JobTest.of(ORDERS)
                .given("orders", """
                        id:bigint, customer, amount:decimal(10,2)
                        1, ann, 10.50
                        2, bob, -1
                        3, ann, 2.25
                        """)
                .given(
                        "customers",
                        row("name", "ann").and("city", "Ulm"),
                        row("name", "bob").and("city", "Bonn"));
    }

    @Test
    void comparesWhatAJobWritesAndWhatItSetsAside() {
        orders().expect("lake_orders", """
                        city, revenue, who
                        Ulm, 12.75, ["ann"]
                        """)
                .expect("bad_orders", """
                        id, customer, amount, _reason, _file, _row
                        2, bob, -1, positive amount, ,
                        """)
                .expect(
                        "orders_quality.passed",
                        row("id", 1L).and("customer", "ann").and("amount", new BigDecimal("10.5")),
                        row("id", 3L).and("customer", "ann").and("amount", new BigDecimal("2.25")));
    }

    @Test
    void showsTheRowsThatDiffer() {
        assertThatThrownBy(() -> orders().expect("lake_orders", """
                        city, revenue, who
                        Ulm, 12, ["ann"]
                        """))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        Step 'lake_orders' has other rows than expected (- missing, + not expected):
                          city | revenue | who
                        + Ulm  | 12.75   | ["ann"]
                        - Ulm  | 12.00   | ["ann"]
                        """);
        assertThatThrownBy(() -> orders().expect("lake_orders", "town, revenue\nUlm, 1\n"))
                .hasMessage("Step 'lake_orders' has the columns city, revenue, who, but town, revenue were expected");
    }

    @Test
    void namesWhatIsWrongWithTheTest() {
        assertThatThrownBy(() -> orders().given("ordes", "id\n1\n").expect("lake_orders", "a\n"))
                .hasMessage("The job has no read \"ordes\"; did you mean \"orders\"? Reads: customers, orders");
        assertThatThrownBy(() -> JobTest.of(ORDERS).expect("lake_orders", "a\n"))
                .hasMessage("Step 'customers': no rows are given; add .given(\"customers\", rows)");
        assertThatThrownBy(() -> orders().given("orders", "id:bigint\nx\n").expect("lake_orders", "a\n"))
                .hasMessageContaining("given(\"orders\") has a value that is not of its column's type");
        assertThatThrownBy(() -> orders().given("orders", "id, customer\n1\n"))
                .hasMessageStartingWith("The row '1' has 1 values for the 2 columns [id, customer]");
    }

    @Test
    void seesThatAJobStops() {
        orders().given("orders", "id:bigint, customer, amount:double\n1, ann, 0\n")
                .expectFailure(
                        "Check 'orders_quality': 1 of 1 rows of \"orders\" are bad, more than atMostRatio(0.5) allows");
        orders().given("orders", "id:bigint, custmer, amount:double\n1, ann, 2\n")
                .expectFailure("no column \"customer\" in step \"orders_quality.passed\"; did you mean \"custmer\"?");
    }
}
