package dev.mastic.server;

import dev.mastic.testing.TestFolders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Action;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.DataFormat;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.S3Target;
import software.amazon.awssdk.services.glue.model.TriggerType;
import software.amazon.awssdk.services.glue.model.ValidationException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tags of the resources of all parts, through HTTP by the AWS SDK. */
class TagsIT {
    private static final String ARN = "arn:aws:glue:us-east-1:123456789012:";

    private static MasticServer server;
    private static GlueClient glue;

    /** The types of resources that Mastic has and Glue lets be tagged. */
    private enum Type {
        DATABASE("database/") {
            @Override
            void create(String name, Map<String, String> tags) {
                glue.createDatabase(request ->
                        request.databaseInput(input -> input.name(name)).tags(tags));
            }

            @Override
            void delete(String name) {
                glue.deleteDatabase(request -> request.name(name));
            }
        },
        CONNECTION("connection/") {
            @Override
            void create(String name, Map<String, String> tags) {
                glue.createConnection(request -> request.connectionInput(input -> input.name(name)
                                .connectionType(ConnectionType.KAFKA)
                                .connectionProperties(
                                        Map.of(ConnectionPropertyKey.KAFKA_BOOTSTRAP_SERVERS, "localhost:1")))
                        .tags(tags));
            }

            @Override
            void delete(String name) {
                glue.deleteConnection(request -> request.connectionName(name));
            }
        },
        REGISTRY("registry/") {
            @Override
            void create(String name, Map<String, String> tags) {
                glue.createRegistry(request -> request.registryName(name).tags(tags));
            }

            @Override
            void delete(String name) {
                glue.deleteRegistry(request -> request.registryId(id -> id.registryName(name)));
            }
        },
        SCHEMA("schema/default-registry/") {
            @Override
            void create(String name, Map<String, String> tags) {
                glue.createSchema(request -> request.schemaName(name)
                        .dataFormat(DataFormat.AVRO)
                        .schemaDefinition("\"string\"")
                        .tags(tags));
            }

            @Override
            void delete(String name) {
                glue.deleteSchema(request -> request.schemaId(
                        id -> id.registryName("default-registry").schemaName(name)));
            }
        },
        CRAWLER("crawler/") {
            @Override
            void create(String name, Map<String, String> tags) {
                glue.createCrawler(request -> request.name(name)
                        .role("r")
                        .databaseName("d")
                        .targets(targets -> targets.s3Targets(
                                S3Target.builder().path("s3://bucket/p/").build()))
                        .tags(tags));
            }

            @Override
            void delete(String name) {
                glue.deleteCrawler(request -> request.name(name));
            }
        },
        JOB("job/") {
            @Override
            void create(String name, Map<String, String> tags) {
                glue.createJob(request -> request.name(name)
                        .role("r")
                        .command(command -> command.name("glueetl").scriptLocation("s3://bucket/Job.java"))
                        .tags(tags));
            }

            @Override
            void delete(String name) {
                glue.deleteJob(request -> request.jobName(name));
            }
        },
        TRIGGER("trigger/") {
            @Override
            void create(String name, Map<String, String> tags) {
                glue.createTrigger(request -> request.name(name)
                        .type(TriggerType.ON_DEMAND)
                        .actions(Action.builder().jobName("some-job").build())
                        .tags(tags));
            }

            @Override
            void delete(String name) {
                glue.deleteTrigger(request -> request.name(name));
            }
        };

        private final String path;

        Type(String path) {
            this.path = path;
        }

        abstract void create(String name, Map<String, String> tags);

        abstract void delete(String name);

