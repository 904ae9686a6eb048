package dev.mastic.catalog;

import dev.mastic.wire.GlueDispatcher;
import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import dev.mastic.wire.rest.RestRequest;
import dev.mastic.wire.rest.RestResponse;
import dev.mastic.wire.rest.RestRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableVersion;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How many archived versions a table keeps, and how one of them becomes the present one again. */
class TableVersionIT extends CatalogOnPostgres {
    private static Map<String, Object> restore(String database, String table, String version, String body) {
        RestRoute route = catalog.routes().get(0);
        assertThat(route.method() + " " + route.path())
                .isEqualTo("POST /api/v1/catalog/databases/{database}/tables/{table}/versions/{version}/restore");
        assertThat(route.access()).isEqualTo(RestRoute.Access.SIGNED);
        RestResponse response = route.handler()
                .handle(new RestRequest(
                        Map.of("database", database, "table", table, "version", version),
                        Map.of(),
                        Map.of(),
                        body.getBytes(StandardCharsets.UTF_8)));
        return Json.readObject(response.body());
    }

    private Map<String, Object> restore(String version, String body) {
        return restore(database, "t", version, body);
    }

    private static void refused(Runnable call, int status, String code, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        RestException.class,
                        e -> assertThat(e.status() + " " + e.code()).isEqualTo(status + " " + code))
                .hasMessageContaining(message);
    }

    private static void updateTimes(GlueClient client, String database, int times) {
        IntStream.range(0, times)
                .forEach(i -> client.updateTable(
                        request -> request.databaseName(database).tableInput(input("t", "update " + i))));
    }

    private List<String> versions() {
        return glue
                .getTableVersionsPaginator(
                        request -> request.databaseName(database).tableName("t"))
                .stream()
                .flatMap(page -> page.tableVersions().stream())
                .map(TableVersion::versionId)
                .toList();
    }

    private static Catalog keeping(int archivedVersions) {
        return Catalog.open(
                postgres.dataSource(), "123456789012", new CatalogSettings(archivedVersions, "us-east-1", null));
    }

    @Test
    void keepsTheNewestOfTheArchivedVersions() {
        createTable("t");
        try (Catalog few = keeping(3)) {
            GlueClient client = new GlueDispatcher(few.operations()).client();
            updateTimes(client, database, 3);
            assertThat(versions()).containsExactly("3", "2", "1", "0");
            updateTimes(client, database, 1);
            assertThat(versions()).containsExactly("4", "3", "2", "1");

            // A version that is not archived leaves a gap, and none has to go for it.
            client.updateTable(request -> request.databaseName(database)
                    .tableInput(input("t", "not archived"))
                    .skipArchive(true));
            assertThat(versions()).containsExactly("5", "3", "2", "1");
            updateTimes(client, database, 1);
            assertThat(versions()).containsExactly("6", "5", "3", "2");
            client.deleteTableVersion(
                    request -> request.databaseName(database).tableName("t").versionId("3"));
            updateTimes(client, database, 1);
            assertThat(versions()).containsExactly("7", "6", "5", "2");
        }
    }

    @Test
    void keepsNoneWhenItIsToldSo() {
        createTable("t");
        update("t", "archived by another", null, false);
        try (Catalog none = keeping(0)) {
            updateTimes(new GlueDispatcher(none.operations()).client(), database, 2);
        }
        assertThat(versions()).containsExactly("3");
    }

    @Test
    void letsGoFewAtATimeTheOldestFirst() {
        createTable("t");
        updateTimes(glue, database, 250);
        try (Catalog few = keeping(10)) {
            GlueClient client = new GlueDispatcher(few.operations()).client();
            updateTimes(client, database, 1);
            assertThat(versions()).hasSize(152).startsWith("251", "250").endsWith("101", "100");
            updateTimes(client, database, 2);
            assertThat(versions()).hasSize(11).startsWith("253").endsWith("243");
        }
    }

    @Test
    void losesNoVersionThatIsToBeKeptUnderManyWriters() throws Exception {
        createTable("t");
        try (Catalog few = keeping(5)) {
            GlueClient client = new GlueDispatcher(few.operations()).client();
            together(6, writer -> {
                updateTimes(client, database, 10);
                return true;
            });
        }
        assertThat(versions()).containsExactly("60", "59", "58", "57", "56", "55");
    }

    @Test
    void refusesLessThanNone() {
        assertThatThrownBy(() -> new CatalogSettings(-1, "us-east-1", null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void restoresAVersionAsANewOne() {
        createTable("t");
        update("t", "one", null, false);
        Table one = table("t");
        update("t", "two", null, false);

        assertThat(restore(database.toUpperCase(java.util.Locale.ROOT), "T", "1", ""))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("database", database, "table", "t", "restoredVersionId", "1", "versionId", "3"));
        Table restored = table("t");
        assertThat(restored.updateTime()).isAfterOrEqualTo(one.updateTime());
        assertThat(restored)
                .isEqualTo(one.toBuilder()
                        .versionId("3")
                        .updateTime(restored.updateTime())
                        .build());
        assertThat(versions()).containsExactly("3", "2", "1", "0");
        assertThat(restore("0", "{\"expectedVersionId\": \"3\"}")).containsEntry("versionId", "4");
        assertThat(table("t").description()).isNull();
        assertThat(restore("2", "{}")).containsEntry("versionId", "5");
    }

    @Test
    void refusesToRestoreWhatIsNotThere() {
        createTable("t");
        update("t", "one", null, false);
        refused(() -> restore("7", ""), 404, "EntityNotFoundException", "Version 7 of table " + database + ".t");
        refused(() -> restore(database, "none", "0", ""), 404, "EntityNotFoundException", database + ".none not found");
        refused(() -> restore("none", "t", "0", ""), 404, "EntityNotFoundException", "Database none not found");
        refused(() -> restore("1", ""), 400, "InvalidInputException", "is the present one");
        refused(() -> restore("x", ""), 400, "InvalidInputException", "'x' is not a number");
        refused(
                () -> restore("0", "{\"expectedVersionId\": \"0\"}"),
                409,
                "ConcurrentModificationException",
                "is no longer at version 0");
        assertThat(versions()).containsExactly("1", "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"expectedVersion\": \"1\"}", "{\"expectedVersionId\": 1}", "[]", "x", "null"})
    void refusesABodyThatItDoesNotKnow(String body) {
        createTable("t");
        update("t", "one", null, false);
        assertThatThrownBy(() -> restore("0", body))
                .isInstanceOfSatisfying(
                        RestException.class, e -> assertThat(e.status()).isEqualTo(400));
        assertThat(table("t").versionId()).isEqualTo("1");
    }

    @Test
    void restoresNoPartitionKeysThatAnIndexDoesNotAllow() {
        createTable("t");
        glue.updateTable(request -> request.databaseName(database).tableInput(input -> input.name("t")));
        restore("0", "");
        glue.createPartitionIndex(request -> request.databaseName(database)
                .tableName("t")
                .partitionIndex(index -> index.indexName("i").keys("year")));
        refused(() -> restore("1", ""), 400, "InvalidInputException", "The partition keys of table");
    }

    @Test
    void letsExactlyOneOfManyRestoresWinAVersion() throws Exception {
        createTable("t");
        IntStream.range(0, 5).forEach(i -> update("t", "d" + i, null, false));
        List<Boolean> won = together(8, writer -> {
            try {
                restore(Integer.toString(writer % 5), "{\"expectedVersionId\": \"5\"}");
                return true;
            } catch (RestException e) {
                assertThat(e.code()).isEqualTo("ConcurrentModificationException");
                return false;
            }
        });
        assertThat(won).containsOnlyOnce(true);
        assertThat(table("t").versionId()).isEqualTo("6");

        together(8, writer -> {
            restore(Integer.toString(writer % 5), "");
            return true;
        });
        assertThat(table("t").versionId()).isEqualTo("14");
        assertThat(versions()).hasSize(15);
    }
}
