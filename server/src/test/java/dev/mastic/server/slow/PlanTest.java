package dev.mastic.server.slow;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlanTest {
    private static final String PLAN = """
            [{"Plan": {"Node Type": "Limit", "Parallel Aware": false, "Plans": [
              {"Node Type": "Index Scan", "Parent Relationship": "Outer", "Scan Direction": "Forward",
               "Index Name": "%s", "Relation Name": "partition", "Alias": "p",
               "Index Cond": "((table_id = 7) AND (\\"values\\" > '%s'::text[]))"}]}}]
            """;

    @Test
    void hasOneIdForAllValues() {
        Plan plan = Plan.of(PLAN.formatted("partition_pkey", "{secret}"));

        assertThat(plan.id()).matches("[0-9a-f]{12}");
        assertThat(plan.shape()).isEqualTo("Limit (Outer Index Scan by partition_pkey on partition)");
        assertThat(Plan.of(PLAN.formatted("partition_pkey", "{other}"))).isEqualTo(plan);
    }

    @Test
    void hasAnotherIdForAnotherIndex() {
        assertThat(Plan.of(PLAN.formatted("partition_by_key_1", "{a}")).id())
                .isNotEqualTo(Plan.of(PLAN.formatted("partition_pkey", "{a}")).id());
    }
}
