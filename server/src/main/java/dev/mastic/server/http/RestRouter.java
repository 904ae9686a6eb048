package dev.mastic.server.http;

import dev.mastic.wire.rest.RestException;
import dev.mastic.wire.rest.RestRequest;
import dev.mastic.wire.rest.RestResponse;
import dev.mastic.wire.rest.RestRoute;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the route of a REST request and calls it. Thread-safe. */
final class RestRouter {
    private final List<RestRoute> routes;

    RestRouter(List<RestRoute> routes) {
        this.routes = List.copyOf(routes);
    }

    /** A route with the values of its segments in braces. */
    record Match(RestRoute route, Map<String, String> parameters) {}

    /**
     * The route for a method and path.
     *
     * @throws RestException with 404 when no route has the path, with 405 when none of those that have it has the method
     */
    Match match(String method, String path) {
        boolean pathKnown = false;
        for (RestRoute route : routes) {
            Optional<Map<String, String>> parameters = parameters(route.path(), path);
            if (parameters.isPresent()) {
                pathKnown = true;
                if (route.method().equals(method)) {
                    return new Match(route, parameters.get());
                }
            }
        }
        throw pathKnown
                ? new RestException(405, "MethodNotAllowed", path + " does not answer " + method)
                : new RestException(
                        404, "NotFound", "There is no " + path + "; the API is described in docs/rest-api.md");
    }

    static RestResponse call(Match match, HttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, values) -> headers.put(name, values.get(0)));
        return match.route()
                .handler()
                .handle(new RestRequest(match.parameters(), query(request.query()), headers, request.body()));
    }

    private static Optional<Map<String, String>> parameters(String template, String path) {
        String[] wanted = template.split("/", -1);
        String[] found = path.split("/", -1);
        if (wanted.length != found.length) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                parameters.put(wanted[i].substring(1, wanted[i].length() - 1), decode(found[i]));
            } else if (!wanted[i].equals(found[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static Map<String, String> query(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (!query.isEmpty()) {
            for (String parameter : query.split("&", -1)) {
                int equals = parameter.indexOf('=');
                parameters.put(
                        decode(equals < 0 ? parameter : parameter.substring(0, equals)),
                        equals < 0 ? "" : decode(parameter.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RestException(400, "InvalidUrl", "'" + text + "' is not URL-encoded: " + e.getMessage());
        }
    }
}
