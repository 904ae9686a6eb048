package dev.mastic.registry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Compatibility;
import software.amazon.awssdk.services.glue.model.CreateSchemaResponse;
import software.amazon.awssdk.services.glue.model.DataFormat;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.MetadataInfo;
import software.amazon.awssdk.services.glue.model.MetadataKeyValuePair;
import software.amazon.awssdk.services.glue.model.OtherMetadataValueListItem;
import software.amazon.awssdk.services.glue.model.PutSchemaVersionMetadataResponse;
import software.amazon.awssdk.services.glue.model.QuerySchemaVersionMetadataResponse;
import software.amazon.awssdk.services.glue.model.ResourceNumberLimitExceededException;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MetadataIT {
    private static final TestRegistry REGISTRY = new TestRegistry();
    private final GlueClient glue = REGISTRY.client();

    @AfterAll
    static void stop() {
        REGISTRY.close();
    }

    private CreateSchemaResponse schema(String name) {
        return glue.createSchema(request -> request.schemaName(name)
                .dataFormat(DataFormat.AVRO)
                .compatibility(Compatibility.NONE)
                .schemaDefinition("\"int\""));
    }

    private static MetadataKeyValuePair pair(String key, String value) {
        return MetadataKeyValuePair.builder()
                .metadataKey(key)
                .metadataValue(value)
                .build();
    }

    private PutSchemaVersionMetadataResponse put(String versionId, String key, String value) {
        return glue.putSchemaVersionMetadata(
                request -> request.schemaVersionId(versionId).metadataKeyValue(pair(key, value)));
    }

    private Map<String, MetadataInfo> query(String versionId, MetadataKeyValuePair... wanted) {
        return glue.querySchemaVersionMetadata(
                        request -> request.schemaVersionId(versionId).metadataList(wanted))
                .metadataInfoMap();
    }

    @Test
    void putsFindsAndRemovesPairs() {
        CreateSchemaResponse schema = schema("orders");
        String version = schema.schemaVersionId();
        PutSchemaVersionMetadataResponse put = put(version, "owner", "ada");
        assertThat(put.schemaName()).isEqualTo("orders");
        assertThat(put.registryName()).isEqualTo("default-registry");
        assertThat(put.versionNumber()).isEqualTo(1);
        assertThat(put.latestVersion()).isTrue();
        put(version, "owner", "grace");
        glue.putSchemaVersionMetadata(request -> request.schemaId(id -> id.schemaArn(schema.schemaArn()))
                .schemaVersionNumber(number -> number.latestVersion(true))
                .metadataKeyValue(pair("stage", "test")));
        Map<String, MetadataInfo> all = query(version);
        assertThat(all).containsOnlyKeys("owner", "stage");
        assertThat(all.get("owner").metadataValue()).isEqualTo("grace");
        assertThat(all.get("owner").otherMetadataValueList())
                .extracting(OtherMetadataValueListItem::metadataValue)
                .containsExactly("ada");
        assertThat(query(version, pair("owner", "ada"))).containsOnlyKeys("owner");
        assertThat(query(version, pair("owner", "nobody"))).isEmpty();
        assertThat(query(
                        version,
                        MetadataKeyValuePair.builder().metadataKey("stage").build()))
                .containsOnlyKeys("stage");
        assertThatThrownBy(() -> put(version, "owner", "ada"))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("metadata value: ada");
        assertThat(glue.removeSchemaVersionMetadata(
                                request -> request.schemaVersionId(version).metadataKeyValue(pair("owner", "grace")))
                        .metadataValue())
                .isEqualTo("grace");
        assertThat(query(version).get("owner").metadataValue()).isEqualTo("ada");
        assertThatThrownBy(() -> glue.removeSchemaVersionMetadata(
                        request -> request.schemaVersionId(version).metadataKeyValue(pair("owner", "grace"))))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void pagesByKey() {
        String version = schema("paged").schemaVersionId();
        put(version, "a", "1");
        put(version, "a", "2");
        put(version, "b", "1");
        QuerySchemaVersionMetadataResponse first = glue.querySchemaVersionMetadata(
                request -> request.schemaVersionId(version).maxResults(1));
        assertThat(first.metadataInfoMap()).containsOnlyKeys("a");
        QuerySchemaVersionMetadataResponse second = glue.querySchemaVersionMetadata(
                request -> request.schemaVersionId(version).maxResults(1).nextToken(first.nextToken()));
        assertThat(second.metadataInfoMap()).containsOnlyKeys("b");
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void holdsTenPairsOfAVersionEvenWhenAllComeAtOnce() {
        String version = schema("full").schemaVersionId();
        assertThat(Together.run(16, index -> {
                    put(version, "key" + index, "value");
                    return "put";
                }))
                .haveExactly(10, Together.answer("put"))
                .haveExactly(6, Together.failure(ResourceNumberLimitExceededException.class));
        assertThat(query(version)).hasSize(10);
    }
}
