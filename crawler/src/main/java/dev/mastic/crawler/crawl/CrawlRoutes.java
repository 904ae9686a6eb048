package dev.mastic.crawler.crawl;

import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import dev.mastic.wire.rest.RestRequest;
import dev.mastic.wire.rest.RestResponse;
import dev.mastic.wire.rest.RestRoute;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code GET /api/v1/crawlers/{name}/crawls/{crawlId}}: a crawl with the reasons for what it did. Thread-safe. */
final class CrawlRoutes {
    private static final String LATEST = "latest";

    private final CrawlStore crawls;

    CrawlRoutes(CrawlStore crawls) {
        this.crawls = crawls;
    }

    List<RestRoute> routes() {
        return List.of(
                new RestRoute("GET", "/api/v1/crawlers/{name}/crawls/{crawlId}", RestRoute.Access.SIGNED, this::crawl));
    }

    private RestResponse crawl(RestRequest request) {
        String name = request.path("name");
        String id = request.path("crawlId");
        CrawlRecord crawl = find(name, id)
                .orElseThrow(() -> new RestException(
                        404,
                        "CrawlNotFound",
                        id.equals(LATEST)
                                ? "Crawler " + name + " does not exist or never ran"
                                : "Crawler " + name + " has no crawl " + id + "; ListCrawls shows those it has"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("crawler", crawl.crawler());
        answer.put("crawlId", crawl.id());
        answer.put("state", crawl.state().name());
        answer.put("startedAt", crawl.startedAt());
        answer.put("endedAt", Optional.ofNullable(crawl.endedAt()));
        answer.put("error", Optional.ofNullable(crawl.error()));
        answer.put("objectsListed", crawl.objectsListed());
        answer.put("objectsSampled", crawl.objectsSampled());
        answer.put("tables", counts(crawl.tablesCreated(), crawl.tablesUpdated(), crawl.tablesDeleted()));
        answer.put(
                "partitions", counts(crawl.partitionsCreated(), crawl.partitionsUpdated(), crawl.partitionsDeleted()));
        answer.put(
                "report",
                crawls.findReport(crawl.id()).map(json -> Json.readObject(json.getBytes(StandardCharsets.UTF_8))));
        return RestResponse.json(answer);
    }

    private Optional<CrawlRecord> find(String name, String id) {
        if (id.equals(LATEST)) {
            return crawls.findLatest(name);
        }
        try {
            return crawls.find(name, UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no id of a crawl has that form, so there is no such crawl
        }
    }

    private static Map<String, Long> counts(long created, long updated, long deleted) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("created", created);
        counts.put("updated", updated);
        counts.put("deleted", deleted);
        return counts;
    }
}
