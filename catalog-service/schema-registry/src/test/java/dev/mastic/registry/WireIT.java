package dev.mastic.registry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Compatibility;
import software.amazon.awssdk.services.glue.model.CreateSchemaResponse;
import software.amazon.awssdk.services.glue.model.DataFormat;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.SchemaVersionStatus;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The AWS SDK's client through HTTP, and requests that no client would send. */
class WireIT {
    private static final TestRegistry REGISTRY = new TestRegistry();
    private static final GlueClient GLUE = REGISTRY.sdk();

    @AfterAll
    static void stop() {
        GLUE.close();
        REGISTRY.close();
    }

    @Test
    void takesDefinitionsOfManyLines() {
        String definition = "syntax = \"proto3\";\n\nmessage Order {\n  string id = 1;\n}\n";
        CreateSchemaResponse created = GLUE.createSchema(request -> request.schemaName("order")
                .dataFormat(DataFormat.PROTOBUF)
                .compatibility(Compatibility.FULL_ALL)
                .schemaDefinition(definition));
        assertThat(created.schemaVersionStatus()).isEqualTo(SchemaVersionStatus.AVAILABLE);
        assertThat(GLUE.getSchemaVersion(request -> request.schemaVersionId(created.schemaVersionId()))
                        .schemaDefinition())
                .isEqualTo(definition);
        assertThat(GLUE.registerSchemaVersion(request -> request.schemaId(id -> id.schemaArn(created.schemaArn()))
                                .schemaDefinition(definition.replace("string id", "int32 id")))
                        .status())
                .isEqualTo(SchemaVersionStatus.FAILURE);
    }

    @Test
    void takesDefinitionsOfAsManyCharactersAsGlueDoes() {
        String start = "{\"type\": \"object\", \"description\": \"";
        String longest = start + "x".repeat(170_000 - start.length() - 2) + "\"}";
        assertThat(longest).hasSize(170_000);
        GLUE.createSchema(request ->
                request.schemaName("long").dataFormat(DataFormat.JSON).schemaDefinition(longest));
        assertThatThrownBy(() -> GLUE.createSchema(request ->
                        request.schemaName("longer").dataFormat(DataFormat.JSON).schemaDefinition(longest + " ")))
                .isInstanceOf(GlueException.class)
                .hasMessageContaining("170000");
        assertThatThrownBy(() -> GLUE.createSchema(request ->
                        request.schemaName("blank").dataFormat(DataFormat.JSON).schemaDefinition(" \n ")))
                .isInstanceOf(GlueException.class)
                .hasMessageContaining("schemaDefinition");
    }

    @Test
    void answersErrorsInTheirOwnClasses() {
        assertThatThrownBy(() -> GLUE.getSchema(request ->
                        request.schemaId(id -> id.registryName("none").schemaName("none"))))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Schema is not found.");
    }

    @Test
    void answersWhateverAClientSendsWithoutAFault() {
        List<String> values = List.of(
                "null",
                "{}",
                "\"\"",
                "\"x\"",
                "\"a\\u0000b\"",
                "\"\\ud800\"",
                "-1",
                "99999999999999999999",
                "[]",
                "[null]",
                "true",
                "{\"RegistryName\": \"\\u0000\"}",
                "{\"SchemaName\": \"x\", \"RegistryName\": \"y\"}",
                "{\"SchemaArn\": \"arn:aws:glue:::schema/a/b\"}",
                "{\"VersionNumber\": 99999999999999999999}",
                "{\"LatestVersion\": true}",
                "{\"MetadataKey\": \"\\u0000\", \"MetadataValue\": null}",
                "{\"a\": \"\\ud800\"}");
        List<String> members = List.of(
                "RegistryId",
                "RegistryName",
                "SchemaId",
                "SchemaName",
                "SchemaDefinition",
                "DataFormat",
                "Compatibility",
                "Description",
                "Tags",
                "Versions",
                "SchemaVersionId",
                "SchemaVersionNumber",
                "FirstSchemaVersionNumber",
                "SecondSchemaVersionNumber",
                "SchemaDiffType",
                "MetadataKeyValue",
                "MetadataList",
                "MaxResults",
                "NextToken");
        for (String operation : REGISTRY.dispatcher().operationNames()) {
            for (String member : members) {
                for (String value : values) {
                    String body = valid(member, value);
                    int status = REGISTRY.dispatcher()
                            .dispatch("AWSGlue." + operation, body.getBytes(StandardCharsets.UTF_8))
                            .status();
                    assertThat(status).as("%s %s", operation, body).isLessThan(500);
                }
            }
        }
    }

    /** A request in which all is right but for one member. */
    private static String valid(String member, String value) {
        StringBuilder body = new StringBuilder("{\"" + member + "\": " + value);
        List.of(
                        "\"RegistryName\": \"fuzz\"",
                        "\"SchemaName\": \"fuzz\"",
                        "\"DataFormat\": \"AVRO\"",
                        "\"SchemaDefinition\": \"\\\"int\\\"\"",
                        "\"SchemaId\": {\"SchemaName\": \"fuzz\", \"RegistryName\": \"default-registry\"}",
                        "\"SchemaVersionNumber\": {\"LatestVersion\": true}",
                        "\"FirstSchemaVersionNumber\": {\"LatestVersion\": true}",
                        "\"SecondSchemaVersionNumber\": {\"LatestVersion\": true}",
                        "\"SchemaDiffType\": \"SYNTAX_DIFF\"",
                        "\"Versions\": \"1\"",
                        "\"MetadataKeyValue\": {\"MetadataKey\": \"k\", \"MetadataValue\": \"v\"}")
                .stream()
                .filter(other -> !other.startsWith("\"" + member + "\""))
                .forEach(other -> body.append(", ").append(other));
        return body.append("}").toString();
    }
}
