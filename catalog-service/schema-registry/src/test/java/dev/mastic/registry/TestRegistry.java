package dev.mastic.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mastic.testing.TestPostgres;
import dev.mastic.wire.GlueDispatcher;
import org.jdbi.v3.core.Jdbi;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A registry on a PostgreSQL database of its own, called in this process or through the wire. */
final class TestRegistry implements AutoCloseable {
    static final String ACCOUNT = "123456789012";
    static final String ARN = "arn:aws:glue:eu-west-1:" + ACCOUNT + ":";
    static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("mastic", "mastic"));

    private final TestPostgres.TestDatabase database = TestPostgres.newDatabase();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SchemaRegistry registry;
    private final GlueDispatcher dispatcher;
    private final HttpServer http;

    TestRegistry() {
        this(new RegistryLimits(1000, 10_000));
    }

    TestRegistry(RegistryLimits limits) {
        registry = SchemaRegistry.open(database.dataSource(), "eu-west-1", ACCOUNT, limits);
        dispatcher = new GlueDispatcher(registry.operations());
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            GlueDispatcher.Answer answer = dispatcher.dispatch(
                    exchange.getRequestHeaders().getFirst("X-Amz-Target"),
                    exchange.getRequestBody().readAllBytes());
            if (answer.errorType() != null) {
                exchange.getResponseHeaders().set("x-amzn-ErrorType", answer.errorType());
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    SchemaRegistry registry() {
        return registry;
    }

    GlueDispatcher dispatcher() {
        return dispatcher;
    }

    Jdbi jdbi() {
        return Jdbi.create(database.dataSource());
    }

    /** Another server on the same database. */
    GlueClient secondServer() {
        return new GlueDispatcher(SchemaRegistry.open(
                                database.dataSource(), "eu-west-1", ACCOUNT, new RegistryLimits(1000, 10_000))
                        .operations())
                .client();
    }

    GlueClient client() {
        return dispatcher.client();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** The AWS SDK's client; the caller closes it. */
    GlueClient sdk() {
        return GlueClient.builder()
                .endpointOverride(url())
                .region(Region.EU_WEST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
        database.close();
    }
}
