package dev.mastic.orchestration.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import dev.mastic.wire.rest.RestRequest;
import dev.mastic.wire.rest.RestResponse;
import dev.mastic.wire.rest.RestRoute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves REST routes by the JDK's HTTP server; does not look at signatures. */
public final class RouteServer implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile List<RestRoute> routes = List.of();

    public RouteServer() {
        this(0);
    }

    /** @param port 0 chooses one */
    public RouteServer(int port) {
        try {
            this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** From now on these routes are served, and no others. */
    public void serve(List<RestRoute> served) {
        routes = List.copyOf(served);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            RestResponse response;
            try {
                response = answer(exchange);
            } catch (RestException e) {
                response = new RestResponse(
                        e.status(),
                        "application/json",
                        Json.write(Map.of("error", e.code(), "message", String.valueOf(e.getMessage()))));
            } catch (RuntimeException e) {
                e.printStackTrace();
                response = new RestResponse(500, "text/plain", e.toString().getBytes());
            }
            exchange.getResponseHeaders().set("Content-Type", response.contentType());
            exchange.sendResponseHeaders(response.status(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        }
    }

    private RestResponse answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        Map<String, String> query = new HashMap<>();
        String text = exchange.getRequestURI().getQuery();
        for (String pair : text == null ? new String[0] : text.split("&")) {
            query.put(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=", ""));
        }
        String[] path = exchange.getRequestURI().getPath().split("/");
        for (RestRoute route : routes) {
            Map<String, String> parameters = match(route.path().split("/"), path);
            if (parameters != null && route.method().equals(exchange.getRequestMethod())) {
                return route.handler().handle(new RestRequest(parameters, query, headers, body));
            }
        }
        // As from a server that is starting: the caller tries again.
        return new RestResponse(503, "text/plain", "no such route now".getBytes());
    }

    private static @org.jspecify.annotations.Nullable Map<String, String> match(String[] pattern, String[] path) {
        if (pattern.length != path.length) {
            return null;
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < path.length; i++) {
            if (pattern[i].startsWith("{")) {
                parameters.put(pattern[i].substring(1, pattern[i].length() - 1), path[i]);
            } else if (!pattern[i].equals(path[i])) {
                return null;
            }
        }
        return parameters;
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
