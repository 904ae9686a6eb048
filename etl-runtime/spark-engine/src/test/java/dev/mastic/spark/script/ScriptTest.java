package dev.mastic.spark.script;

import dev.mastic.job.JobGraph;
import dev.mastic.spark.failure.JobFailure;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScriptTest {
    private static final String IMPORTS = "import dev.mastic.job.*;\nimport static dev.mastic.job.Dsl.*;\n";

    private static JobScript script(String body) {
        return JobScript.compile("orders.java", IMPORTS + body, Map.of());
    }

    @Test
    void definesAGraphWhateverTheFileIsCalled() {
        JobGraph graph = script("public class Anything implements Job { public void define(JobBuilder job) {\n"
                        + "job.read(\"a\", Csv.at(job.argument(\"input\"))).write(\"b\", Parquet.at(\"s3://o/\")); } }")
                .graph("orders", Map.of("--input", "s3://in/"));
        assertThat(graph.describe()).contains("a  reads CSV s3://in/", "b  writes Parquet s3://o/  <- a");
    }

    @Test
    void findsClassesThatTheDriverHasBesideTheDsl() {
        JobGraph graph = script("public class A implements Job { public void define(JobBuilder job) {\n"
                        + "job.read(org.slf4j.LoggerFactory.getLogger(\"a\").getName(), Csv.at(\"s3://b/\"))"
                        + ".write(\"w\", Parquet.at(\"s3://c/\")); } }")
                .graph("orders", Map.of());
        assertThat(graph.describe()).contains("a  reads CSV s3://b/");
    }

    @Test
    void showsTheLineThatDoesNotCompile() {
        assertThatThrownBy(() -> script("public class A implements Job { public void define(JobBuilder job) {\n"
                        + "  job.raed(\"a\", Csv.at(\"s3://in/\"));\n } }"))
                .isInstanceOf(JobFailure.class)
                .hasMessage("Script does not compile: orders.java:4: cannot find symbol;"
                        + " symbol:   method raed(java.lang.String,dev.mastic.job.Csv);"
                        + " location: variable job of type dev.mastic.job.JobBuilder"
                        + ": job.raed(\"a\", Csv.at(\"s3://in/\"));");
    }

    @Test
    void namesTheLineAtWhichDefineThrows() {
        JobScript script = script("public class A implements Job { public void define(JobBuilder job) {\n"
                + "  String s = null;\n  s.length(); } }");
        assertThatThrownBy(() -> script.graph("orders", Map.of()))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("orders.java:5: define threw java.lang.NullPointerException: Cannot invoke");
    }

    @Test
    void namesTheMissingArgumentAndItsLine() {
        JobScript script = script("public class A implements Job { public void define(JobBuilder job) {\n"
                + "  job.argument(\"input\"); } }");
        assertThatThrownBy(() -> script.graph("orders", Map.of()))
                .hasMessage("orders.java:4: Job argument --input is missing;"
                        + " pass it in Arguments or set it in DefaultArguments");
    }

    @Test
    void namesTheLineOfASecondStepOfOneName() {
        JobScript script = script("public class A implements Job { public void define(JobBuilder job) {\n"
                + "  job.read(\"x\", Csv.at(\"s3://a/\"));\n  job.read(\"x\", Csv.at(\"s3://b/\")); } }");
        assertThatThrownBy(() -> script.graph("orders", Map.of()))
                .hasMessage("orders.java:5: Job 'orders' already has a step named 'x'");
    }

    @Test
    void asksForAClassThatIsAJob() {
        assertThatThrownBy(() -> script("public class A { }"))
                .hasMessageStartingWith("Script orders.java has no public class that implements dev.mastic.job.Job");
    }

    @Test
    void asksForAPublicConstructor() {
        assertThatThrownBy(() -> script(
                        "public class A implements Job { private A() {} public void define(JobBuilder job) {} }"))
                .hasMessage("Class A of script orders.java needs a public constructor without parameters");
    }
}
