package dev.mastic.jobtest;

import dev.mastic.job.Frame;
import dev.mastic.job.Job;
import dev.mastic.job.Parquet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the pages of docs/dsl to the examples that are compiled and run here; {@code -Dmastic.update-docs=true} writes them
 * anew.
 */
class VerbPagesIT {
    private static final Path PAGES = Path.of("../../docs/dsl");
    private static final Path SOURCE = Path.of("src/test/java/dev/mastic/jobtest/VerbExamples.java");

    private record Verb(String name, String what, String parameters, String errors) {}

    @TestFactory
    Stream<DynamicTest> eachPageHasItsExampleAndWhatItGives() throws IOException {
        return verbs().stream()
                .map(verb -> DynamicTest.dynamicTest(verb.name(), () -> same(verb.name() + ".md", page(verb))));
    }

    @Test
    void theIndexHasEachVerb() throws IOException {
        StringBuilder index = new StringBuilder("""
                # The verbs of a job

                One page per verb: what it does, an example with what it gives, its parameters and its errors. The examples are
                compiled and run by the tests, on these rows:

                """);
        index.append("`orders`:\n\n").append(block(VerbExamples.ORDERS));
        index.append("\n`customers`:\n\n").append(block(VerbExamples.CUSTOMERS));
        index.append("\n`visits`:\n\n").append(block(VerbExamples.VISITS)).append("\n| verb | |\n|---|---|\n");
        for (Verb verb : verbs()) {
            String first = verb.what().replace('\n', ' ').replaceFirst("(?<=[a-z)`])[.:] .*", ".");
            index.append("| [")
                    .append(verb.name())
                    .append("](")
                    .append(verb.name())
                    .append(".md) | ")
                    .append(first);
            index.append(first.endsWith(".") ? " |\n" : ". |\n");
        }
        index.append(
                "\n[Functions](functions.md) are the words of expressions, aggregations and windows. [Tests of jobs](testing.md)"
                        + " run a job on a few rows.\n");
        same("README.md", index.toString());
    }

    @Test
    void eachExampleHasAPage() throws IOException {
        List<String> names = verbs().stream().map(Verb::name).sorted().toList();
        assertThat(Arrays.stream(VerbExamples.class.getDeclaredMethods())
                        .filter(method -> method.getReturnType() == Frame.class && method.getParameterCount() == 0)
                        .map(Method::getName)
                        .sorted())
                .isEqualTo(names);
    }

    private static String page(Verb verb) throws IOException {
        Job job = builder -> {
            try {
                VerbExamples examples = new VerbExamples(builder);
                Frame result = (Frame)
                        VerbExamples.class.getDeclaredMethod(verb.name()).invoke(examples);
                result.write("result", Parquet.at("s3://out/"));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(verb.name(), e);
            }
        };
        String result = JobTest.of(job)
                .given("orders", VerbExamples.ORDERS)
                .given("customers", VerbExamples.CUSTOMERS)
                .given("visits", VerbExamples.VISITS)
                .show("result");
        if (!verb.name().equals("sort")) {
            List<String> lines = result.lines().toList();
            result = lines.get(0) + "\n"
                    + lines.stream().skip(1).sorted().map(line -> line + "\n").collect(Collectors.joining());
        }
        return "# " + verb.name() + "\n\n" + verb.what()
                + "\n## Example\n\nOn the rows of [the index](README.md):\n\n```java\n"
                + example(verb.name()) + "```\n\n" + block(result) + "\n## Parameters\n\n" + verb.parameters()
                + "\n## Errors\n\n" + verb.errors();
    }

    private static String block(String text) {
        return "```\n" + text + "```\n";
    }

    private static String example(String verb) throws IOException {
        String source = Files.readString(SOURCE);
        int method = source.indexOf(" Frame " + verb + "() {");
        int begin = source.indexOf("// example\n", method) + "// example\n".length();
        String region = source.substring(begin, source.indexOf("        // end", begin));
        return region.lines()
                .map(line -> line.replaceFirst("^ {8}", "").replaceFirst("^return ", "Frame result = "))
                .reduce("", (text, line) -> text + line + "\n");
    }

    private static List<Verb> verbs() throws IOException {
        List<Verb> verbs = new ArrayList<>();
        String all = Files.readString(Path.of("src/test/resources/dsl/verbs.txt"));
        for (String section : all.split("(?m)^=== ", -1)) {
            if (!section.isBlank()) {
                Map<String, String> parts = new LinkedHashMap<>();
                String name = section.substring(0, section.indexOf('\n'));
                for (String part : ("what\n" + section.substring(section.indexOf('\n') + 1)).split("(?m)^--- ", -1)) {
                    parts.put(part.substring(0, part.indexOf('\n')), part.substring(part.indexOf('\n') + 1));
                }
                verbs.add(new Verb(name, parts.get("what"), parts.get("parameters"), parts.get("errors")));
            }
        }
        return verbs;
    }

    private static void same(String page, String text) throws IOException {
        Path path = PAGES.resolve(page);
        if (Boolean.getBoolean("mastic.update-docs")) {
            Files.createDirectories(PAGES);
            Files.writeString(path, text);
        }
        assertThat(Files.readString(path))
                .as("docs/dsl/" + page + "; -Dmastic.update-docs=true writes it anew")
                .isEqualTo(text);
    }
}
