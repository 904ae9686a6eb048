package dev.mastic.crawler.crawl;

import dev.mastic.crawler.crawl.CrawlStore.Started;
import dev.mastic.crawler.crawl.CrawlStore.Totals;
import dev.mastic.wire.tag.Tags;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchGetCrawlersRequest;
import software.amazon.awssdk.services.glue.model.BatchGetCrawlersResponse;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerHistory;
import software.amazon.awssdk.services.glue.model.CrawlerMetrics;
import software.amazon.awssdk.services.glue.model.CreateCrawlerRequest;
import software.amazon.awssdk.services.glue.model.CreateCrawlerResponse;
import software.amazon.awssdk.services.glue.model.DeleteCrawlerRequest;
import software.amazon.awssdk.services.glue.model.DeleteCrawlerResponse;
import software.amazon.awssdk.services.glue.model.GetCrawlerMetricsRequest;
import software.amazon.awssdk.services.glue.model.GetCrawlerMetricsResponse;
import software.amazon.awssdk.services.glue.model.GetCrawlerRequest;
import software.amazon.awssdk.services.glue.model.GetCrawlerResponse;
import software.amazon.awssdk.services.glue.model.GetCrawlersRequest;
import software.amazon.awssdk.services.glue.model.GetCrawlersResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.ListCrawlersRequest;
import software.amazon.awssdk.services.glue.model.ListCrawlersResponse;
import software.amazon.awssdk.services.glue.model.ListCrawlsRequest;
import software.amazon.awssdk.services.glue.model.ListCrawlsResponse;
import software.amazon.awssdk.services.glue.model.Schedule;
import software.amazon.awssdk.services.glue.model.StartCrawlerRequest;
import software.amazon.awssdk.services.glue.model.StartCrawlerResponse;
import software.amazon.awssdk.services.glue.model.StartCrawlerScheduleRequest;
import software.amazon.awssdk.services.glue.model.StartCrawlerScheduleResponse;
import software.amazon.awssdk.services.glue.model.StopCrawlerRequest;
import software.amazon.awssdk.services.glue.model.StopCrawlerResponse;
import software.amazon.awssdk.services.glue.model.StopCrawlerScheduleRequest;
import software.amazon.awssdk.services.glue.model.StopCrawlerScheduleResponse;
import software.amazon.awssdk.services.glue.model.UpdateCrawlerRequest;
import software.amazon.awssdk.services.glue.model.UpdateCrawlerResponse;
import software.amazon.awssdk.services.glue.model.UpdateCrawlerScheduleRequest;
import software.amazon.awssdk.services.glue.model.UpdateCrawlerScheduleResponse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The operations of the Glue API on crawlers. Thread-safe. */
public final class CrawlerOperations implements GlueClient {
    private static final int DEFAULT_PAGE = 100;
    private static final int DEFAULT_CRAWLS = 20;

    private final CrawlerStore crawlers;
    private final CrawlStore crawls;
    private final CrawlRunner runner;
    private final ClassifierStore classifiers;

    CrawlerOperations(CrawlerStore crawlers, CrawlStore crawls, CrawlRunner runner, ClassifierStore classifiers) {
        this.classifiers = classifiers;
        this.crawlers = crawlers;
        this.crawls = crawls;
        this.runner = runner;
    }

    @Override
    public CreateCrawlerResponse createCrawler(CreateCrawlerRequest request) {
        Crawler crawler = Crawler.builder()
                .name(name(request.name()))
                .role(required(request.role(), "Role"))
                .targets(request.targets())
                .databaseName(request.databaseName())
                .description(request.description())
                .classifiers(request.classifiers())
                .schedule(schedule -> schedule.scheduleExpression(request.schedule()))
                .schemaChangePolicy(request.schemaChangePolicy())
                .recrawlPolicy(request.recrawlPolicy())
                .lineageConfiguration(request.lineageConfiguration())
                .lakeFormationConfiguration(request.lakeFormationConfiguration())
                .tablePrefix(request.tablePrefix())
                .configuration(request.configuration())
                .crawlerSecurityConfiguration(request.crawlerSecurityConfiguration())
                .build();
        Crawler checked = withoutEmptySchedule(crawler);
        CrawlerRules.check(checked);
        classifiers.requireAll(checked.classifiers());
        crawlers.create(checked, Tags.column(request.tags()));
        return CreateCrawlerResponse.builder().build();
    }

