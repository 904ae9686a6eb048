package dev.mastic.registry;

import com.amazonaws.services.schemaregistry.deserializers.GlueSchemaRegistryKafkaDeserializer;
import com.amazonaws.services.schemaregistry.serializers.GlueSchemaRegistryKafkaSerializer;
import com.amazonaws.services.schemaregistry.serializers.json.JsonDataWithSchema;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.SchemaVersionStatus;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** AWS's own serializer and deserializer for Apache Kafka, unmodified: they find, create and register schemas by themselves. */
class GlueSerializersIT {
    private static final TestRegistry REGISTRY = new TestRegistry();
    private final GlueClient glue = REGISTRY.client();

    @AfterAll
    static void stop() {
        REGISTRY.close();
    }

    private static Map<String, Object> configuration(String registry, String schema) {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put("endpoint", REGISTRY.url().toString());
        configuration.put("region", "eu-west-1");
        configuration.put("registry.name", registry);
        configuration.put("schemaName", schema);
        configuration.put("dataFormat", "AVRO");
        configuration.put("avroRecordType", "GENERIC_RECORD");
        configuration.put("compression", "ZLIB");
        configuration.put("compatibility", "BACKWARD");
        configuration.put("schemaAutoRegistrationEnabled", true);
        configuration.put("metadata", new HashMap<>(Map.of("team", "orders")));
        configuration.put("tags", new HashMap<>(Map.of("stage", "test")));
        return configuration;
    }

    private static GenericRecord order(Schema schema) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("id", "A1");
        return record;
    }

    private static Schema schema(String... moreFields) {
        return new Schema.Parser()
                .parse(
                        "{\"type\": \"record\", \"name\": \"Order\", \"fields\": [{\"name\": \"id\", \"type\": \"string\"}"
                                + String.join("", moreFields) + "]}");
    }

    private static byte[] serialize(Map<String, Object> configuration, Object record) {
        try (GlueSchemaRegistryKafkaSerializer serializer =
                new GlueSchemaRegistryKafkaSerializer(TestRegistry.CREDENTIALS, configuration)) {
            return serializer.serialize("orders", record);
        }
    }

    private static Object deserialize(Map<String, Object> configuration, byte[] bytes) {
        try (GlueSchemaRegistryKafkaDeserializer deserializer =
                new GlueSchemaRegistryKafkaDeserializer(TestRegistry.CREDENTIALS, configuration)) {
            return deserializer.deserialize("orders", bytes);
        }
    }

    private static UUID versionIn(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 2, 16);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    @Test
    void createRegisterAndReadSchemas() {
        Map<String, Object> configuration = configuration("default-registry", "orders");
        byte[] first = serialize(configuration, order(schema()));
        Schema extended = schema(", {\"name\": \"count\", \"type\": \"int\", \"default\": 1}");
        GenericRecord more = order(extended);
        more.put("count", 7);
        byte[] second = serialize(configuration, more);
        assertThat(deserialize(configuration, first)).hasToString("{\"id\": \"A1\"}");
        assertThat(deserialize(configuration, second)).hasToString("{\"id\": \"A1\", \"count\": 7}");
        assertThat(serialize(configuration, order(schema()))).isEqualTo(first);
        assertThat(glue.listSchemaVersions(request -> request.schemaId(
                                id -> id.registryName("default-registry").schemaName("orders")))
                        .schemas())
                .extracting(version -> version.schemaVersionId())
                .containsExactly(versionIn(first).toString(), versionIn(second).toString());
        assertThat(glue.querySchemaVersionMetadata(request ->
                                request.schemaVersionId(versionIn(second).toString()))
                        .metadataInfoMap()
                        .get("team")
                        .metadataValue())
                .isEqualTo("orders");
    }

    @Test
    void createAndReadSchemasOfJson() {
        Map<String, Object> configuration = configuration("default-registry", "clicks");
        configuration.put("dataFormat", "JSON");
        JsonDataWithSchema click = JsonDataWithSchema.builder(
                        "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"type\": \"object\","
                                + " \"properties\": {\"url\": {\"type\": \"string\"}}, \"required\": [\"url\"]}",
                        "{\"url\": \"/\"}")
                .build();
        byte[] bytes = serialize(configuration, click);
        assertThat(((JsonDataWithSchema) deserialize(configuration, bytes)).getPayload())
                .isEqualToIgnoringWhitespace("{\"url\":\"/\"}");
        assertThat(glue.getSchemaVersion(request ->
                                request.schemaVersionId(versionIn(bytes).toString()))
                        .dataFormatAsString())
                .isEqualTo("JSON");
    }

    @Test
    void areToldOfAVersionThatDoesNotFit() {
        glue.createRegistry(request -> request.registryName("shop"));
        Map<String, Object> configuration = configuration("shop", "orders");
        serialize(configuration, order(schema()));
        GenericRecord record = order(schema(", {\"name\": \"count\", \"type\": \"int\"}"));
        record.put("count", 7);
        assertThatThrownBy(() -> serialize(configuration, record))
                .hasStackTraceContaining("Schema evolution check failed");
        assertThat(glue.listSchemaVersions(request ->
                                request.schemaId(id -> id.registryName("shop").schemaName("orders")))
                        .schemas())
                .extracting(version -> version.status())
                .containsExactly(SchemaVersionStatus.AVAILABLE, SchemaVersionStatus.FAILURE);
    }
}