        String arn(String name) {
            return ARN + path + name;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        server = MasticServer.start(
                ServerIT.settings(TestFolders.create("tags")), Files.createDirectories(Path.of("target", "no-driver")));
        glue = GlueClient.builder()
                .endpointOverride(server.address())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("mastic", "mastic")))
                .build();
        Type.JOB.create("some-job", Map.of());
    }

    @AfterAll
    static void stop() {
        glue.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void keepsTagsForTheLifeOfAResource(Type type) {
        String arn = type.arn("life");
        type.create("life", Map.of("team", "a", "stage", "test"));
        assertThat(tags(arn)).isEqualTo(Map.of("team", "a", "stage", "test"));

        tag(arn, Map.of("team", "b", "cost", ""));
        assertThat(tags(arn)).isEqualTo(Map.of("team", "b", "stage", "test", "cost", ""));

        untag(arn, "stage", "never-there");
        assertThat(tags(arn)).isEqualTo(Map.of("team", "b", "cost", ""));

        type.delete("life");
        assertMissing(arn);
        type.create("life", Map.of());
        assertThat(tags(arn)).isEmpty();
        type.delete("life");
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void refusesTagsOfAwsWhenAResourceIsCreatedAndLater(Type type) {
        assertThatThrownBy(() -> type.create("reserved", Map.of("aws:team", "a")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("aws:");
        assertMissing(type.arn("reserved"));
        type.create("unreserved", Map.of());
        assertThatThrownBy(() -> tag(type.arn("unreserved"), Map.of("ok", "", "AWS:x", "")))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> untag(type.arn("unreserved"), "aws:x")).isInstanceOf(InvalidInputException.class);
        assertThat(tags(type.arn("unreserved"))).isEmpty();
        type.delete("unreserved");
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void holdsFiftyTagsWhoeverWritesAtTheSameTime(Type type) throws Exception {
        String arn = type.arn("race");
        type.create("race", of(IntStream.range(0, 40)));
        int writers = 8;
        CyclicBarrier barrier = new CyclicBarrier(writers);
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            // Each adds 3 of its own: 3 of the 8 find room, wherever they meet.
            List<Callable<Boolean>> work = IntStream.range(0, writers)
                    .<Callable<Boolean>>mapToObj(number -> () -> {
                        barrier.await();
                        try {
                            tag(arn, of(IntStream.range(100 + 3 * number, 103 + 3 * number)));
                            return true;
                        } catch (InvalidInputException e) {
                            assertThat(e).hasMessageContaining("at most 50");
                            return false;
                        }
                    })
                    .toList();
            List<Boolean> added = new ArrayList<>();
            for (Future<Boolean> each : pool.invokeAll(work)) {
                added.add(each.get());
            }

            assertThat(added).filteredOn(done -> done).hasSize(3);
            assertThat(tags(arn)).hasSize(49).containsAllEntriesOf(of(IntStream.range(0, 40)));
        } finally {
            pool.shutdown();
        }
        type.delete("race");
    }

    @Test
    void foldsTheNameOfADatabase() {
        Type.DATABASE.create("Folded", Map.of("a", "1"));

        assertThat(tags(ARN + "database/FOLDED")).isEqualTo(Map.of("a", "1"));
        glue.updateDatabase(request -> request.name("folded")
                .databaseInput(input -> input.name("folded").description("changed")));
        assertThat(tags(ARN + "database/folded")).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void listsTriggersJobsAndCrawlersByTheirPresentTags() {
        for (Type type : List.of(Type.TRIGGER, Type.JOB, Type.CRAWLER)) {
            type.create("listed", Map.of());
            type.create("unlisted", Map.of("show", "no"));
            tag(type.arn("listed"), Map.of("show", "yes"));
        }
        Map<String, String> shown = Map.of("show", "yes");

        assertThat(glue.listTriggers(request -> request.tags(shown)).triggerNames())
                .containsExactly("listed");
        assertThat(glue.listJobs(request -> request.tags(shown)).jobNames()).containsExactly("listed");
        assertThat(glue.listCrawlers(request -> request.tags(shown)).crawlerNames())
                .containsExactly("listed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:glue:us-east-1:123456789012:job",
                "arn:aws:glue:us-east-1:123456789012:catalog",
                "arn:aws:glue:nonsense",
                "arn:aws:glue:us-east-1:123456789012:table/d/t",
                "arn:aws:glue:us-east-1:123456789012:Job/some-job"
            })
    void refusesWhatCannotBeTagged(String arn) {
        assertRefused(arn, InvalidInputException.class);
    }

    @Test
    void refusesWhatTheModelRefuses() {
        for (Runnable call : List.<Runnable>of(
                () -> tags("arn:aws:s3:::bucket"),
                () -> tag(Type.JOB.arn("some-job"), Map.of("", "empty")),
                () -> tag(Type.JOB.arn("some-job"), Map.of("k".repeat(129), "")),
                () -> tag(Type.JOB.arn("some-job"), Map.of("k", "v".repeat(257))),
                () -> tag(Type.JOB.arn("some-job"), of(IntStream.range(0, 51))))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfAny(ValidationException.class, InvalidInputException.class)
                    .isInstanceOf(GlueException.class);
        }
        assertThat(tags(Type.JOB.arn("some-job"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:glue:eu-west-1:123456789012:job/some-job",
                "arn:aws:glue:us-east-1:111111111111:job/some-job",
                "arn:aws-cn:glue:us-east-1:123456789012:job/some-job",
                "arn:aws:glue:us-east-1:123456789012:job/Some-Job",
                "arn:aws:glue:us-east-1:123456789012:schema/some-job",
                "arn:aws:glue:us-east-1:123456789012:schema/no/such",
                "arn:aws:glue:us-east-1:123456789012:workflow/w"
            })
    void findsNothingOfOthers(String arn) {
        assertMissing(arn);
    }

    private static void assertMissing(String arn) {
        assertRefused(arn, EntityNotFoundException.class);
    }

    private static void assertRefused(String arn, Class<? extends GlueException> error) {
        assertThatThrownBy(() -> tags(arn)).isInstanceOf(error);
        assertThatThrownBy(() -> tag(arn, Map.of("a", "b"))).isInstanceOf(error);
        assertThatThrownBy(() -> untag(arn, "a")).isInstanceOf(error);
    }

    private static Map<String, String> tags(String arn) {
        return glue.getTags(request -> request.resourceArn(arn)).tags();
    }

    private static void tag(String arn, Map<String, String> tags) {
        glue.tagResource(request -> request.resourceArn(arn).tagsToAdd(tags));
    }

    private static void untag(String arn, String... keys) {
        glue.untagResource(request -> request.resourceArn(arn).tagsToRemove(keys));
    }

    private static Map<String, String> of(IntStream numbers) {
        return numbers.mapToObj(number -> "k" + number).collect(Collectors.toMap(Function.identity(), key -> "v"));
    }
}
