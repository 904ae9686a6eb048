package dev.mastic.catalog;

import dev.mastic.wire.GlueDispatcher;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.DatabaseAttributes;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CatalogIT extends CatalogOnPostgres {
    @Test
    void foldsNamesAndKeepsWhatItWasGiven() {
        glue.createDatabase(request -> request.databaseInput(
                input -> input.name("ÉTÉ_İ").description("d").parameters(Map.of("k", "v"))));

        var found = glue.getDatabase(request -> request.name("Été_i̇")).database();
        assertThat(found.name()).isEqualTo("été_i̇");
        assertThat(found.parameters()).containsEntry("k", "v");
        assertThat(found.catalogId()).isEqualTo("123456789012");
        assertThat(found.createTime()).isNotNull();
    }

    @Test
    void answersMissingAndDoubledEntitiesByName() {
        createTable("t");

        assertThatThrownBy(() -> glue.createDatabase(request -> request.databaseInput(input -> input.name(database))))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessage("Database " + database + " already exists.");
        assertThatThrownBy(() -> createTable("T"))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessage("Table " + database + ".t already exists.");
        assertThatThrownBy(() ->
                        glue.getTable(request -> request.databaseName(database).name("none")))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessage("Table " + database + ".none not found.");
        assertThatThrownBy(() ->
                        glue.getTable(request -> request.databaseName("none").name("t")))
                .hasMessage("Database none not found.");
        assertThatThrownBy(() ->
                        glue.createTable(request -> request.databaseName("none").tableInput(input -> input.name("t"))))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> glue.deleteTable(
                        request -> request.databaseName(database).name("none")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> glue.deleteDatabase(request -> request.name("none")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> glue.getDatabase(
                        request -> request.catalogId("999999999999").name(database)))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Catalog 999999999999 not found");
    }

    @Test
    void answersAStormOfCreatesAndDropsWithoutAFault() throws Exception {
        together(8, writer -> {
            for (int i = 0; i < 25; i++) {
                String name = "storm" + i % 3;
                try {
                    switch ((writer + i) % 4) {
                        case 0 -> createTable(name);
                        case 1 ->
                            glue.deleteTable(
                                    request -> request.databaseName(database).name(name));
                        case 2 ->
                            glue.batchCreatePartition(request -> request.databaseName(database)
                                    .tableName(name)
                                    .partitionInputList(partition("2026", "1"), partition("2026", "2")));
                        default -> update(name, "x", null, false);
                    }
                } catch (EntityNotFoundException | AlreadyExistsException e) {
                    assertThat(e.getMessage()).contains(name);
                }
            }
            return true;
        });
    }

    @Test
    void refusesTokensThatItNeverGave() {
        for (String token : List.of("x", "!!", "AAAA", "bTEBAA")) {
            assertThatThrownBy(() -> glue.getTables(
                            request -> request.databaseName(database).nextToken(token)))
                    .as(token)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("NextToken");
        }
    }

    @Test
    void takesEveryStringAsData() {
        for (String name :
                List.of("'; drop table catalog.database; --", "a b", "名前", "%", "_", "\"q\"", "a\\b", "${x}")) {
            createTable(name);
            assertThat(table(name).name()).isEqualTo(name);
        }
        createTable("values");
        for (String value : List.of("'", "\"", "\\", "{a,b}", "NULL", "", "é😀", "a/b=c", "%41")) {
            create("values", partition("1", value));
            assertThat(glue.getPartition(request -> request.databaseName(database)
                                    .tableName("values")
                                    .partitionValues("1", value))
                            .partition()
                            .values())
                    .containsExactly("1", value);
        }
        assertThatThrownBy(() -> create("values", partition("1", "a\u0000b")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("U+0000");
    }

    @Test
    void dropsPartitionsAndVersionsWithTheirTableAndTablesWithTheirDatabase() {
        createTable("t");
        create("t", partition("2026", "1"));
        update("t", "x", null, false);
        glue.deleteTable(request -> request.databaseName(database).name("t"));
        createTable("t");
        assertThat(partitions("t", "")).isEmpty();
        assertThat(glue.getTableVersions(
                                request -> request.databaseName(database).tableName("t"))
                        .tableVersions())
                .hasSize(1);

        glue.deleteDatabase(request -> request.name(database));
        assertThatThrownBy(() -> table("t")).isInstanceOf(EntityNotFoundException.class);
        assertThat(glue.batchDeleteTable(
                                request -> request.databaseName(database).tablesToDelete("t"))
                        .errors())
                .hasSize(1);
    }

    @Test
    void refusesNamesThatCannotBeKept() {
        for (String name : List.of("a\u0000b", "\uD800", "a\uDC00", "x".repeat(256), "")) {
            assertThatThrownBy(() -> createTable(name))
                    .as("name of %s characters", name.length())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("Table name");
            assertThatThrownBy(() -> glue.getDatabase(request -> request.name(name)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("Database name");
        }
        String longest = "\uD83D\uDE00".repeat(255);
        createTable(longest);
        assertThat(table(longest).name()).isEqualTo(longest);
    }

    @Test
    void refusesTextThatPostgresWouldChange() {
        assertThatThrownBy(() -> glue.createTable(request -> request.databaseName(database)
                        .tableInput(input -> input.name("t").parameters(Map.of("k", "\uD800")))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Table " + database + ".t is not valid text");
        glue.createTable(request -> request.databaseName(database)
                .tableInput(input -> input.name("t").parameters(Map.of("k", "\uD83D\uDE00\u0000"))));
        assertThat(table("t").parameters()).containsEntry("k", "\uD83D\uDE00\u0000");
    }

    @Test
    void updatesDatabasesAndListsThemInPages() {
        glue.updateDatabase(request -> request.name(database.toUpperCase(Locale.ROOT))
                .databaseInput(input -> input.name(database).description("new").locationUri("s3://b/d")));
        assertThat(glue.getDatabase(request -> request.name(database))
                        .database()
                        .description())
                .isEqualTo("new");
        assertThatThrownBy(() -> glue.updateDatabase(
                        request -> request.name(database).databaseInput(input -> input.name("other"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be renamed");
        assertThatThrownBy(() ->
                        glue.updateDatabase(request -> request.name("none").databaseInput(input -> input.name("none"))))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessage("Database none not found.");

        newDatabase();
        newDatabase();
        assertThat(glue
                        .getDatabasesPaginator(
                                request -> request.maxResults(2).attributesToGet(DatabaseAttributes.NAME))
                        .stream()
                        .flatMap(page -> page.databaseList().stream()))
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(found -> found.createTime() == null)
                .extracting(Database::name)
                .isSorted()
                .doesNotHaveDuplicates()
                .contains(database);
    }

    @Test
    void answersTablesIntoADatabaseThatIsDroppedMeanwhile() throws Exception {
        together(8, writer -> {
            for (int i = 0; i < 20; i++) {
                String table = "t" + i;
                try {
                    if (writer == 0) {
                        glue.deleteDatabase(request -> request.name(database));
                    } else if (writer == 1) {
                        glue.createDatabase(request -> request.databaseInput(input -> input.name(database)));
                    } else {
                        createTable(table);
                    }
                } catch (EntityNotFoundException | AlreadyExistsException e) {
                    assertThat(e.getMessage()).as("writer %s", writer).contains(database);
                }
            }
            return true;
        });
    }

    @Test
    void answersTheHotReadsWithOneQueryEach() throws Exception {
        createTable("t");
        create("t", partition("2026", "1"), partition("2026", "2"));
        List<String> statements = Collections.synchronizedList(new ArrayList<>());
        try (Catalog watched = Catalog.open(new WatchedDataSource(postgres.dataSource(), statements), "123456789012")) {
            GlueClient client = new GlueDispatcher(watched.operations()).client();
            statements.clear();
            client.getTable(request -> request.databaseName(database).name("t"));
            assertThat(statements).as("statements of GetTable").hasSize(1);

            statements.clear();
            client.getPartitions(
                    request -> request.databaseName(database).tableName("t").expression("month = '1'"));
            assertThat(statements).as("statements of GetPartitions").hasSize(2);

            statements.clear();
            client.batchCreatePartition(request -> request.databaseName(database)
                    .tableName("t")
                    .partitionInputList(partition("2026", "3"), partition("2026", "4"), partition("2026", "1")));
            assertThat(statements).as("statements of BatchCreatePartition").hasSize(2);
        }
    }
}
