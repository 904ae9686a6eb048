package dev.mastic.catalog;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.DatabaseAttributes;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.SchemaReference;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What databases and tables must be, beyond the constraints of the API's model, and links to others. */
class TableRulesIT extends CatalogOnPostgres {
    private void refused(String message, Consumer<TableInput.Builder> input) {
        createTableIfMissing();
        assertThatThrownBy(() -> glue.createTable(request ->
                        request.databaseName(database).tableInput(table -> input.accept(table.name("refused")))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> glue.updateTable(
                        request -> request.databaseName(database).tableInput(table -> input.accept(table.name("t")))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> table("refused")).isInstanceOf(EntityNotFoundException.class);
        assertThat(table("t").versionId()).isEqualTo("0");
    }

    private void createTableIfMissing() {
        if (glue.getTables(request -> request.databaseName(database))
                .tableList()
                .isEmpty()) {
            createTable("t");
        }
    }

    private static Column column(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }

    @Test
    void refusesTablesThatBreakARule() {
        for (String type : new String[] {"array<int>", "MAP<string,int>", " struct<a:int>", "uniontype<int,string>"}) {
            refused("partition keys have primitive types", table -> table.partitionKeys(column("k", type)));
        }
        refused("the partition key 'K' twice", table -> table.partitionKeys(column("k", "int"), column("K", "int")));
        refused("element 2 of PartitionKeys", table -> table.partitionKeys(column("k", "int"), column(null, "int")));
        refused(
                "element 1 of Columns",
                table -> table.storageDescriptor(storage -> storage.columns(column("", "int"))));
        refused(
                "SchemaId or by SchemaVersionId",
                table -> table.storageDescriptor(storage -> storage.schemaReference(
                        SchemaReference.builder().schemaVersionNumber(1L).build())));
        refused("ViewDefinition is not supported", table -> table.viewDefinition(view -> view.isProtected(true)));
        refused(
                "needs CatalogId, DatabaseName and Name",
                table -> table.targetTable(target -> target.databaseName("d").name("t")));
        refused(
                "are those of its TargetTable",
                table -> table.targetTable(target ->
                                target.catalogId("1").databaseName("d").name("t"))
                        .storageDescriptor(storage -> storage.location("s3://b/x")));
    }

    @Test
    void takesATableOfASchemaRegistryWithoutColumns() {
        glue.createTable(request -> request.databaseName(database)
                .tableInput(table -> table.name("t")
                        .storageDescriptor(storage -> storage.schemaReference(schema -> schema.schemaVersionNumber(1L)
                                .schemaId(id -> id.registryName("r").schemaName("s"))))));
        assertThat(table("t").storageDescriptor().schemaReference().schemaId().schemaName())
                .isEqualTo("s");
    }

    @Test
    void keepsLinksToTables() {
        glue.createTable(request -> request.databaseName(database)
                .tableInput(table -> table.name("link")
                        .targetTable(target -> target.catalogId("111122223333")
                                .databaseName("d")
                                .name("T"))));
        assertThat(table("link").targetTable().name()).isEqualTo("T");
        assertThat(table("link").targetTable().catalogId()).isEqualTo("111122223333");

        assertThatThrownBy(() -> update("link", "no link", null, false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a resource link");
        assertThatThrownBy(() -> create("link", partition("1"))).isInstanceOf(InvalidInputException.class);
        glue.deleteTable(request -> request.databaseName(database).name("link"));

        createTable("t");
        assertThatThrownBy(() -> glue.updateTable(request -> request.databaseName(database)
                        .tableInput(table -> table.name("t")
                                .targetTable(target ->
                                        target.catalogId("1").databaseName("d").name("t")))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not a resource link");
    }

    @Test
    void keepsLinksToDatabases() {
        String link = database + "_link";
        glue.createDatabase(request -> request.databaseInput(input -> input.name(link)
                .targetDatabase(target ->
                        target.catalogId("123456789012").databaseName(database).region("eu-west-1"))));
        Database found = glue.getDatabase(request -> request.name(link)).database();
        assertThat(found.targetDatabase().databaseName()).isEqualTo(database);
        assertThat(found.targetDatabase().region()).isEqualTo("eu-west-1");
        assertThat(glue
                        .getDatabasesPaginator(request ->
                                request.attributesToGet(DatabaseAttributes.NAME, DatabaseAttributes.TARGET_DATABASE))
                        .stream()
                        .flatMap(page -> page.databaseList().stream()))
                .contains(
                        Database.builder().name(database).build(),
                        Database.builder()
                                .name(link)
                                .targetDatabase(found.targetDatabase())
                                .build());
        assertThat(glue.getDatabasesPaginator(request -> request.attributesToGet(DatabaseAttributes.NAME)).stream()
                        .flatMap(page -> page.databaseList().stream()))
                .contains(Database.builder().name(link).build());

        assertThatThrownBy(() ->
                        glue.createTable(request -> request.databaseName(link).tableInput(table -> table.name("t"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Database " + link + " is a resource link");
        assertThatThrownBy(() -> glue.createUserDefinedFunction(
                        request -> request.databaseName(link).functionInput(input -> input.functionName("f"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a resource link");
        assertThatThrownBy(() ->
                        glue.updateDatabase(request -> request.name(link).databaseInput(input -> input.name(link))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a resource link");
        assertThatThrownBy(() -> glue.updateDatabase(request -> request.name(database)
                        .databaseInput(input -> input.name(database)
                                .targetDatabase(target -> target.catalogId("1").databaseName("d")))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not a resource link");
        assertThatThrownBy(() -> glue.createDatabase(request -> request.databaseInput(
                        input -> input.name("incomplete").targetDatabase(target -> target.databaseName("d")))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("needs CatalogId and DatabaseName");
        assertThatThrownBy(() -> glue.createDatabase(request -> request.databaseInput(
                        input -> input.name("federated").federatedDatabase(federated -> federated.identifier("x")))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("FederatedDatabase is not supported");

        glue.deleteDatabase(request -> request.name(link));
        assertThat(glue.getDatabase(request -> request.name(database))
                        .database()
                        .name())
                .isEqualTo(database);
    }
}
