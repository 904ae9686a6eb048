package dev.mastic.orchestration;

import dev.mastic.orchestration.testing.TestServer;
import dev.mastic.testing.TestFolders;
import dev.mastic.wire.rest.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class BookmarksIT {
    private static TestServer server;

    private final String job = "job-" + UUID.randomUUID();
    private final String bucket = "b-" + UUID.randomUUID();

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
        server.store().s3().createBucket(request -> request.bucket(bucket));
        server.createJob(job, bucket, Map.of(), 2, 0);
    }

    @Test
    void showsPlansRewindsAndResets() {
        server.put(bucket, "in/day=1/a.txt", "a");
        server.put(bucket, "in/day=1/_hidden", "a");
        String first = run(Map.of());
        server.put(bucket, "in/day=2/b.txt", "b");
        String second = run(Map.of());

        Map<String, Object> shown = get("");
        assertThat(shown)
                .containsEntry("runId", second)
                .containsEntry("previousRunId", first)
                .containsEntry("run", 2);
        assertThat(sources(shown))
                .singleElement()
                .satisfies(source -> assertThat(source)
                        .containsEntry("source", "input")
                        .containsEntry("objects", 3)
                        .containsEntry("bytes", 3)
                        .containsEntry("locations", List.of("s3://" + bucket + "/in/")));

        server.put(bucket, "in/day=1/a.txt", "another");
        server.put(bucket, "in/day=3/c.txt", "c");
        assertThat(reasons(""))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("in/day=1/a.txt", "OVERWRITTEN " + first, "in/day=3/c.txt", "NEW null"));

        post("/rewind?to=" + first);
        assertThat(get("")).containsEntry("run", 1).containsEntry("runId", first);
        assertThat(reasons("")).containsOnlyKeys("in/day=1/a.txt", "in/day=2/b.txt", "in/day=3/c.txt");
        refused(404, "left no bookmark", "POST", "/rewind?to=" + second);

        post("/reset?source=input");
        assertThat(sources(get(""))).isEmpty();
        refused(404, "has no source 'input'", "POST", "/reset?source=input");
        refused(400, "no run has read it", "GET", "/plan?source=input");
        assertThat(reasons("&location=s3://" + bucket + "/in/")).hasSize(3);
        refused(
                404,
                "Cannot list s3://" + bucket + "-none/",
                "GET",
                "/plan?source=input&location=s3://" + bucket + "-none");
    }

    @Test
    void tellsWhichRunReadsAnObjectNow() throws Exception {
        Path file = TestFolders.create("bookmarks").resolve("go");
        server.put(bucket, "in/a.txt", "a");
        String run = server.startRun(job, Map.of("--behaviour", "hang-until-file", "--file", file.toString()));
        await().until(() -> !server.request("GET", path(""), "", "").body().contains("\"sources\":[]")
                        && server.request("GET", path(""), "", "").statusCode() == 200
                || reasons("&location=s3://" + bucket + "/in/").containsValue("BEING_READ " + run));

        assertThat(reasons("&location=s3://" + bucket + "/in/")).containsEntry("in/a.txt", "BEING_READ " + run);
        refused(409, "have not ended", "POST", "/imports");
        Files.writeString(file, "go");
        server.awaitState(job, run, "SUCCEEDED");
        assertThat(reasons("")).isEmpty();
    }

    @Test
    void takesWhatIsThereForRead() {
        server.put(bucket, "in/a.txt", "a");
        server.put(bucket, "in/b.txt", "b");

        assertThat(post("/set-to-now?source=input&location=s3://" + bucket + "/in/"))
                .containsEntry("marked", 2);
        assertThat(post("/set-to-now?source=input")).containsEntry("marked", 0);
        server.put(bucket, "in/c.txt", "c");
        run(Map.of());

        assertThat(server.output(bucket)).containsExactly("in/c.txt");
        assertThat(reasons("")).isEmpty();
    }

    @Test
    void readsTheInputOfEarlierRunsAgainAndRemembersNothing() {
        server.put(bucket, "in/a.txt", "a");
        String first = run(Map.of());
        server.put(bucket, "in/b.txt", "b");
        String second = run(Map.of());
        server.put(bucket, "in/c.txt", "c");
        run(Map.of());
        server.put(bucket, "in/d.txt", "d");
        Map<String, Object> before = get("");

        run(Map.of(
                "--job-bookmark-option", "job-bookmark-pause",
                "--job-bookmark-from", first,
                "--job-bookmark-to", second));

        assertThat(server.output(bucket)).containsExactly("in/a.txt", "in/b.txt", "in/b.txt", "in/c.txt");
        assertThat(get("")).isEqualTo(before);
        refusedRun("without --job-bookmark-to", Map.of("--job-bookmark-from", first));
        refusedRun("needs --job-bookmark-option job-bookmark-pause", range(first, second, "enable"));
        refusedRun("exchange them", range(second, first, "pause"));
        refusedRun("that run left no bookmark", range("jr_0", first, "pause"));
    }

    private static Map<String, String> range(String from, String to, String option) {
        return Map.of(
                "--job-bookmark-from", from,
                "--job-bookmark-to", to,
                "--job-bookmark-option", "job-bookmark-" + option);
    }

    private void refusedRun(String message, Map<String, String> arguments) {
        assertThatThrownBy(() -> server.startRun(job, arguments))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void exportsAndImports() {
        server.put(bucket, "in/a.txt", "a");
        server.put(bucket, "in/b.txt", "b");
        String first = run(Map.of());
        server.put(bucket, "in/c.txt", "c");
        run(Map.of());
        @SuppressWarnings("unchecked")
        List<String> lines = (List<String>) get("/export").get("lines");
        assertThat(lines).hasSize(7);
        String other = "jo2-" + job.substring(4);
        server.createJob(other, bucket, Map.of(), 1, 0);

        String imported = begin(other, "");
        assertThat(send(other, "/imports/" + imported + "/lines", String.join("\n", lines.subList(0, 6))))
                .containsEntry("lines", 6);
        HttpResponse<String> cutOff = server.request("POST", path(other, "/imports/" + imported + "/finish"), "", "");
        assertThat(cutOff.statusCode()).isEqualTo(400);
        assertThat(cutOff.body()).contains("lines are missing");
        HttpResponse<String> wrong =
                server.request("POST", path(other, "/imports/" + imported + "/lines?first=7"), "", "{\"a\":1}");
        assertThat(wrong.body()).contains("line 7 is of kind 'null'");
        send(other, "/imports/" + imported + "/lines?first=7", lines.get(6));
        assertThat(send(other, "/imports/" + imported + "/finish", "")).containsEntry("objects", 3);

        Map<String, Object> same = new HashMap<>(get(""));
        same.put("jobName", other);
        assertThat(Json.readObject(
                        server.request("GET", path(other, ""), "", "").body().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(same);
        assertThat(send(other, "/rewind?to=" + first, "")).containsEntry("run", 1);
        assertThat(server.request("POST", path(other, "/imports"), "", "").body())
                .contains("AlreadyExistsException", "--replace");
        assertThat(begin(other, "?replace=true")).isNotEmpty();
    }

    private String begin(String name, String query) {
        return String.valueOf(send(name, "/imports" + query, "").get("importId"));
    }

    private String run(Map<String, String> arguments) {
        String run = server.startRun(job, arguments);
        server.awaitState(job, run, "SUCCEEDED");
        return run;
    }

    private Map<String, String> reasons(String query) {
        Map<String, String> reasons = new HashMap<>();
        for (Object entry : (List<?>) get("/plan?source=input" + query).get("objects")) {
            Map<?, ?> object = (Map<?, ?>) entry;
            String key = String.valueOf(object.get("uri")).replaceFirst("s3://[^/]+/", "");
            reasons.put(key, object.get("reason") + " " + object.get("run"));
        }
        return reasons;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> sources(Map<String, Object> shown) {
        return (List<Map<String, Object>>) shown.get("sources");
    }

    private Map<String, Object> get(String rest) {
        return answer(server.request("GET", path(rest), "", ""));
    }

    private Map<String, Object> post(String rest) {
        return send(job, rest, "");
    }

    private static Map<String, Object> send(String name, String rest, String body) {
        return answer(server.request("POST", path(name, rest), "", body));
    }

    private static Map<String, Object> answer(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.readObject(response.body().getBytes(StandardCharsets.UTF_8));
    }

    private void refused(int status, String message, String method, String rest) {
        HttpResponse<String> response = server.request(method, path(rest), "", "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains(message);
    }

    private String path(String rest) {
        return path(job, rest);
    }

    private static String path(String name, String rest) {
        return "/api/v1/jobs/" + name + "/bookmark" + rest;
    }
}
