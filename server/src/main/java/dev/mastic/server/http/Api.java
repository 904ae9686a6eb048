package dev.mastic.server.http;

import dev.mastic.wire.GlueDispatcher;
import dev.mastic.wire.WireException;
import dev.mastic.wire.rest.RestException;
import dev.mastic.wire.rest.RestResponse;
import dev.mastic.wire.rest.RestRoute;
import dev.mastic.wire.sigv4.AccessKeys;
import dev.mastic.wire.sigv4.SignatureVerifier;
import dev.mastic.wire.sigv4.SignedRequest;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the port answers: Glue's protocol on {@code POST /}, the REST API below {@code /api/v1}, {@code /health} and {@code
 * /metrics}. Every request of the first two is signed, but for the routes that check a token themselves. Thread-safe.
 */
public final class Api implements HttpListener.Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final String AWS_JSON = "application/x-amz-json-1.1";

    private final GlueDispatcher glue;
    private final RestRouter rest;
    private final SignatureVerifier signatures;
    private final Health health;
    private final PrometheusMeterRegistry metrics;

    /** @param routes the REST API of all parts */
    public Api(
            GlueDispatcher glue,
            List<RestRoute> routes,
            SignatureVerifier signatures,
            Health health,
            PrometheusMeterRegistry metrics) {
        this.glue = glue;
        this.rest = new RestRouter(routes);
        this.signatures = signatures;
        this.health = health;
        this.metrics = metrics;
    }

    @Override
    public HttpAnswer answer(HttpRequest request) {
        return switch (request.path()) {
            case "/health" -> health.answer();
            case "/metrics" ->
                new HttpAnswer(
                        200,
                        "text/plain; version=0.0.4; charset=utf-8",
                        Map.of(),
                        metrics.scrape().getBytes(StandardCharsets.UTF_8));
            case "/", "" -> glue(request);
            default -> rest(request);
        };
    }

    private HttpAnswer glue(HttpRequest request) {
        if (!request.method().equals("POST")) {
            return HttpAnswer.error(
                    405,
                    "MethodNotAllowed",
                    "This is Mastic. Glue clients POST here (aws glue get-databases --endpoint-url ...); /health says"
                            + " how it is");
        }
        long start = System.nanoTime();
        String target = request.header("x-amz-target").orElse(null);
        String operation = operationName(target);
        GlueDispatcher.Answer answer;
        try {
            MDC.put("principal", verify(request).principal());
            MDC.put("operation", operation);
            answer = glue.dispatch(target, request.body());
        } catch (WireException e) {
            answer = GlueDispatcher.error(e);
        }
        String outcome = answer.errorType() == null ? "Success" : answer.errorType();
        metrics.timer("mastic.glue.requests", "operation", operation, "outcome", outcome)
                .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        LOG.debug("{} {}", operation, outcome);
        HttpAnswer http = new HttpAnswer(answer.status(), AWS_JSON, Map.of(), answer.body());
        return answer.errorType() == null ? http : http.withHeader("x-amzn-ErrorType", answer.errorType());
    }

    /** Names that are no operations share one label, so that no client can make the metrics grow. */
    private String operationName(@org.jspecify.annotations.Nullable String target) {
        String name = target == null ? "" : target.substring(target.indexOf('.') + 1);
        return glue.operationNames().contains(name) ? name : "other";
    }

    private HttpAnswer rest(HttpRequest request) {
        try {
            RestRouter.Match match = rest.match(request.method(), request.path());
            if (match.route().access() == RestRoute.Access.SIGNED) {
                MDC.put("principal", verify(request).principal());
            }
            MDC.put("operation", match.route().method() + " " + match.route().path());
            RestResponse response = RestRouter.call(match, request);
            return new HttpAnswer(response.status(), response.contentType(), Map.of(), response.body());
        } catch (RestException e) {
            return HttpAnswer.error(e.status(), e.code(), String.valueOf(e.getMessage()));
        } catch (WireException e) {
            return HttpAnswer.error(
                    e.status() == 400 ? 403 : e.status(), e.errorType(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            if (GlueDispatcher.isDatabaseAway(e)) {
                LOG.warn("{} {} could not be answered: {}", request.method(), request.path(), e.toString());
                return HttpAnswer.error(503, "ServiceUnavailable", "The database of Mastic does not answer; try again");
            }
            throw e;
        }
    }

    private AccessKeys.AccessKey verify(HttpRequest request) {
        return signatures.verify(new SignedRequest(
                request.method(), request.path(), request.query(), request.headers(), request.body()));
    }
}
