package dev.mastic.orchestration;

import dev.mastic.orchestration.event.BucketEvent;
import dev.mastic.orchestration.event.BucketEvents;
import dev.mastic.orchestration.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.JobRun;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class EventsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static TestServer server;

    private String job;
    private String bucket;

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
        job = "job-" + UUID.randomUUID();
        bucket = server.store().newBucket();
    }

    @Test
    void startsTheJobWithTheVeryObject() {
        server.createJob(job, bucket, Map.of(), 1, 0);
        createTrigger(1, 900);
        server.put(bucket, "in/unseen", "not in the manifest");

        server.orchestration()
                .events()
                .accept(List.of(created("in/a.csv", "1", "01"), created("in/skipped.txt", "1", "02")));

        await().atMost(PATIENCE).until(() -> server.output(bucket), List.of("in/a.csv")::equals);
        JobRun run = runs().get(0);
        assertThat(run.triggerName()).isEqualTo(job);
        assertThat(server.request("GET", "/api/v1/runs/" + run.id(), "", "").body())
                .contains("\"manifest\":[{\"bucket\":\"" + bucket + "\",\"key\":\"in/a.csv\",\"etag\":\"1\"");
    }

    @Test
    void processesEachObjectOfABurstOnce() {
        server.createJob(job, bucket, Map.of(), 1, 0);
        createTrigger(100, 1);
        List<BucketEvent> burst = new ArrayList<>();
        IntStream.range(0, 1000).forEach(number -> {
            BucketEvent event = created("in/" + number + ".csv", "etag-" + number, sequencer(number));
            burst.add(event);
            if (number % 3 == 0) {
                burst.add(event);
            }
        });
        Collections.shuffle(burst, new Random(7));
        for (int from = 0; from < burst.size(); from += 50) {
            server.orchestration().events().accept(burst.subList(from, Math.min(burst.size(), from + 50)));
        }

        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(count("DONE")).isEqualTo(1000));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.output(bucket))
                        .as("each object in one committed manifest")
                        .hasSize(1000)
                        .doesNotHaveDuplicates());
        assertThat(runs()).as("batched while the job was busy").hasSizeLessThan(15);
    }

    @Test
    void doesNoHarmByDuplicateAndStaleEvents() {
        server.createJob(job, bucket, Map.of(), 1, 0);
        createTrigger(1, 900);
        BucketEvents events = server.orchestration().events();
        assertThat(events.accept(List.of(created("in/a.csv", "new", "0A"))))
                .isEqualTo(new BucketEvents.Accepted(1, 1, 1));
        awaitDone(1);

        assertThat(events.accept(List.of(created("in/a.csv", "new", "0A"))))
                .as("duplicate")
                .isEqualTo(new BucketEvents.Accepted(1, 0, 0));
        assertThat(events.accept(List.of(created("in/a.csv", "old", "09"))))
                .as("older than what is known")
                .isEqualTo(new BucketEvents.Accepted(1, 1, 0));
        assertThat(events.accept(List.of(
                        new BucketEvent("ObjectRemoved:Delete", bucket, "in/a.csv", "", 0, "0B", Instant.now()))))
                .as("no creation")
                .isEqualTo(new BucketEvents.Accepted(1, 0, 0));
        assertThat(events.accept(List.of(created("in/a.csv", "new", "0C"))))
                .as("the same content again")
                .isEqualTo(new BucketEvents.Accepted(1, 1, 1));
        awaitDone(2);

        await().atMost(PATIENCE)
                .until(() -> runs().stream()
                        .allMatch(run -> run.jobRunStateAsString().equals("SUCCEEDED")));
        assertThat(server.output(bucket)).as("the ledger knows it").containsExactly("in/a.csv");
    }

    @Test
    void takesTheNewestVersionOfAnObjectAlone() {
        server.createJob(job, bucket, Map.of(), 1, 0);
        createTrigger(2, 900);
        server.orchestration().events().accept(List.of(created("in/a.csv", "old", "01")));
        server.orchestration().events().accept(List.of(created("in/a.csv", "new", "02")));

        awaitDone(2);

        assertThat(server.request("GET", "/api/v1/runs/" + runs().get(0).id(), "", "")
                        .body())
                .contains("\"etag\":\"new\"")
                .doesNotContain("\"etag\":\"old\"");
    }

    @Test
    void parksEventsAfterFiveRunsInVainAndReplaysThem() {
        server.createJob(job, bucket, Map.of("--behaviour", "fail"), 1, 0);
        createTrigger(1, 900);
        server.orchestration().events().accept(List.of(created("in/bad.csv", "1", "01")));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(count("PARKED")).isOne());

        assertThat(runs())
                .hasSize(5)
                .allSatisfy(run -> assertThat(run.jobRunStateAsString()).isEqualTo("FAILED"));
        assertThat(server.request("GET", "/api/v1/events?state=PARKED", "", "").body())
                .contains("\"key\":\"in/bad.csv\"")
                .contains("Step input: no such column");
        server.glue()
                .updateJob(request -> request.jobName(job)
                        .jobUpdate(update -> update.role("role")
                                .command(command -> command.name("glueetl").scriptLocation("s3://scripts/Copy.java"))
                                .defaultArguments(Map.of(
                                        "--output",
                                        "s3://" + bucket + "/out/",
                                        "--job-bookmark-option",
                                        "job-bookmark-enable"))));
        assertThat(server.request("POST", "/api/v1/events/replay", "", "{\"trigger\":\"" + job + "\"}")
                        .body())
                .isEqualTo("{\"replayed\":1}");

        await().atMost(PATIENCE).until(() -> server.output(bucket), List.of("in/bad.csv")::equals);
    }

    @Test
    void waitsForTheWindowWhenTheBatchIsNotFull() {
        server.createJob(job, bucket, Map.of(), 1, 0);
        createTrigger(100, 2);
        Instant sent = Instant.now();
        server.orchestration().events().accept(List.of(created("in/a.csv", "1", "01")));

        awaitDone(1);

        assertThat(Duration.between(sent, runs().get(0).startedOn())).isGreaterThanOrEqualTo(Duration.ofMillis(1900));
    }

    @Test
    void acceptsNotificationsByWebhookFromWhoeverHasTheToken() {
        server.createJob(job, bucket, Map.of(), 1, 0);
        createTrigger(1, 900);
        String body = String.format(
                Locale.ROOT,
                "{\"Records\":[{\"eventName\":\"s3:ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"%s\"},"
                        + "\"object\":{\"key\":\"in%%2Fa+b.csv\",\"size\":1,\"eTag\":\"e\",\"sequencer\":\"1\"}}}]}",
                bucket);

        assertThat(webhook("wrong", body).statusCode()).isEqualTo(403);
        assertThat(webhook("", body).statusCode()).isEqualTo(403);
        assertThat(webhook(TestServer.WEBHOOK_TOKEN, "{\"Records\":[{}]}"))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(400))
                .satisfies(answer -> assertThat(answer.body()).contains("Records[0].s3 is missing"));
        assertThat(webhook(TestServer.WEBHOOK_TOKEN, "{\"Event\":\"s3:TestEvent\"}")
                        .body())
                .isEqualTo("{\"received\":0,\"stored\":0,\"deliveries\":0}");
        assertThat(webhook(TestServer.WEBHOOK_TOKEN, body).body())
                .isEqualTo("{\"received\":1,\"stored\":1,\"deliveries\":1}");

        await().atMost(PATIENCE).until(() -> !server.output(bucket).isEmpty());
        assertThat(server.output(bucket)).containsExactly("in/a");
    }

    @Test
    void startsTheJobsOfAnOnDemandTrigger() {
        server.createJob(job, bucket, Map.of(), 1, 0);
        server.glue()
                .createTrigger(request -> request.name(job)
                        .type("ON_DEMAND")
                        .actions(action -> action.jobName(job).arguments(Map.of("--x", "y"))));

        server.glue().startTrigger(request -> request.name(job));

        assertThat(runs())
                .hasSize(1)
                .allSatisfy(run -> assertThat(run.arguments()).containsEntry("--x", "y"));
        server.awaitState(job, runs().get(0).id(), "SUCCEEDED");
    }

    private java.net.http.HttpResponse<String> webhook(String token, String body) {
        return server.request("POST", "/api/v1/events/s3", token, body);
    }

    private void createTrigger(int size, int window) {
        server.glue()
                .createTrigger(request -> request.name(job)
                        .type("EVENT")
                        .startOnCreation(true)
                        .eventBatchingCondition(
                                condition -> condition.batchSize(size).batchWindow(window))
                        .actions(action -> action.jobName(job)
                                .arguments(Map.of(
                                        "--event-bucket", bucket, "--event-prefix", "in/", "--event-suffix", ".csv"))));
    }

    private BucketEvent created(String key, String etag, String sequencer) {
        return new BucketEvent("ObjectCreated:Put", bucket, key, etag, 7, sequencer, Instant.now());
    }

    private static String sequencer(int number) {
        return String.format(Locale.ROOT, "%016X", number);
    }

    private List<JobRun> runs() {
        return server.glue().getJobRuns(request -> request.jobName(job)).jobRuns();
    }

    private long count(String state) {
        return server.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT count(*) FROM orchestration.delivery WHERE trigger_name = :name AND state = :state")
                        .bind("name", job)
                        .bind("state", state)
                        .mapTo(Long.class)
                        .one());
    }

    private void awaitDone(int events) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(count("DONE")).isEqualTo(events));
    }
}
