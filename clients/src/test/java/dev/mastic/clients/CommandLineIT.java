package dev.mastic.clients;

import dev.mastic.clients.ForeignProgram.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class CommandLineIT {
    private static final String MISSING =
            "This needs the AWS CLI, version 1 or 2, as aws on the path: apt-get install awscli, or pip install awscli";

    private final String database =
            "cli_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);

    // Before each and not before all: so the report has the reason beside each test that is skipped.
    @BeforeEach
    void createDatabase() throws Exception {
        assumeTrue(ForeignProgram.answers("aws", "--version"), MISSING);
        assertThat(glue("create-database", "--database-input", "Name=" + database + ",Description=of the command line"))
                .isEmpty();
    }

    /** What the command line makes of a server's refusal: 255 in version 1, 254 since version 2. */
    private static int refused() throws Exception {
        Answer version = ForeignProgram.execute(Path.of("target"), List.of("aws", "--version"), Map.of());
        return version.text().contains("aws-cli/1.") ? 255 : 254;
    }

    private Answer aws(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("aws", "glue"));
        command.addAll(List.of(arguments));
        // Named here too, because older versions do not know the variable of the address.
        command.addAll(
                List.of("--endpoint-url", RunningMastic.server().address().toString()));
        return ForeignProgram.run(Path.of("target"), command);
    }

    /** What a command that must succeed prints. */
    private String glue(String... arguments) throws Exception {
        Answer answer = aws(arguments);
        assertThat(answer.status()).as(answer.text()).isZero();
        return answer.out().strip();
    }

    private void refuses(String error, String message, String... arguments) throws Exception {
        Answer answer = aws(arguments);
        assertThat(answer.status()).as(answer.text()).isEqualTo(refused());
        assertThat(answer.error()).contains("An error occurred (" + error + ") when calling the ", message);
        assertThat(answer.out()).isEmpty();
    }

    private void createTable(String name, String partitionKeys) throws Exception {
        glue("create-table", "--database-name", database, "--table-input", """
                {"Name": "%s", "PartitionKeys": %s, "StorageDescriptor":
                 {"Columns": [{"Name": "id", "Type": "bigint"}], "Location": "s3://lake/%s/"}}""".formatted(name, partitionKeys, name));
    }

    @Test
    void makesReadsAndDeletesADatabase() throws Exception {
        assertThat(glue("get-database", "--name", database, "--query", "Database.Description", "--output", "text"))
                .isEqualTo("of the command line");
        assertThat(glue("get-database", "--name", database))
                .contains("\"Name\": \"" + database + "\"", "\"CreateTime\": ");
        assertThat(glue("get-databases", "--query", "DatabaseList[].Name", "--output", "text")
                        .split("\\s+"))
                .contains(database);
        refuses("AlreadyExistsException", database, "create-database", "--database-input", "Name=" + database);
        assertThat(glue("delete-database", "--name", database)).isEmpty();
        refuses("EntityNotFoundException", database, "get-database", "--name", database);
    }

    @Test
    void pagesThroughTables() throws Exception {
        for (String name : List.of("lines", "orders", "stock")) {
            createTable(name, "[]");
        }
        String names = "TableList[].Name";

        String all = glue(
                "get-tables", "--database-name", database, "--page-size", "1", "--query", names, "--output", "text");
        assertThat(all.split("\\s+")).containsExactly("lines", "orders", "stock");
        String[] first = glue(
                        "get-tables",
                        "--database-name",
                        database,
                        "--max-items",
                        "2",
                        "--query",
                        "[NextToken, " + names + "[]]")
                .split("[\\[\\]\",\\s]+");
        assertThat(first)
                .as("nothing before the bracket, the token, two names")
                .hasSize(4)
                .endsWith("lines", "orders");
        assertThat(glue(
                        "get-tables",
                        "--database-name",
                        database,
                        "--starting-token",
                        first[1],
                        "--query",
                        names,
                        "--output",
                        "text"))
                .isEqualTo("stock");
        assertThat(glue("get-tables", "--database-name", database, "--output", "table"))
                .contains("GetTables", "StorageDescriptor", "s3://lake/lines/");
        assertThat(glue("delete-table", "--database-name", database, "--name", "lines"))
                .isEmpty();
        refuses("EntityNotFoundException", "lines", "get-table", "--database-name", database, "--name", "lines");
    }

    @Test
    void filtersPartitions() throws Exception {
        createTable("orders", "[{\"Name\": \"day\", \"Type\": \"int\"}]");
        String inputs = "[1,2,3,10]"
                .replaceAll("(\\d+)", "{\"Values\":[\"$1\"],\"StorageDescriptor\":{\"Location\":\"s3://lake/o/$1/\"}}");

        assertThat(partitions("batch-create-partition", "--partition-input-list", inputs, "--query", "Errors"))
                .isIn("", "[]", "null");
        assertThat(partitions("get-partitions", "--page-size", "1", "--query", "length(Partitions)"))
                .isEqualTo("4");
        assertThat(partitions(
                        "get-partitions",
                        "--expression",
                        "day > 2",
                        "--query",
                        "sort(Partitions[].Values[0])",
                        "--output",
                        "text"))
                .isEqualTo("10\t3");
        assertThat(partitions("delete-partition", "--partition-values", "3")).isEmpty();
        assertThat(partitions(
                        "get-partition",
                        "--partition-values",
                        "10",
                        "--query",
                        "Partition.StorageDescriptor.Location",
                        "--output",
                        "text"))
                .isEqualTo("s3://lake/o/10/");
        refuses(
                "InvalidInputException",
                "nation",
                "get-partitions",
                "--expression",
                "nation = 'de'",
                "--database-name",
                database,
                "--table-name",
                "orders");
    }

    private String partitions(String operation, String... arguments) throws Exception {
        List<String> whole = new ArrayList<>(List.of(operation, "--database-name", database, "--table-name", "orders"));
        whole.addAll(List.of(arguments));
        return glue(whole.toArray(String[]::new));
    }

    @Test
    void makesAJob() throws Exception {
        assertThat(glue(
                        "create-job",
                        "--name",
                        database,
                        "--role",
                        "any",
                        "--command",
                        "Name=glueetl,ScriptLocation=s3://scripts/Orders.java",
                        "--default-arguments",
                        "{\"--job-bookmark-option\":\"job-bookmark-enable\"}",
                        "--query",
                        "Name",
                        "--output",
                        "text"))
                .isEqualTo(database);
        assertThat(glue(
                        "get-job",
                        "--job-name",
                        database,
                        "--query",
                        "Job.[Command.ScriptLocation, DefaultArguments.\"--job-bookmark-option\"]",
                        "--output",
                        "text"))
                .isEqualTo("s3://scripts/Orders.java\tjob-bookmark-enable");
        assertThat(glue("list-jobs", "--query", "JobNames", "--output", "text").split("\\s+"))
                .contains(database);
        assertThat(glue("delete-job", "--job-name", database, "--query", "JobName", "--output", "text"))
                .isEqualTo(database);
        refuses("EntityNotFoundException", database, "get-job", "--job-name", database);
    }

    @Test
    void saysWhichDatabaseIsUnknown() throws Exception {
        refuses("EntityNotFoundException", "nowhere", "get-tables", "--database-name", "nowhere");
    }
}
