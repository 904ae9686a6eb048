package dev.mastic.orchestration.event;

import dev.mastic.wire.rest.RestException;
import dev.mastic.wire.rest.RestRequest;
import dev.mastic.wire.rest.RestResponse;
import dev.mastic.wire.rest.RestRoute;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The REST routes of bucket events: the webhook, the list, and replay. Thread-safe. */
public final class EventRoutes {
    private static final Set<String> STATES = Set.of("PENDING", "QUEUED", "DONE", "PARKED", "IGNORED");
    private static final int DEFAULT_LIMIT = 100;
    private static final int LARGEST_LIMIT = 1000;

    private final Jdbi jdbi;
    private final BucketEvents events;
    private final EventDeliveries deliveries;
    private final Runnable replayed;
    private final @Nullable String webhookToken;

    /**
     * @param replayed called after parked events were made pending
     * @param webhookToken what a sender of notifications must show; null refuses all of them
     */
    public EventRoutes(
            Jdbi jdbi,
            BucketEvents events,
            EventDeliveries deliveries,
            Runnable replayed,
            @Nullable String webhookToken) {
        this.jdbi = jdbi;
        this.events = events;
        this.deliveries = deliveries;
        this.replayed = replayed;
        this.webhookToken = webhookToken;
    }

    /** The routes. */
    public List<RestRoute> routes() {
        return List.of(
                new RestRoute("POST", "/api/v1/events/s3", RestRoute.Access.TOKEN, this::receive),
                new RestRoute("GET", "/api/v1/events", RestRoute.Access.SIGNED, this::list),
                new RestRoute("POST", "/api/v1/events/replay", RestRoute.Access.SIGNED, this::replay));
    }

    private RestResponse receive(RestRequest request) {
        String expected = webhookToken;
        if (expected == null) {
            throw new RestException(
                    403,
                    "WebhookDisabled",
                    "No notifications are accepted: set events.webhook-token, and let the sender show it as "
                            + "'Authorization: Bearer TOKEN'");
        }
        byte[] shown = request.bearerToken().orElse("").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(shown, expected.getBytes(StandardCharsets.UTF_8))) {
            throw new RestException(
                    403, "InvalidToken", "The bearer token is missing or is not the one of events.webhook-token");
        }
        return RestResponse.json(events.accept(S3Notifications.parse(request.body())));
    }

    private RestResponse list(RestRequest request) {
        String state = request.query().get("state");
        if (state != null && !STATES.contains(state)) {
            throw new RestException(400, "InvalidState", "state is '" + state + "'; use one of " + STATES);
        }
        int limit = limit(request.query().get("limit"));
        return RestResponse.json(jdbi.<Map<String, Object>, RuntimeException>withHandle(handle ->
                Map.of("counts", deliveries.counts(handle), "events", deliveries.latest(handle, state, limit))));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > LARGEST_LIMIT) {
            throw new RestException(400, "InvalidLimit", "limit is '" + text + "'; use 1 to " + LARGEST_LIMIT);
        }
        return Integer.parseInt(text);
    }

    private RestResponse replay(RestRequest request) {
        Replay wanted = request.body().length == 0 ? new Replay(null) : request.json(Replay.class);
        int count =
                jdbi.<Integer, RuntimeException>inTransaction(handle -> deliveries.replay(handle, wanted.trigger()));
        replayed.run();
        return RestResponse.json(Map.of("replayed", count));
    }

    /**
     * The body of {@code POST /api/v1/events/replay}.
     *
     * @param trigger whose parked events to replay; all triggers' when null
     */
    record Replay(@Nullable String trigger) {}
}
