package dev.mastic.job;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JobGraphJsonTest {
    @Test
    void readingWhatWasWrittenGivesTheSameGraph() {
        long seed = Long.getLong("mastic.seed", System.nanoTime());
        System.out.println("JobGraphJsonTest: -Dmastic.seed=" + seed);
        RandomGraphs graphs = new RandomGraphs(seed);
        for (int i = 0; i < 2_000; i++) {
            JobGraph graph = graphs.next();
            String json = JobGraphJson.write(graph);
            assertThat(JobGraphJson.read(json))
                    .as("seed %s, graph %s: %s", seed, i, json)
                    .isEqualTo(graph);
            assertThat(graph.describe()).startsWith("Job t");
        }
    }

    @Test
    void aTargetWithoutItsKindIsOfParquetFiles() {
        String json = "{\"name\":\"j\",\"steps\":[{\"@type\":\"Read\",\"name\":\"a\",\"source\":"
                + "{\"@type\":\"Parquet\",\"location\":\"s3://b/in/\",\"onlyNewFiles\":false}},"
                + "{\"@type\":\"Write\",\"name\":\"w\",\"input\":\"a\",\"output\":"
                + "{\"location\":\"s3://b/out/\",\"partitionKeys\":[\"year\"]}}]}";
        assertThat(JobGraphJson.read(json).writes().get(0).output())
                .isEqualTo(Parquet.at("s3://b/out/").partitionedBy("year"));
    }

    @Test
    void namesTheTypesItKnowsWhenOneIsUnknown() {
        assertThatThrownBy(() -> JobGraphJson.read("{\"name\":\"j\",\"steps\":[{\"@type\":\"Nap\",\"name\":\"x\"}]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("graph.steps[0]: \"@type\" is Nap; expected one of"
                        + " Aggregate, CastColumns, Check, Deduplicate, Derive, Distinct, Drop, DropNullColumns, DropNullRows,"
                        + " Explode, FillNulls, Filter, Flatten, Join, Limit, Output, Pivot, Read, Relationalize, Rename,"
                        + " ResolveChoice, Select, Sort, Split, Sql, Transform, Union, Unpivot, Window, Write");
    }

    @Test
    void namesThePlaceOfAMissingMember() {
        assertThatThrownBy(() -> JobGraphJson.read("{\"name\":\"j\",\"steps\":[{\"@type\":\"Read\",\"name\":\"x\"}]}"))
                .hasMessage("graph.steps[0]: member \"source\" is missing");
    }

    @Test
    void refusesMembersItDoesNotKnow() {
        assertThatThrownBy(() -> JobGraphJson.read("{\"name\":\"j\",\"steps\":[],\"stepz\":1}"))
                .hasMessageContaining("unknown to JobGraph");
    }

    @Test
    void refusesAGraphThatItsRulesForbid() {
        String read = "{\"@type\":\"Read\",\"name\":\"x\",\"source\":{\"@type\":\"Parquet\",\"location\":\"s3://b/p\","
                + "\"onlyNewFiles\":false}}";
        assertThatThrownBy(() -> JobGraphJson.read("{\"name\":\"j\",\"steps\":[" + read + "," + read + "]}"))
                .hasMessage("graph: Job 'j' already has a step named 'x'");
    }

    @Test
    void namesTheLineOfWhatIsNotJson() {
        assertThatThrownBy(() -> JobGraphJson.read("{\n\"name\": nope}"))
                .hasMessageStartingWith("Not JSON: line 2")
                .hasMessageContaining("expected a value, found 'n'");
        assertThatThrownBy(() -> JobGraphJson.read("")).hasMessageContaining("found the end");
        assertThatThrownBy(() -> JobGraphJson.read("[".repeat(10_000))).hasMessageContaining("500 levels");
    }
}