    @Override
    public UpdateCrawlerResponse updateCrawler(UpdateCrawlerRequest request) {
        classifiers.requireAll(request.classifiers());
        crawlers.update(name(request.name()), before -> {
            Crawler.Builder after = before.toBuilder();
            set(request.role(), after::role);
            set(request.targets(), after::targets);
            set(request.databaseName(), after::databaseName);
            set(request.description(), after::description);
            set(request.tablePrefix(), after::tablePrefix);
            set(request.schemaChangePolicy(), after::schemaChangePolicy);
            set(request.recrawlPolicy(), after::recrawlPolicy);
            set(request.lineageConfiguration(), after::lineageConfiguration);
            set(request.lakeFormationConfiguration(), after::lakeFormationConfiguration);
            set(request.configuration(), after::configuration);
            set(request.crawlerSecurityConfiguration(), after::crawlerSecurityConfiguration);
            if (request.hasClassifiers()) {
                after.classifiers(request.classifiers());
            }
            if (request.schedule() != null && !request.schedule().isBlank()) {
                after.schedule(schedule -> schedule.scheduleExpression(request.schedule()));
            }
            Crawler checked = after.build();
            CrawlerRules.check(checked);
            return checked;
        });
        return UpdateCrawlerResponse.builder().build();
    }

    @Override
    public DeleteCrawlerResponse deleteCrawler(DeleteCrawlerRequest request) {
        crawlers.delete(name(request.name()));
        return DeleteCrawlerResponse.builder().build();
    }

    @Override
    public GetCrawlerResponse getCrawler(GetCrawlerRequest request) {
        Crawler crawler = crawlers.load(name(request.name())).toGlue(Instant.now());
        return GetCrawlerResponse.builder().crawler(crawler).build();
    }

