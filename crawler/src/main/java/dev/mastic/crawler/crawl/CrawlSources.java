package dev.mastic.crawler.crawl;

import dev.mastic.crawler.classify.CustomClassifier;
import dev.mastic.crawler.dynamodb.DynamoDbSource;
import dev.mastic.crawler.find.CrawlSource;
import dev.mastic.crawler.folder.FolderStore;
import dev.mastic.crawler.jdbc.JdbcSource;
import dev.mastic.crawler.lake.LakeKind;
import dev.mastic.crawler.lake.LakeSource;
import dev.mastic.crawler.partition.GroupingOptions;
import dev.mastic.crawler.queue.EventQueues;
import dev.mastic.crawler.source.Cancellation;
import dev.mastic.crawler.source.ObjectStore;
import dev.mastic.wire.GlueJson;
import dev.mastic.wire.rest.Json;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Classifier;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerTargets;
import software.amazon.awssdk.services.glue.model.DeltaTarget;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.HudiTarget;
import software.amazon.awssdk.services.glue.model.IcebergTarget;
import software.amazon.awssdk.services.glue.model.RecrawlBehavior;
import software.amazon.awssdk.services.glue.model.S3Target;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Makes the sources of a crawler's targets: one line for each kind. Thread-safe. */
final class CrawlSources {
    private final ObjectStore store;
    private final FolderStore folders;
    private final ClassifierStore classifiers;
    private final @Nullable DynamoDbClient dynamoDb;
    private final GlueClient catalog;
    private final EventQueues queues;

    /** @param catalog has the connections of targets */
    CrawlSources(TargetStores stores, FolderStore folders, ClassifierStore classifiers, GlueClient catalog) {
        this.store = new ObjectStore(stores.s3());
        this.dynamoDb = stores.dynamoDb();
        this.queues = stores.queues();
        this.folders = folders;
        this.classifiers = classifiers;
        this.catalog = catalog;
    }

    /**
     * What one run looks through.
     *
     * @param sources in the order of the targets
     */
    record Inputs(List<CrawlSource> sources, FolderMemory memory) {
        Inputs {
            sources = List.copyOf(sources);
        }

        CrawlMode mode() {
            return memory.mode();
        }

        /** Told when all that was found is in the catalog. */
        void completed() {
            sources.forEach(CrawlSource::completed);
            memory.completed();
        }
    }

    /**
     * The sources of a run.
     *
     * @param warn told of messages in queues that cannot be understood
     */
    Inputs of(CrawlStore.Started run, Cancellation cancellation, Consumer<String> warn) {
        Crawler crawler = run.crawler();
        GroupingOptions grouping =
                CrawlerConfiguration.parse(crawler.configuration()).grouping();
        List<Classifier> own = classifiers(crawler);
        List<CustomClassifier> custom = ClassifierRules.compile(own);
        boolean complete = folders.open(crawler.name(), definition(crawler, own));
        if (run.kind() == RunKind.CRAWL && run.applies() == null) {
            drain(crawler, cancellation, warn);
        }
        FolderMemory memory =
                new FolderMemory(folders, crawler.name(), mode(run, complete), folders.touched(crawler.name()));
        List<CrawlSource> sources = new ArrayList<>();
        crawler.targets()
                .s3Targets()
                .forEach(target -> sources.add(new S3Source(target, grouping, store, custom, memory)));
        addLakes(crawler.targets(), sources);
        crawler.targets().jdbcTargets().forEach(target -> sources.add(new JdbcSource(target, catalog)));
        crawler.targets().dynamoDBTargets().forEach(target -> sources.add(new DynamoDbSource(target, dynamoDb)));
        CatalogTableSource.Stores stores = new CatalogTableSource.Stores(catalog, store, custom, memory, dynamoDb);
        crawler.targets()
                .catalogTargets()
                .forEach(target -> target.tables()
                        .forEach(table -> sources.add(new CatalogTableSource(target.databaseName(), table, stores))));
        return new Inputs(sources, memory);
    }

    private void addLakes(CrawlerTargets targets, List<CrawlSource> sources) {
        for (DeltaTarget target : targets.deltaTargets()) {
            target.deltaTables()
                    .forEach(path -> sources.add(new LakeSource(LakeKind.DELTA, path, List.of(), 0, store)));
        }
        for (IcebergTarget target : targets.icebergTargets()) {
            int depth = LakeTargetRules.depth(target.maximumTraversalDepth());
            target.paths()
                    .forEach(path ->
                            sources.add(new LakeSource(LakeKind.ICEBERG, path, target.exclusions(), depth, store)));
        }
        for (HudiTarget target : targets.hudiTargets()) {
            int depth = LakeTargetRules.depth(target.maximumTraversalDepth());
            target.paths()
                    .forEach(path ->
                            sources.add(new LakeSource(LakeKind.HUDI, path, target.exclusions(), depth, store)));
        }
    }

    /** Takes the messages of the crawler's queues; the folders that they name wait in the database from then on. */
    private void drain(Crawler crawler, Cancellation cancellation, Consumer<String> warn) {
        crawler.targets().s3Targets().stream()
                .map(S3Target::eventQueueArn)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(arn -> queues.drain(arn, cancellation, named -> folders.touch(crawler.name(), named), warn));
    }

    /** All that decides which objects are read and what is made of them: a crawler that was edited reads all anew. */
    private static String definition(Crawler crawler, List<Classifier> classifiers) {
        return Json.text(List.of(
                GlueJson.write(crawler.targets()),
                classifiers.stream().map(GlueJson::write).toList(),
                crawler.configuration() == null ? "" : crawler.configuration(),
                behavior(crawler).toString()));
    }

    /** The crawler's classifiers as they are now. */
    private List<Classifier> classifiers(Crawler crawler) {
        try {
            return classifiers.loadAll(crawler.classifiers());
        } catch (EntityNotFoundException e) {
            throw new CrawlFailure(ClassifierStore.message(e));
        }
    }

    static RecrawlBehavior behavior(Crawler crawler) {
        return crawler.recrawlPolicy() == null || crawler.recrawlPolicy().recrawlBehavior() == null
                ? RecrawlBehavior.CRAWL_EVERYTHING
                : crawler.recrawlPolicy().recrawlBehavior();
    }

    /**
     * How much is looked at. The first crawl of a definition looks at everything, and so do plans of crawlers that wait
     * for events: a plan must not take events away.
     */
    private static CrawlMode mode(CrawlStore.Started run, boolean complete) {
        if (!complete) {
            return CrawlMode.EVERYTHING;
        }
        return switch (behavior(run.crawler())) {
            case CRAWL_NEW_FOLDERS_ONLY -> CrawlMode.NEW_FOLDERS;
            case CRAWL_EVENT_MODE ->
                run.kind() == RunKind.PLAN || run.applies() != null ? CrawlMode.EVERYTHING : CrawlMode.EVENTS;
            case CRAWL_EVERYTHING, UNKNOWN_TO_SDK_VERSION -> CrawlMode.EVERYTHING;
        };
    }
}
