package dev.mastic.crawler.crawl;

import dev.mastic.crawler.crawl.CrawlStore.Started;
import dev.mastic.crawler.plan.PlanReport;
import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import dev.mastic.wire.rest.RestRequest;
import dev.mastic.wire.rest.RestResponse;
import dev.mastic.wire.rest.RestRoute;
import software.amazon.awssdk.services.glue.model.CrawlerRunningException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GlueException;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What Glue has no words for: a crawl with the reasons for what it did, and plans of crawls. Thread-safe. */
final class CrawlRoutes {
    private static final String LATEST = "latest";
    private static final String CRAWLS = "/api/v1/crawlers/{name}/crawls";
    private static final String PLANS = "/api/v1/crawlers/{name}/plans";

    private final CrawlStore crawls;
    private final CrawlRunner runner;

    CrawlRoutes(CrawlStore crawls, CrawlRunner runner) {
        this.crawls = crawls;
        this.runner = runner;
    }

    List<RestRoute> routes() {
        return List.of(
                new RestRoute("GET", CRAWLS + "/{crawlId}", RestRoute.Access.SIGNED, this::crawl),
                new RestRoute("POST", CRAWLS, RestRoute.Access.SIGNED, this::start),
                new RestRoute("POST", PLANS, RestRoute.Access.SIGNED, this::makePlan),
                new RestRoute("GET", PLANS + "/{planId}", RestRoute.Access.SIGNED, this::plan),
                new RestRoute("POST", PLANS + "/{planId}/apply", RestRoute.Access.SIGNED, this::apply));
    }

    private RestResponse start(RestRequest request) {
        return started("crawlId", () -> crawls.start(request.path("name"), RunKind.CRAWL));
    }

    private RestResponse makePlan(RestRequest request) {
        return started("planId", () -> crawls.start(request.path("name"), RunKind.PLAN));
    }

    private RestResponse apply(RestRequest request) {
        CrawlRecord run = loadPlan(request.path("name"), request.path("planId"));
        PlanReport plan = crawls.findPlan(run.id())
                .map(json -> Json.read(json, PlanReport.class))
                .orElseThrow(() -> new RestException(
                        409,
                        "PlanNotReady",
                        "Plan " + run.id() + " is " + run.state() + "; only a plan that COMPLETED can be applied"));
        return started("crawlId", () -> crawls.apply(run.crawler(), run.id(), plan));
    }

    private RestResponse started(String member, Supplier<Started> start) {
        try {
            Started started = start.get();
            runner.submit(started);
            return RestResponse.json(Map.of(
                    "crawler", started.crawler().name(), member, started.id().toString()));
        } catch (EntityNotFoundException e) {
            throw new RestException(404, "CrawlerNotFound", message(e));
        } catch (CrawlerRunningException e) {
            throw new RestException(409, "CrawlerRunning", message(e));
        }
    }

    private static String message(GlueException e) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().errorMessage() == null
                ? String.valueOf(e.getMessage())
                : e.awsErrorDetails().errorMessage();
    }

    private RestResponse plan(RestRequest request) {
        CrawlRecord run = loadPlan(request.path("name"), request.path("planId"));
        Map<String, Object> answer = run(run, "planId");
        answer.put(
                "plan", crawls.findPlan(run.id()).map(json -> Json.readObject(json.getBytes(StandardCharsets.UTF_8))));
        return RestResponse.json(answer);
    }

    private CrawlRecord loadPlan(String name, String id) {
        return find(name, id)
                .filter(run -> run.kind() == RunKind.PLAN)
                .orElseThrow(() -> new RestException(
                        404,
                        "PlanNotFound",
                        "Crawler " + name + " has no plan " + id + "; plans are kept for thirty days"));
    }

    private RestResponse crawl(RestRequest request) {
        String name = request.path("name");
        String id = request.path("crawlId");
        CrawlRecord crawl = find(name, id)
                .filter(run -> run.kind() == RunKind.CRAWL)
                .orElseThrow(() -> new RestException(
                        404,
                        "CrawlNotFound",
                        id.equals(LATEST)
                                ? "Crawler " + name + " does not exist or never ran"
                                : "Crawler " + name + " has no crawl " + id + "; ListCrawls shows those it has"));
        Map<String, Object> answer = run(crawl, "crawlId");
        answer.put("mode", crawl.mode());
        answer.put("plan", Optional.ofNullable(crawl.applies()));
        answer.put("tables", counts(crawl.tablesCreated(), crawl.tablesUpdated(), crawl.tablesDeleted()));
        answer.put(
                "partitions", counts(crawl.partitionsCreated(), crawl.partitionsUpdated(), crawl.partitionsDeleted()));
        answer.put(
                "report",
                crawls.findReport(crawl.id()).map(json -> Json.readObject(json.getBytes(StandardCharsets.UTF_8))));
        return RestResponse.json(answer);
    }

    /** What crawls and plans have in common: where they stand, with live numbers. */
    private static Map<String, Object> run(CrawlRecord run, String id) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("crawler", run.crawler());
        answer.put(id, run.id());
        answer.put("state", run.state().name());
        answer.put("phase", run.progress().phase());
        answer.put("startedAt", run.startedAt());
        answer.put("endedAt", Optional.ofNullable(run.endedAt()));
        answer.put("error", Optional.ofNullable(run.error()));
        answer.put("objectsListed", run.progress().objectsListed());
        answer.put("samplesFound", run.progress().samplesFound());
        answer.put("objectsSampled", run.progress().objectsSampled());
        answer.put("tablesFound", run.progress().tablesFound());
        answer.put("tablesWritten", run.progress().tablesWritten());
        return answer;
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
