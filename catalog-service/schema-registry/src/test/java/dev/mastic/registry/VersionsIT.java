package dev.mastic.registry;

import dev.mastic.wire.rest.RestRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.CheckSchemaVersionValidityResponse;
import software.amazon.awssdk.services.glue.model.Compatibility;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.CreateSchemaResponse;
import software.amazon.awssdk.services.glue.model.DataFormat;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetSchemaByDefinitionResponse;
import software.amazon.awssdk.services.glue.model.GetSchemaResponse;
import software.amazon.awssdk.services.glue.model.GetSchemaVersionResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.ListSchemaVersionsResponse;
import software.amazon.awssdk.services.glue.model.RegisterSchemaVersionResponse;
import software.amazon.awssdk.services.glue.model.ResourceNumberLimitExceededException;
import software.amazon.awssdk.services.glue.model.SchemaId;
import software.amazon.awssdk.services.glue.model.SchemaVersionErrorItem;
import software.amazon.awssdk.services.glue.model.SchemaVersionListItem;
import software.amazon.awssdk.services.glue.model.SchemaVersionStatus;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VersionsIT {
    private static final TestRegistry REGISTRY = new TestRegistry();
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private final GlueClient glue = REGISTRY.client();

    @AfterAll
    static void stop() {
        REGISTRY.close();
    }

    private static String record(String... fields) {
        return "{\"type\": \"record\", \"name\": \"R\", \"fields\": [" + String.join(", ", fields) + "]}";
    }

    private static String optional(String name) {
        return "{\"name\": \"" + name + "\", \"type\": \"int\", \"default\": 0}";
    }

    private static String required(String name) {
        return "{\"name\": \"" + name + "\", \"type\": \"int\"}";
    }

    private SchemaId schema(Compatibility compatibility, String definition) {
        String name = "schema" + SCHEMAS.incrementAndGet();
        CreateSchemaResponse created = glue.createSchema(request -> request.schemaName(name)
                .dataFormat(DataFormat.AVRO)
                .compatibility(compatibility)
                .schemaDefinition(definition));
        return SchemaId.builder().schemaArn(created.schemaArn()).build();
    }

    private RegisterSchemaVersionResponse register(SchemaId schema, String definition) {
        return glue.registerSchemaVersion(request -> request.schemaId(schema).schemaDefinition(definition));
    }

    private GetSchemaResponse read(SchemaId schema) {
        return glue.getSchema(request -> request.schemaId(schema));
    }

    @Test
    void answersTheVersionThatHasTheDefinitionAlready() {
        SchemaId schema = schema(Compatibility.BACKWARD, record(optional("a")));
        RegisterSchemaVersionResponse second = register(schema, record(optional("a"), optional("b")));
        assertThat(second.versionNumber()).isEqualTo(2);
        assertThat(second.status()).isEqualTo(SchemaVersionStatus.AVAILABLE);
        String otherLayout =
                "{\"name\":\"R\",\"type\":\"record\",\"fields\":[" + optional("a") + "," + optional("b") + "]}";
        assertThat(register(schema, otherLayout)).isEqualTo(second);
        assertThat(register(schema, record(optional("a"))).versionNumber()).isEqualTo(1);
        assertThat(read(schema).latestSchemaVersion()).isEqualTo(2);
        assertThat(read(schema).nextSchemaVersion()).isEqualTo(3);
        GetSchemaByDefinitionResponse found =
                glue.getSchemaByDefinition(request -> request.schemaId(schema).schemaDefinition(otherLayout));
        assertThat(found.schemaVersionId()).isEqualTo(second.schemaVersionId());
        assertThat(found.status()).isEqualTo(SchemaVersionStatus.AVAILABLE);
        assertThatThrownBy(() -> glue.getSchemaByDefinition(
                        request -> request.schemaId(schema).schemaDefinition("\"int\"")))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Schema version is not found.");
    }

    @Test
    void readsAVersionByItsIdItsNumberAndAsTheLatest() {
        String first = record(optional("a"));
        SchemaId schema = schema(Compatibility.NONE, first);
        RegisterSchemaVersionResponse second = register(schema, "\"int\"");
        GetSchemaVersionResponse byId =
                glue.getSchemaVersion(request -> request.schemaVersionId(second.schemaVersionId()));
        assertThat(byId.schemaDefinition()).isEqualTo("\"int\"");
        assertThat(byId.dataFormat()).isEqualTo(DataFormat.AVRO);
        assertThat(byId.schemaArn()).isEqualTo(schema.schemaArn());
        assertThat(glue.getSchemaVersion(
                        request -> request.schemaId(schema).schemaVersionNumber(number -> number.latestVersion(true))))
                .isEqualTo(byId);
        assertThat(glue.getSchemaVersion(request ->
                                request.schemaId(schema).schemaVersionNumber(number -> number.versionNumber(1L)))
                        .schemaDefinition())
                .isEqualTo(first);
        assertThatThrownBy(() -> glue.getSchemaVersion(
                        request -> request.schemaId(schema).schemaVersionNumber(number -> number.versionNumber(3L))))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> glue.getSchemaVersion(request -> request.schemaId(schema)))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> glue.getSchemaVersion(request -> request.schemaId(schema)
                        .schemaVersionNumber(number -> number.versionNumber(1L).latestVersion(true))))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> glue.getSchemaVersion(
                        request -> request.schemaId(schema).schemaVersionId(second.schemaVersionId())))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> glue.getSchemaVersion(
                        request -> request.schemaVersionId("00000000-0000-0000-0000-000000000000")))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void keepsAnIncompatibleVersionAsAFailureAndSaysWhy() {
        SchemaId schema = schema(Compatibility.BACKWARD, record(optional("a")));
        String incompatible = record(optional("a"), required("b"));
        RegisterSchemaVersionResponse failed = register(schema, incompatible);
        assertThat(failed.status()).isEqualTo(SchemaVersionStatus.FAILURE);
        assertThat(failed.versionNumber()).isEqualTo(2);
        assertThat(register(schema, incompatible)).isEqualTo(failed);
        assertThat(read(schema).latestSchemaVersion()).isEqualTo(1);
        assertThat(read(schema).nextSchemaVersion()).isEqualTo(3);
        assertThat(glue.getSchemaVersion(request -> request.schemaVersionId(failed.schemaVersionId()))
                        .status())
                .isEqualTo(SchemaVersionStatus.FAILURE);
        String reasons = new String(
                REGISTRY.registry()
                        .routes()
                        .get(0)
                        .handler()
                        .handle(new RestRequest(
                                Map.of("schemaVersionId", failed.schemaVersionId()), Map.of(), Map.of(), new byte[0]))
                        .body(),
                StandardCharsets.UTF_8);
        assertThat(reasons).contains("compared with version 1, not backward compatible", "/fields/1");
        assertThatThrownBy(() -> glue.updateSchema(
                        request -> request.schemaId(schema).schemaVersionNumber(number -> number.versionNumber(2L))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must be AVAILABLE");
        glue.updateSchema(request -> request.schemaId(schema)
                .compatibility(Compatibility.FORWARD)
                .schemaVersionNumber(number -> number.latestVersion(true)));
        RegisterSchemaVersionResponse accepted = register(schema, incompatible);
        assertThat(accepted.status()).isEqualTo(SchemaVersionStatus.AVAILABLE);
        assertThat(accepted.versionNumber()).isEqualTo(3);
        assertThat(glue.getSchemaByDefinition(
                                request -> request.schemaId(schema).schemaDefinition(incompatible))
                        .schemaVersionId())
                .isEqualTo(accepted.schemaVersionId());
    }

    @Test
    void comparesWithTheLastVersionOrWithAllSinceTheCheckpoint() {
        String one = record(optional("a"));
        String two = record(optional("b"));
        String three = "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"a\", \"type\": \"string\","
                + " \"default\": \"\"}]}";
        SchemaId last = schema(Compatibility.BACKWARD, one);
        assertThat(register(last, two).status()).isEqualTo(SchemaVersionStatus.AVAILABLE);
        assertThat(register(last, three).status()).as("a string, once an int").isEqualTo(SchemaVersionStatus.AVAILABLE);
        SchemaId all = schema(Compatibility.BACKWARD_ALL, one);
        assertThat(register(all, two).status()).isEqualTo(SchemaVersionStatus.AVAILABLE);
        assertThat(register(all, three).status()).isEqualTo(SchemaVersionStatus.FAILURE);
        glue.updateSchema(request -> request.schemaId(all).schemaVersionNumber(number -> number.versionNumber(2L)));
        assertThat(read(all).schemaCheckpoint()).isEqualTo(2);
        assertThat(read(all).compatibility()).isEqualTo(Compatibility.BACKWARD_ALL);
        RegisterSchemaVersionResponse accepted = register(all, three);
        assertThat(accepted.status()).isEqualTo(SchemaVersionStatus.AVAILABLE);
        assertThat(accepted.versionNumber()).isEqualTo(4);
    }

    @Test
    void disabledAllowsTheFirstVersionAlone() {
        SchemaId schema = schema(Compatibility.DISABLED, "\"int\"");
        assertThatThrownBy(() -> register(schema, "\"long\""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Compatibility DISABLED does not allow versioning");
        assertThat(register(schema, "\"int\"").versionNumber()).isEqualTo(1);
    }

    @Test
    void aSchemaWithoutADefinitionGetsItsFirstVersionLater() {
        CreateSchemaResponse created =
                glue.createSchema(request -> request.schemaName("empty").dataFormat(DataFormat.AVRO));
        assertThat(created.schemaVersionId()).isNull();
        assertThat(created.latestSchemaVersion()).isNull();
        assertThat(created.nextSchemaVersion()).isEqualTo(1);
        SchemaId schema = SchemaId.builder().schemaArn(created.schemaArn()).build();
        assertThat(register(schema, "\"int\"").versionNumber()).isEqualTo(1);
        assertThat(read(schema).schemaCheckpoint()).isEqualTo(1);
    }

    @Test
    void updatesWhatIsGivenAndAsksForTheCheckpointBesideAMode() {
        SchemaId schema = schema(Compatibility.NONE, "\"int\"");
        assertThatThrownBy(() ->
                        glue.updateSchema(request -> request.schemaId(schema).compatibility(Compatibility.FULL)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("SchemaVersionNumber is missing");
        assertThatThrownBy(() -> glue.updateSchema(request -> request.schemaId(schema)))
                .isInstanceOf(InvalidInputException.class);
        glue.updateSchema(request -> request.schemaId(schema).description("of orders"));
        assertThat(read(schema).description()).isEqualTo("of orders");
        assertThat(read(schema).compatibility()).isEqualTo(Compatibility.NONE);
        assertThat(glue.deleteSchema(request -> request.schemaId(schema)).statusAsString())
                .isEqualTo("DELETING");
        assertThatThrownBy(() -> read(schema))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Schema is not found.");
    }

    @Test
    void deletesVersionsButNeverTheFirstOrTheCheckpoint() {
        SchemaId schema = schema(Compatibility.NONE, "\"int\"");
        for (String type : List.of("long", "float", "double", "string")) {
            register(schema, "\"" + type + "\"");
        }
        assertThatThrownBy(() -> glue.deleteSchemaVersions(
                        request -> request.schemaId(schema).versions("1-3")))
                .isInstanceOf(ConcurrentModificationException.class)
                .hasMessageContaining("Version 1 is the checkpoint");
        assertThat(numbers(schema)).containsExactly(1L, 2L, 3L, 4L, 5L);
        glue.updateSchema(request -> request.schemaId(schema).schemaVersionNumber(number -> number.versionNumber(4L)));
        List<SchemaVersionErrorItem> errors = glue.deleteSchemaVersions(
                        request -> request.schemaId(schema).versions("1-3"))
                .schemaVersionErrors();
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).versionNumber()).isEqualTo(1);
        assertThat(errors.get(0).errorDetails().errorCode()).isEqualTo("InvalidInputException");
        assertThat(numbers(schema)).containsExactly(1L, 4L, 5L);
        errors = glue.deleteSchemaVersions(request -> request.schemaId(schema).versions("5-100000"))
                .schemaVersionErrors();
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).errorDetails().errorCode()).isEqualTo("EntityNotFoundException");
        assertThat(numbers(schema)).containsExactly(1L, 4L);
        assertThat(register(schema, "\"bytes\"").versionNumber())
                .as("numbers are not given twice")
                .isEqualTo(6);
        for (String malformed : List.of("3-1", "0", "1-2-3", "a", "1-", "100001", "99999999999999999999")) {
            assertThatThrownBy(() -> glue.deleteSchemaVersions(
                            request -> request.schemaId(schema).versions(malformed)))
                    .as(malformed)
                    .isInstanceOf(InvalidInputException.class);
        }
    }

    private List<Long> numbers(SchemaId schema) {
        return glue
                .listSchemaVersionsPaginator(request -> request.schemaId(schema).maxResults(2))
                .stream()
                .map(ListSchemaVersionsResponse::schemas)
                .flatMap(List::stream)
                .map(SchemaVersionListItem::versionNumber)
                .toList();
    }

    @Test
    void tellsTheDifferenceOfTwoVersionsAsAJsonPatch() {
        SchemaId schema = schema(Compatibility.NONE, record(optional("a")));
        register(schema, record(optional("a"), required("b")));
        String diff = glue.getSchemaVersionsDiff(request -> request.schemaId(schema)
                        .firstSchemaVersionNumber(number -> number.versionNumber(1L))
                        .secondSchemaVersionNumber(number -> number.latestVersion(true))
                        .schemaDiffType("SYNTAX_DIFF"))
                .diff();
        assertThat(diff)
                .isEqualTo("[{\"op\":\"add\",\"path\":\"/fields/1\",\"value\":{\"name\":\"b\",\"type\":\"int\"}}]");
        assertThat(glue.getSchemaVersionsDiff(request -> request.schemaId(schema)
                                .firstSchemaVersionNumber(number -> number.versionNumber(1L))
                                .secondSchemaVersionNumber(number -> number.versionNumber(1L))
                                .schemaDiffType("SYNTAX_DIFF"))
                        .diff())
                .isEqualTo("[]");
    }

    @Test
    void tellsTheDifferenceOfProtobufByTheNumbersOfFields() {
        CreateSchemaResponse created = glue.createSchema(request -> request.schemaName("proto")
                .dataFormat(DataFormat.PROTOBUF)
                .schemaDefinition("syntax = \"proto3\";\nmessage M {\n  string a = 1;\n}\n"));
        SchemaId schema = SchemaId.builder().schemaArn(created.schemaArn()).build();
        assertThat(register(schema, "syntax = \"proto3\";\nmessage M {\n  string b = 1;\n}\n")
                        .status())
                .isEqualTo(SchemaVersionStatus.AVAILABLE);
        assertThat(glue.getSchemaVersionsDiff(request -> request.schemaId(schema)
                                .firstSchemaVersionNumber(number -> number.versionNumber(1L))
                                .secondSchemaVersionNumber(number -> number.versionNumber(2L))
                                .schemaDiffType("SYNTAX_DIFF"))
                        .diff())
                .isEqualTo("[{\"op\":\"replace\",\"path\":\"/messages/M/fields/1/name\",\"value\":\"b\"}]");
    }

    @Test
    void checksDefinitionsOfEveryFormat() {
        assertThat(check(DataFormat.AVRO, "\"int\"").valid()).isTrue();
        assertThat(check(DataFormat.JSON, "{\"type\": \"object\"}").valid()).isTrue();
        assertThat(check(DataFormat.PROTOBUF, "message M { optional int32 a = 1; }")
                        .valid())
                .isTrue();
        assertThat(check(DataFormat.JSON, "{\"type\": \"object\"}").error()).isNull();
        assertThat(check(DataFormat.AVRO, "{}").valid()).isFalse();
        assertThat(check(DataFormat.JSON, "{\"type\": 1}").error()).contains("#/type");
        assertThat(check(DataFormat.PROTOBUF, "message M { string a = 1; }").error())
                .contains("label");
        assertThat(check(DataFormat.JSON, "[".repeat(100_000)).valid()).isFalse();
        assertThat(check(DataFormat.JSON, "{\"not\":".repeat(900) + "{}" + "}".repeat(900))
                        .valid())
                .isTrue();
        assertThat(check(DataFormat.PROTOBUF, "message M {".repeat(14_000)).valid())
                .isFalse();
        assertThat(check(DataFormat.AVRO, "{\"type\":\"array\",\"items\":".repeat(900) + "\"int\"" + "}".repeat(900))
                        .valid())
                .isTrue();
    }

    private CheckSchemaVersionValidityResponse check(DataFormat format, String definition) {
        return glue.checkSchemaVersionValidity(
                request -> request.dataFormat(format).schemaDefinition(definition));
    }

    @Test
    void holdsAsManyVersionsAsItMay() {
        try (TestRegistry small = new TestRegistry(new RegistryLimits(10, 2))) {
            GlueClient client = small.client();
            SchemaId schema = SchemaId.builder()
                    .schemaArn(client.createSchema(request -> request.schemaName("s")
                                    .dataFormat(DataFormat.AVRO)
                                    .compatibility(Compatibility.NONE)
                                    .schemaDefinition("\"int\""))
                            .schemaArn())
                    .build();
            client.registerSchemaVersion(request -> request.schemaId(schema).schemaDefinition("\"long\""));
            assertThatThrownBy(() -> client.registerSchemaVersion(
                            request -> request.schemaId(schema).schemaDefinition("\"string\"")))
                    .isInstanceOf(ResourceNumberLimitExceededException.class)
                    .hasMessageContaining("registry.max-versions");
            assertThat(client.registerSchemaVersion(
                                    request -> request.schemaId(schema).schemaDefinition("\"int\""))
                            .versionNumber())
                    .isEqualTo(1);
        }
    }
}