    @Override
    public GetCrawlersResponse getCrawlers(GetCrawlersRequest request) {
        Page<String> page = names(request.maxResults(), request.nextToken(), Map.of());
        return GetCrawlersResponse.builder()
                .crawlers(toGlue(crawlers.records(page.items())))
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public BatchGetCrawlersResponse batchGetCrawlers(BatchGetCrawlersRequest request) {
        List<CrawlerRecord> found = crawlers.records(request.crawlerNames());
        return BatchGetCrawlersResponse.builder()
                .crawlers(toGlue(found))
                .crawlersNotFound(CrawlerStore.missing(request.crawlerNames(), found))
                .build();
    }

    @Override
    public ListCrawlersResponse listCrawlers(ListCrawlersRequest request) {
        Page<String> page = names(request.maxResults(), request.nextToken(), request.tags());
        return ListCrawlersResponse.builder()
                .crawlerNames(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public StartCrawlerResponse startCrawler(StartCrawlerRequest request) {
        Started started = crawls.start(name(request.name()), RunKind.CRAWL);
        runner.submit(started);
        return StartCrawlerResponse.builder().build();
    }

    @Override
    public StopCrawlerResponse stopCrawler(StopCrawlerRequest request) {
        runner.cancel(crawls.stop(name(request.name())));
        return StopCrawlerResponse.builder().build();
    }

    @Override
    public UpdateCrawlerScheduleResponse updateCrawlerSchedule(UpdateCrawlerScheduleRequest request) {
        crawlers.reschedule(
                required(request.crawlerName(), "CrawlerName"),
                Optional.ofNullable(request.schedule()).orElse(""));
        return UpdateCrawlerScheduleResponse.builder().build();
    }

    @Override
    public StartCrawlerScheduleResponse startCrawlerSchedule(StartCrawlerScheduleRequest request) {
        crawlers.resume(required(request.crawlerName(), "CrawlerName"));
        return StartCrawlerScheduleResponse.builder().build();
    }

    @Override
    public StopCrawlerScheduleResponse stopCrawlerSchedule(StopCrawlerScheduleRequest request) {
        crawlers.pause(required(request.crawlerName(), "CrawlerName"));
        return StopCrawlerScheduleResponse.builder().build();
    }

    @Override
    public GetCrawlerMetricsResponse getCrawlerMetrics(GetCrawlerMetricsRequest request) {
        boolean named =
                request.hasCrawlerNameList() && !request.crawlerNameList().isEmpty();
        Page<String> page = named
                ? new Page<>(request.crawlerNameList(), null)
                : names(request.maxResults(), request.nextToken(), Map.of());
        List<CrawlerMetrics> metrics = new ArrayList<>();
        for (CrawlerRecord crawler : crawlers.records(page.items())) {
            metrics.add(metrics(crawler, crawls.totals(crawler.definition().name())));
        }
        return GetCrawlerMetricsResponse.builder()
                .crawlerMetricsList(metrics)
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public ListCrawlsResponse listCrawls(ListCrawlsRequest request) {
        String name = name(request.crawlerName());
        crawlers.load(name);
        int size = Page.size(request.maxResults(), DEFAULT_CRAWLS);
        CrawlFilters filters = CrawlFilters.of(request.filters(), Page.place(request.nextToken()));
        Page<CrawlRecord> page = Page.of(crawls.list(name, filters, size + 1), size, CrawlFilters::place);
        return ListCrawlsResponse.builder()
                .crawls(page.items().stream().map(CrawlerOperations::history).toList())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Holds nothing of its own: whoever opened the crawlers closes them.
    }

    private Page<String> names(@Nullable Integer maxResults, @Nullable String token, Map<String, String> tags) {
        int size = Page.size(maxResults, DEFAULT_PAGE);
        return Page.of(crawlers.names(Page.place(token), size + 1, tags), size, Function.identity());
    }

    private static List<Crawler> toGlue(List<CrawlerRecord> records) {
        Instant now = Instant.now();
        return records.stream().map(record -> record.toGlue(now)).toList();
    }

    private static CrawlerMetrics metrics(CrawlerRecord crawler, Totals totals) {
        CrawlRecord active = crawler.active();
        Double median = totals.medianSeconds();
        Optional<Double> left = active == null ? Optional.of(0.0) : TimeLeft.of(active, median, Instant.now());
        return CrawlerMetrics.builder()
                .crawlerName(crawler.definition().name())
                .stillEstimating(left.isEmpty())
                .timeLeftSeconds(left.orElse(0.0))
                .lastRuntimeSeconds(totals.lastSeconds() == null ? 0 : totals.lastSeconds())
                .medianRuntimeSeconds(median == null ? 0 : median)
                .tablesCreated((int) totals.created())
                .tablesUpdated((int) totals.updated())
                .tablesDeleted((int) totals.deleted())
                .build();
    }

    private static CrawlerHistory history(CrawlRecord crawl) {
        return CrawlerHistory.builder()
                .crawlId(crawl.id().toString())
                .state(crawl.state().history())
                .startTime(crawl.startedAt())
                .endTime(crawl.endedAt())
                .summary(crawl.summary())
                .errorMessage(crawl.error())
                .logStream(crawl.crawler())
                .messagePrefix(crawl.id().toString())
                .dpuHour(0.0)
                .build();
    }

    /** An unset schedule must not come back as an empty one. */
    private static Crawler withoutEmptySchedule(Crawler crawler) {
        String expression = crawler.schedule().scheduleExpression();
        return expression == null || expression.isBlank()
                ? crawler.toBuilder().schedule((Schedule) null).build()
                : crawler;
    }

    private static <T> void set(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    private static String name(@Nullable String name) {
        return required(name, "Name");
    }

    private static String required(@Nullable String value, String member) {
        if (value == null || value.isBlank()) {
            throw InvalidInputException.builder()
                    .message(member + " is missing")
                    .build();
        }
        return value;
    }
}
