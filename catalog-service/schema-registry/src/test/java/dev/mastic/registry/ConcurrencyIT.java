package dev.mastic.registry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Compatibility;
import software.amazon.awssdk.services.glue.model.DataFormat;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.RegisterSchemaVersionResponse;
import software.amazon.awssdk.services.glue.model.ResourceNumberLimitExceededException;
import software.amazon.awssdk.services.glue.model.SchemaId;
import software.amazon.awssdk.services.glue.model.SchemaVersionListItem;
import software.amazon.awssdk.services.glue.model.SchemaVersionStatus;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Two servers on one database, and callers that meet. */
class ConcurrencyIT {
    private static final TestRegistry REGISTRY = new TestRegistry();
    private static final int CALLS = 16;
    private final List<GlueClient> servers = List.of(REGISTRY.client(), REGISTRY.secondServer());

    @AfterAll
    static void stop() {
        REGISTRY.close();
    }

    private GlueClient server(int index) {
        return servers.get(index % servers.size());
    }

    private SchemaId schema(String name, Compatibility compatibility) {
        return SchemaId.builder()
                .schemaArn(server(0)
                        .createSchema(request -> request.schemaName(name)
                                .dataFormat(DataFormat.AVRO)
                                .compatibility(compatibility)
                                .schemaDefinition("\"int\""))
                        .schemaArn())
                .build();
    }

    private static String record(int index) {
        return "{\"type\": \"record\", \"name\": \"R" + index + "\", \"fields\": []}";
    }

    @Test
    void oneDefinitionBecomesOneVersion() {
        SchemaId schema = schema("same", Compatibility.NONE);
        List<Object> answers = Together.run(
                CALLS,
                index -> server(index)
                        .registerSchemaVersion(
                                request -> request.schemaId(schema).schemaDefinition(record(0))));
        assertThat(answers).hasSize(CALLS).allMatch(answers.get(0)::equals);
        assertThat(((RegisterSchemaVersionResponse) answers.get(0)).versionNumber())
                .isEqualTo(2);
        assertThat(server(0)
                        .listSchemaVersions(request -> request.schemaId(schema))
                        .schemas())
                .hasSize(2);
    }

    @Test
    void differentDefinitionsGetConsecutiveNumbers() {
        SchemaId schema = schema("different", Compatibility.NONE);
        List<Object> answers = Together.run(
                CALLS,
                index -> server(index)
                        .registerSchemaVersion(
                                request -> request.schemaId(schema).schemaDefinition(record(index)))
                        .versionNumber());
        assertThat(answers)
                .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(2, CALLS + 1L)
                        .boxed()
                        .map(Object.class::cast)
                        .toList());
    }

    @Test
    void ofVersionsThatExcludeEachOtherOneIsAvailable() {
        SchemaId schema = SchemaId.builder()
                .schemaArn(server(0)
                        .createSchema(request -> request.schemaName("exclusive")
                                .dataFormat(DataFormat.AVRO)
                                .compatibility(Compatibility.FULL_ALL))
                        .schemaArn())
                .build();
        List<Object> answers = Together.run(
                CALLS,
                index -> server(index)
                        .registerSchemaVersion(
                                request -> request.schemaId(schema).schemaDefinition(record(index)))
                        .status());
        assertThat(answers)
                .haveExactly(1, Together.answer(SchemaVersionStatus.AVAILABLE))
                .haveExactly(CALLS - 1, Together.answer(SchemaVersionStatus.FAILURE));
        assertThat(server(0).listSchemaVersions(request -> request.schemaId(schema)).schemas().stream()
                        .map(SchemaVersionListItem::versionNumber))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, CALLS).boxed().toList());
    }

    @Test
    void oneNameBecomesOneSchemaAndTheDefaultRegistryIsMadeOnce() {
        try (TestRegistry fresh = new TestRegistry()) {
            List<GlueClient> both = List.of(fresh.client(), fresh.secondServer());
            List<Object> answers = Together.run(
                    CALLS,
                    index -> both.get(index % 2)
                            .createSchema(request -> request.schemaName("s")
                                    .dataFormat(DataFormat.AVRO)
                                    .schemaDefinition("\"int\""))
                            .schemaName());
            assertThat(answers)
                    .haveExactly(1, Together.answer("s"))
                    .haveExactly(CALLS - 1, Together.failure(AlreadyExistsException.class));
        }
    }

    @Test
    void theLimitOfRegistriesHoldsWhenAllComeAtOnce() {
        try (TestRegistry small = new TestRegistry(new RegistryLimits(3, 100))) {
            List<Object> answers = Together.run(
                    8,
                    index -> small.client()
                                    .createRegistry(request -> request.registryName("r" + index))
                                    .sdkHttpResponse()
                            == null);
            assertThat(answers)
                    .haveExactly(3, Together.answer(true))
                    .haveExactly(5, Together.failure(ResourceNumberLimitExceededException.class));
        }
    }

    @Test
    void versionsAndTheDeletionOfTheirSchemaDoNotMeet() {
        SchemaId schema = schema("deleted", Compatibility.NONE);
        List<Object> answers = Together.run(CALLS, index -> {
            if (index == 3) {
                return server(index)
                        .deleteSchema(request -> request.schemaId(schema))
                        .statusAsString();
            }
            return Objects.requireNonNull(server(index)
                    .registerSchemaVersion(request -> request.schemaId(schema).schemaDefinition(record(index)))
                    .versionNumber());
        });
        assertThat(answers)
                .haveExactly(1, Together.answer("DELETING"))
                .allMatch(answer -> !(answer instanceof Throwable) || answer instanceof EntityNotFoundException);
    }
}
