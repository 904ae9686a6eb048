package dev.mastic.registry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Compatibility;
import software.amazon.awssdk.services.glue.model.CreateRegistryResponse;
import software.amazon.awssdk.services.glue.model.CreateSchemaResponse;
import software.amazon.awssdk.services.glue.model.DataFormat;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetRegistryResponse;
import software.amazon.awssdk.services.glue.model.GetSchemaResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.ListRegistriesResponse;
import software.amazon.awssdk.services.glue.model.ListSchemasResponse;
import software.amazon.awssdk.services.glue.model.RegistryListItem;
import software.amazon.awssdk.services.glue.model.RegistryStatus;
import software.amazon.awssdk.services.glue.model.ResourceNumberLimitExceededException;
import software.amazon.awssdk.services.glue.model.SchemaListItem;
import software.amazon.awssdk.services.glue.model.SchemaStatus;
import software.amazon.awssdk.services.glue.model.SchemaVersionStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RegistriesIT {
    private static final TestRegistry REGISTRY = new TestRegistry();
    private final GlueClient glue = REGISTRY.client();

    @AfterAll
    static void stop() {
        REGISTRY.close();
    }

    @Test
    void createsReadsUpdatesAndDeletesARegistry() {
        CreateRegistryResponse created = glue.createRegistry(request ->
                request.registryName("Streams").description("of the shop").tags(Map.of("team", "a")));
        assertThat(created.registryArn()).isEqualTo(TestRegistry.ARN + "registry/Streams");
        assertThat(created.tags()).containsEntry("team", "a");
        GetRegistryResponse read = glue.getRegistry(request -> request.registryId(id -> id.registryName("Streams")));
        assertThat(read.status()).isEqualTo(RegistryStatus.AVAILABLE);
        assertThat(read.description()).isEqualTo("of the shop");
        assertThat(read.createdTime()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        glue.updateRegistry(request ->
                request.registryId(id -> id.registryArn(created.registryArn())).description("new"));
        assertThat(glue.getRegistry(request -> request.registryId(id -> id.registryArn(created.registryArn())))
                        .description())
                .isEqualTo("new");
        String tag = REGISTRY.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select tags ->> 'team' from registry.registry where name = 'Streams'")
                        .mapTo(String.class)
                        .one());
        assertThat(tag).isEqualTo("a");
        assertThatThrownBy(() -> glue.createRegistry(request -> request.registryName("Streams")))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("Registry already exists. RegistryName: Streams");
        glue.createSchema(request -> request.registryId(id -> id.registryName("Streams"))
                .schemaName("s")
                .dataFormat(DataFormat.AVRO)
                .schemaDefinition("\"int\""));
        assertThat(glue.deleteRegistry(request -> request.registryId(id -> id.registryName("Streams")))
                        .status())
                .isEqualTo(RegistryStatus.DELETING);
        assertThatThrownBy(() -> glue.getRegistry(request -> request.registryId(id -> id.registryName("Streams"))))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> glue.getSchema(request ->
                        request.schemaId(id -> id.registryName("Streams").schemaName("s"))))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void refusesIdsThatSayNothingOrTwoThings() {
        assertThatThrownBy(() -> glue.getRegistry(request -> request.registryId(id -> {})))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> glue.getRegistry(request ->
                        request.registryId(id -> id.registryName("x").registryArn(TestRegistry.ARN + "registry/x"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("both cannot be provided");
        assertThatThrownBy(() -> glue.getRegistry(request ->
                        request.registryId(id -> id.registryArn("arn:aws:glue:us-east-1:999999999999:registry/x"))))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() ->
                        glue.getRegistry(request -> request.registryId(id -> id.registryArn("arn:aws:glue:registry"))))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> glue.getSchema(request -> request.schemaId(id -> id.schemaName("x"))))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> glue.getSchema(request -> request.schemaId(
                        id -> id.schemaName("x").registryName("y").schemaArn(TestRegistry.ARN + "schema/y/x"))))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void makesTheDefaultRegistryWhenASchemaNeedsIt() {
        try (TestRegistry fresh = new TestRegistry()) {
            GlueClient client = fresh.client();
            assertThatThrownBy(() -> client.getRegistry(
                            request -> request.registryId(id -> id.registryName("default-registry"))))
                    .isInstanceOf(EntityNotFoundException.class);
            CreateSchemaResponse created = client.createSchema(request -> request.schemaName("orders")
                    .dataFormat(DataFormat.JSON)
                    .schemaDefinition("{\"type\": \"object\"}")
                    .tags(Map.of("k", "v")));
            assertThat(created.registryName()).isEqualTo("default-registry");
            assertThat(created.schemaArn()).isEqualTo(TestRegistry.ARN + "schema/default-registry/orders");
            assertThat(created.compatibility()).isEqualTo(Compatibility.BACKWARD);
            assertThat(created.schemaCheckpoint()).isEqualTo(1);
            assertThat(created.latestSchemaVersion()).isEqualTo(1);
            assertThat(created.nextSchemaVersion()).isEqualTo(2);
            assertThat(created.schemaStatus()).isEqualTo(SchemaStatus.AVAILABLE);
            assertThat(created.schemaVersionStatus()).isEqualTo(SchemaVersionStatus.AVAILABLE);
            assertThat(created.tags()).containsEntry("k", "v");
            client.createSchema(request -> request.registryId(id -> id.registryName("default-registry"))
                    .schemaName("more")
                    .dataFormat(DataFormat.AVRO)
                    .schemaDefinition("\"int\""));
            GetSchemaResponse read =
                    client.getSchema(request -> request.schemaId(id -> id.schemaArn(created.schemaArn())));
            assertThat(read.dataFormat()).isEqualTo(DataFormat.JSON);
            assertThat(read.registryArn()).isEqualTo(TestRegistry.ARN + "registry/default-registry");
        }
    }

    @Test
    void refusesSchemasThatAreThereInvalidOrWithoutARegistry() {
        glue.createRegistry(request -> request.registryName("one"));
        glue.createSchema(request -> request.registryId(id -> id.registryName("one"))
                .schemaName("s")
                .dataFormat(DataFormat.AVRO)
                .schemaDefinition("\"int\""));
        assertThatThrownBy(() -> glue.createSchema(request -> request.registryId(id -> id.registryName("one"))
                        .schemaName("s")
                        .dataFormat(DataFormat.JSON)
                        .schemaDefinition("{}")))
                .isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> glue.createSchema(request -> request.registryId(id -> id.registryName("one"))
                        .schemaName("t")
                        .dataFormat(DataFormat.JSON)
                        .schemaDefinition("{\"type\": \"text\"}")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Schema definition of JSON data format is invalid: at #/type");
        assertThatThrownBy(() -> glue.createSchema(request -> request.registryId(id -> id.registryName("none"))
                        .schemaName("t")
                        .dataFormat(DataFormat.AVRO)
                        .schemaDefinition("\"int\"")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> glue.createSchema(request -> request.registryId(id -> id.registryName("one"))
                        .schemaName("t")
                        .dataFormat(DataFormat.PROTOBUF)
                        .schemaDefinition("syntax = \"proto3\"; message M { string a = 1; } // \0")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("U+0000");
        assertThatThrownBy(() -> glue.getSchema(
                        request -> request.schemaId(id -> id.registryName("one").schemaName("t"))))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void listsRegistriesAndSchemasPageByPage() {
        try (TestRegistry fresh = new TestRegistry()) {
            GlueClient client = fresh.client();
            List<String> expected = new ArrayList<>();
            for (String registry : List.of("b", "A", "a", "_")) {
                client.createRegistry(request -> request.registryName(registry));
                for (String schema : List.of("x", "y")) {
                    client.createSchema(request -> request.registryId(id -> id.registryName(registry))
                            .schemaName(schema)
                            .dataFormat(DataFormat.AVRO)
                            .schemaDefinition("\"int\""));
                }
            }
            for (String registry : List.of("A", "_", "a", "b")) {
                expected.add(registry + "/x");
                expected.add(registry + "/y");
            }
            assertThat(client.listRegistriesPaginator(request -> request.maxResults(3)).stream()
                            .map(ListRegistriesResponse::registries)
                            .flatMap(List::stream)
                            .map(RegistryListItem::registryName))
                    .containsExactly("A", "_", "a", "b");
            assertThat(client.listSchemasPaginator(request -> request.maxResults(3)).stream()
                            .map(ListSchemasResponse::schemas)
                            .flatMap(List::stream)
                            .map(schema -> schema.registryName() + "/" + schema.schemaName()))
                    .containsExactlyElementsOf(expected);
            assertThat(client
                            .listSchemasPaginator(
                                    request -> request.maxResults(1).registryId(id -> id.registryName("a")))
                            .stream()
                            .map(ListSchemasResponse::schemas)
                            .flatMap(List::stream)
                            .map(SchemaListItem::schemaName))
                    .containsExactly("x", "y");
            assertThatThrownBy(() -> client.listSchemas(request -> request.nextToken("mine")))
                    .isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(
                            () -> client.listSchemas(request -> request.registryId(id -> id.registryName("missing"))))
                    .isInstanceOf(EntityNotFoundException.class);
        }
    }

    @Test
    void holdsAsManyRegistriesAsItMay() {
        try (TestRegistry small = new TestRegistry(new RegistryLimits(2, 100))) {
            GlueClient client = small.client();
            client.createRegistry(request -> request.registryName("one"));
            client.createRegistry(request -> request.registryName("two"));
            assertThatThrownBy(() -> client.createRegistry(request -> request.registryName("three")))
                    .isInstanceOf(ResourceNumberLimitExceededException.class)
                    .hasMessageContaining("registry.max-registries");
            client.createSchema(request ->
                    request.schemaName("s").dataFormat(DataFormat.AVRO).schemaDefinition("\"int\""));
            assertThat(client.listRegistries(request -> {}).registries()).hasSize(3);
        }
    }
}
