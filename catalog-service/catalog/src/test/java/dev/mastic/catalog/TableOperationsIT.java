package dev.mastic.catalog;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableAttributes;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TableOperationsIT extends CatalogOnPostgres {
    @Test
    void archivesVersionsUnlessToldNotTo() {
        createTable("t");
        update("t", "one", null, false);
        update("t", "two", null, true);
        update("t", "three", null, false);

        assertThat(table("t").versionId()).isEqualTo("3");
        assertThat(glue.getTableVersions(
                                request -> request.databaseName(database).tableName("t"))
                        .tableVersions())
                .extracting(
                        version -> version.versionId() + " " + version.table().description())
                .containsExactly("3 three", "2 two", "0 null");
        assertThat(glue.getTableVersion(request ->
                                request.databaseName(database).tableName("t").versionId("2"))
                        .tableVersion()
                        .table()
                        .description())
                .isEqualTo("two");
        glue.deleteTableVersion(
                request -> request.databaseName(database).tableName("t").versionId("2"));
        assertThatThrownBy(() -> glue.deleteTableVersion(
                        request -> request.databaseName(database).tableName("t").versionId("3")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is the present one");
        assertThatThrownBy(() -> glue.getTableVersion(
                        request -> request.databaseName(database).tableName("t").versionId("2")))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void pagesThroughVersions() {
        createTable("t");
        IntStream.range(0, 12).forEach(i -> update("t", "d" + i, null, false));

        assertThat(glue
                        .getTableVersionsPaginator(request ->
                                request.databaseName(database).tableName("t").maxResults(5))
                        .stream()
                        .flatMap(page -> page.tableVersions().stream())
                        .map(version -> Integer.parseInt(version.versionId())))
                .containsExactlyElementsOf(
                        IntStream.iterate(12, i -> i - 1).limit(13).boxed().toList());
    }

    @Test
    void letsExactlyOneOfManyWritersWinAVersion() throws Exception {
        createTable("t");
        List<Boolean> won = together(16, writer -> {
            try {
                update("t", "writer " + writer, "0", true);
                return true;
            } catch (ConcurrentModificationException e) {
                return false;
            }
        });

        assertThat(won).containsOnlyOnce(true);
        assertThat(table("t").versionId()).isEqualTo("1");
    }

    @Test
    void losesNoUpdateThatNamesNoVersion() throws Exception {
        createTable("t");
        together(12, writer -> {
            update("t", "writer " + writer, null, false);
            return true;
        });

        assertThat(table("t").versionId()).isEqualTo("12");
        assertThat(glue.getTableVersions(
                                request -> request.databaseName(database).tableName("t"))
                        .tableVersions())
                .hasSize(13);
    }

    @Test
    void letsExactlyOneOfManyCreatesWin() throws Exception {
        List<Boolean> won = together(16, writer -> {
            try {
                createTable("same");
                return true;
            } catch (AlreadyExistsException e) {
                return false;
            }
        });

        assertThat(won).containsOnlyOnce(true);
    }

    @Test
    void listsTablesByExpressionInPages() {
        IntStream.range(0, 30).forEach(i -> createTable(String.format("%s_%02d", i % 2 == 0 ? "even" : "odd", i)));

        assertThat(glue
                        .getTablesPaginator(request -> request.databaseName(database)
                                .expression("even_.*")
                                .maxResults(4))
                        .stream()
                        .flatMap(page -> page.tableList().stream())
                        .map(Table::name))
                .hasSize(15)
                .isSorted()
                .allMatch(name -> name.startsWith("even_"));
        assertThat(glue.getTables(request -> request.databaseName(database).expression("even"))
                        .tableList())
                .isEmpty();
        assertThatThrownBy(() ->
                        glue.getTables(request -> request.databaseName(database).expression("(")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not a valid regular expression");
        assertThat(glue.getTables(request -> request.databaseName(database).expression("(a+)+$" + "x".repeat(50)))
                        .tableList())
                .isEmpty();
    }

    @Test
    void letsExactlyOneOfTwoWritersWinEachVersion() throws Exception {
        createTable("t");
        for (int round = 0; round < 10; round++) {
            String version = Integer.toString(round);
            List<Boolean> won = together(2, writer -> {
                try {
                    update("t", "writer " + writer, version, writer == 0);
                    return true;
                } catch (ConcurrentModificationException e) {
                    assertThat(e.getMessage()).contains("Table " + database + ".t is no longer at version " + version);
                    return false;
                }
            });
            assertThat(won).as("round %s", round).containsOnlyOnce(true);
        }
        assertThat(table("t").versionId()).isEqualTo("10");
    }

    @Test
    void refusesAVersionThatIsNotThePresentOne() {
        createTable("t");
        update("t", "one", "0", true);
        for (String version : List.of("0", "2", "01", "x", "")) {
            assertThatThrownBy(() -> update("t", "lost", version, true))
                    .as("version %s", version)
                    .isInstanceOf(ConcurrentModificationException.class);
        }
        assertThat(table("t").description()).isEqualTo("one");
        assertThatThrownBy(() -> update("none", "x", "0", true)).isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void findsFewNamesAmongMany() throws Exception {
        execute("insert into catalog.table_entry (database_id, name, version, definition)"
                + " select d.id, 't' || lpad(g::text, 5, '0'), 0, '{\"Name\":\"t' || lpad(g::text, 5, '0') || '\"}'"
                + " from catalog.database d, generate_series(0, 4999) g where d.name = '" + database + "'");

        assertThat(glue
                        .getTablesPaginator(request -> request.databaseName(database)
                                .expression("t0?[1-4]?999")
                                .maxResults(2)
                                .attributesToGet(TableAttributes.NAME))
                        .stream()
                        .flatMap(page -> page.tableList().stream())
                        .map(Table::name))
                .containsExactly("t01999", "t02999", "t03999", "t04999");
        assertThat(glue.getTables(request -> request.databaseName(database).expression("T0000[1-3]"))
                        .tableList())
                .hasSize(3);
        assertThat(glue
                        .getTablesPaginator(
                                request -> request.databaseName(database).expression("t.*7"))
                        .stream()
                        .mapToInt(page -> page.tableList().size())
                        .sum())
                .isEqualTo(500);
    }

    @Test
    void showsOnlyTheAttributesThatAreAskedFor() {
        glue.createTable(request -> request.databaseName(database)
                .tableInput(input -> input.name("v").tableType("VIRTUAL_VIEW").description("d")));

        assertThat(glue.getTables(request -> request.databaseName(database)
                                .attributesToGet(TableAttributes.NAME, TableAttributes.TABLE_TYPE))
                        .tableList())
                .containsExactly(
                        Table.builder().name("v").tableType("VIRTUAL_VIEW").build());
        assertThatThrownBy(() -> glue.getTables(
                        request -> request.databaseName(database).attributesToGet(TableAttributes.TABLE_TYPE)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must hold NAME");
    }

    @Test
    void deletesTablesAndVersionsInBatchesWithErrorsPerItem() {
        createTable("t");
        update("t", "one", null, false);
        assertThat(glue.batchDeleteTableVersion(request ->
                                request.databaseName(database).tableName("t").versionIds("0", "1", "7", "x"))
                        .errors())
                .extracting(
                        error -> error.versionId() + " " + error.errorDetail().errorCode())
                .containsExactly("1 InvalidInputException", "7 EntityNotFoundException", "x InvalidInputException");
        assertThat(glue.batchDeleteTable(
                                request -> request.databaseName(database).tablesToDelete("none", "T", "a\u0000"))
                        .errors())
                .extracting(error -> error.errorDetail().errorCode())
                .containsExactly("EntityNotFoundException", "InvalidInputException");
        assertThatThrownBy(() -> table("t")).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> glue.batchDeleteTable(
                        request -> request.databaseName(database).tablesToDelete(Collections.nCopies(101, "t"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at most 100");
    }
}
