package dev.mastic.bookmarks.driver;

import com.sun.net.httpserver.HttpServer;
import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.Claim;
import dev.mastic.bookmarks.Ledger;
import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.wire.rest.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunConnectionTest {
    private record Answer(int status, Object body) {}

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Function<byte[], Answer> answer = body -> new Answer(200, Map.of());
    private HttpServer server;
    private RunConnection connection;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] request = exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            Answer given = answer.apply(request);
            byte[] body = Json.write(given.body());
            exchange.sendResponseHeaders(given.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        connection = new RunConnection(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), "jr_1", "secret");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void lease(int seconds) {
        RunAssignment assignment = new RunAssignment(
                "orders",
                "jr_1",
                2,
                Map.of("--a", "b"),
                "s3://s/o.java",
                BookmarkOption.PAUSE,
                Optional.empty(),
                1,
                seconds);
        answer = body -> new Answer(200, assignment);
        assertThat(connection.assignment()).isEqualTo(assignment);
        requests.clear();
    }

    @Test
    void asksAsTheRunWithItsToken() {
        connection.started();
        assertThat(requests).containsExactly("POST /api/v1/runs/jr_1/driver/started Bearer secret");
    }

    @Test
    void claimsInChunksAndPutsTheAnswersTogether() {
        List<ObjectVersion> candidates = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            candidates.add(new ObjectVersion("b", "k" + i, "e", 1, Instant.EPOCH));
        }
        answer = body -> {
            List<ObjectVersion> asked = Json.read(body, ClaimRequest.class).candidates();
            return new Answer(200, new Claim(asked.subList(1, asked.size()), 1, 0));
        };
        Claim claim = connection.claim("orders", candidates);
        assertThat(requests).hasSize(3);
        assertThat(claim.alreadyProcessed()).isEqualTo(3);
        assertThat(claim.granted()).hasSize(2_497).startsWith(candidates.get(1)).endsWith(candidates.get(2_499));
    }

    @Test
    void knowsALostAttemptFromOtherConflicts() {
        answer = body -> new Answer(409, Map.of("error", "AttemptLost", "message", "Run jr_1 was stopped"));
        assertThatThrownBy(() -> connection.stage("lake", "s3://l/"))
                .isInstanceOf(Ledger.AttemptLostException.class)
                .hasMessage("Run jr_1 was stopped");
        answer = body -> new Answer(409, Map.of("error", "Other", "message", "Not now"));
        assertThatThrownBy(() -> connection.stage("lake", "s3://l/"))
                .isInstanceOf(RunConnection.RefusedException.class)
                .hasMessage("The server refused outputs of run jr_1: 409 Other Not now");
    }

    @Test
    void asksAgainWhenTheServerIsInTrouble() {
        lease(30);
        answer = body -> new Answer(requests.size() < 3 ? 503 : 200, new HeartbeatAnswer(true));
        assertThat(connection.heartbeat().stopRequested()).isTrue();
        assertThat(requests).hasSize(3);
    }

    @Test
    void givesUpWhenTheLeaseIsOver() {
        lease(1);
        answer = body -> new Answer(500, Map.of("error", "InternalError"));
        assertThatThrownBy(() -> connection.heartbeat())
                .isInstanceOf(RunConnection.ServerSilentException.class)
                .hasMessageContaining("has not answered for 1 s: status 500");
        server.stop(0);
        assertThatThrownBy(() -> connection.heartbeat()).isInstanceOf(RunConnection.ServerSilentException.class);
    }

    @Test
    void keepsTheTokenOutOfItsMessages() {
        lease(1);
        server.stop(0);
        assertThatThrownBy(() -> connection.started()).hasMessageNotContaining("secret");
    }
}
