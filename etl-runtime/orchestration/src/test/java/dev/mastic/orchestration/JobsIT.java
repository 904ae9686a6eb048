package dev.mastic.orchestration;

import dev.mastic.orchestration.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.CreateJobRequest;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.TriggerState;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JobsIT {
    private static TestServer server;

    private final String name = "job-" + UUID.randomUUID();
    private GlueClient glue;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void prepare() {
        glue = server.glue();
    }

    @Test
    void keepsAJobAndFillsInGluesDefaults() {
        create(name, request -> request.description("copies").defaultArguments(Map.of("--a", "1")));

        Job job = glue.getJob(request -> request.jobName(name)).job();

        assertThat(job)
                .returns("copies", Job::description)
                .returns(480, Job::timeout)
                .returns("5.1", Job::glueVersion)
                .returns(0, Job::maxRetries)
                .returns(1, found -> found.executionProperty().maxConcurrentRuns());
        assertThat(job.createdOn()).isNotNull();
        glue.updateJob(request -> request.jobName(name)
                .jobUpdate(update -> update.role("r")
                        .glueVersion("4.0")
                        .command(command -> command.name("glueetl").scriptLocation("s3://scripts/Other.java"))));
        Job updated = glue.getJob(request -> request.jobName(name)).job();
        assertThat(updated)
                .returns(null, Job::description)
                .returns(2880, Job::timeout)
                .returns(job.createdOn(), Job::createdOn);
        assertThat(updated.hasDefaultArguments()).isFalse();
    }

    @Test
    void createsOnceAndRefusesAnother() {
        create(name, request -> {});
        create(name, request -> {});

        assertThatThrownBy(() -> create(name, request -> request.description("other")))
                .isInstanceOf(IdempotentParameterMismatchException.class)
                .hasMessageContaining(name);
    }

    @Test
    void refusesDefinitionsThatCannotRun() {
        refused(request -> request.command(command -> command.name("glueetl").scriptLocation("/tmp/x.java")))
                .hasMessageContaining("'/tmp/x.java'");
        refused(request -> request.command(command -> command.name("glueetl").scriptLocation("s3://b/x.py")))
                .hasMessageContaining(".java or .jar");
        refused(request ->
                        request.command(command -> command.name("pythonshell").scriptLocation("s3://b/x.java")))
                .hasMessageContaining("only glueetl");
        refused(request -> request.timeout(10081)).hasMessageContaining("seven days");
        refused(request -> request.glueVersion("newest")).hasMessageContaining("'newest'");
        refused(request -> request.maxRetries(11)).hasMessageContaining("0 to 10");
        refused(request -> request.executionProperty(property -> property.maxConcurrentRuns(0)))
                .hasMessageContaining("MaxConcurrentRuns is 0");
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(Consumer<CreateJobRequest.Builder> change) {
        return assertThatThrownBy(() -> create(name, change)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesArgumentsThatCannotBeObeyed() {
        create(name, request -> request.nonOverridableArguments(Map.of("--fixed", "job")));

        assertThatThrownBy(() -> server.startRun(name, Map.of("--job-bookmark-option", "job-bookmark-on")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'job-bookmark-on'; use job-bookmark-enable");
        assertThatThrownBy(() -> server.startRun(name, Map.of("--big", "x".repeat(300_000))))
                .hasMessageContaining("at most 266240");
        assertThatThrownBy(() -> server.startRun("unknown", Map.of()))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Job unknown not found");
    }

    @Test
    void resolvesArgumentsInGluesOrder() {
        create(
                name,
                request -> request.defaultArguments(Map.of("--a", "default", "--b", "default", "--c", "default"))
                        .nonOverridableArguments(Map.of("--c", "fixed")));

        String run = server.startRun(name, Map.of("--b", "run", "--c", "run"));

        assertThat(server.run(name, run).arguments()).isEqualTo(Map.of("--b", "run", "--c", "run"));
        assertThat(server.request("GET", "/api/v1/runs/" + run, "", "").body())
                .contains("\"--a\":\"default\"")
                .contains("\"--b\":\"run\"")
                .contains("\"--c\":\"fixed\"");
    }

    @Test
    void listsInPages() {
        List<String> names = List.of(name + "-1", name + "-2", name + "-3");
        names.forEach(each -> create(each, request -> request.tags(Map.of("of", name))));

        var first = glue.listJobs(request -> request.tags(Map.of("of", name)).maxResults(2));
        var second = glue.listJobs(
                request -> request.tags(Map.of("of", name)).maxResults(2).nextToken(first.nextToken()));

        assertThat(first.jobNames()).containsExactly(name + "-1", name + "-2");
        assertThat(second.jobNames()).containsExactly(name + "-3");
        assertThat(second.nextToken()).isNull();
        assertThat(glue.batchGetJobs(request -> request.jobNames(name + "-3", "unknown")))
                .satisfies(found -> assertThat(found.jobs()).hasSize(1))
                .satisfies(found -> assertThat(found.jobsNotFound()).containsExactly("unknown"));
        for (String token : List.of("nonsense", "%%%", "AAAA")) {
            assertThatThrownBy(() -> glue.getJobs(request -> request.nextToken(token)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("NextToken");
        }
    }

    @Test
    void deletesAJobHoweverOften() {
        create(name, request -> {});

        glue.deleteJob(request -> request.jobName(name));
        glue.deleteJob(request -> request.jobName(name));

        assertThatThrownBy(() -> glue.getJob(request -> request.jobName(name)))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Job " + name + " not found");
        assertThatThrownBy(() -> glue.getJobBookmark(request -> request.jobName(name)))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void keepsTriggersAndRefusesThoseItCannotFire() {
        glue.createTrigger(request -> request.name(name)
                .type("EVENT")
                .actions(action -> action.jobName("j").arguments(Map.of("--event-bucket", "b")))
                .startOnCreation(true));

        assertThat(glue.getTrigger(request -> request.name(name)).trigger().state())
                .isEqualTo(TriggerState.ACTIVATED);
        glue.stopTrigger(request -> request.name(name));
        assertThat(glue.getTriggers(request -> request.dependentJobName("j"))
                        .triggers()
                        .get(0)
                        .state())
                .isEqualTo(TriggerState.DEACTIVATED);
        glue.deleteTrigger(request -> request.name(name));
        assertThatThrownBy(() -> glue.startTrigger(request -> request.name(name)))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> glue.createTrigger(
                        request -> request.name(name).type("EVENT").actions(action -> action.jobName("j"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--event-bucket");
        assertThatThrownBy(() -> glue.createTrigger(request -> request.name(name)
                        .type("SCHEDULED")
                        .schedule("cron(0 12 * * ? *)")
                        .actions(action -> action.jobName("j"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not supported yet");
        assertThatThrownBy(() -> glue.createTrigger(request -> request.name(name)
                        .type("EVENT")
                        .eventBatchingCondition(condition -> condition.batchSize(101))
                        .actions(action -> action.jobName("j").arguments(Map.of("--event-bucket", "b")))))
                .hasMessageContaining("BatchSize is 101");
    }

    private void create(String jobName, Consumer<CreateJobRequest.Builder> change) {
        CreateJobRequest.Builder request = CreateJobRequest.builder()
                .name(jobName)
                .role("role")
                .command(command -> command.name("glueetl").scriptLocation("s3://scripts/Copy.java"));
        change.accept(request);
        glue.createJob(request.build());
    }
}
