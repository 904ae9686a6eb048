package dev.mastic.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mastic.catalog.Catalog;
import dev.mastic.catalog.CatalogSettings;
import dev.mastic.crawler.Crawlers;
import dev.mastic.crawler.crawl.TargetStores;
import dev.mastic.crawler.queue.EventQueues;
import dev.mastic.embedded.objectstore.EmbeddedObjectStore;
import dev.mastic.embedded.objectstore.ObjectEvent;
import dev.mastic.embedded.objectstore.ObjectEventListener;
import dev.mastic.embedded.postgres.EmbeddedPostgres;
import dev.mastic.orchestration.Orchestration;
import dev.mastic.orchestration.OrchestrationSettings;
import dev.mastic.orchestration.event.BucketEvent;
import dev.mastic.orchestration.launch.DriverEnvironment;
import dev.mastic.registry.RegistryLimits;
import dev.mastic.registry.SchemaRegistry;
import dev.mastic.server.config.ConfigException;
import dev.mastic.server.config.Setting;
import dev.mastic.server.config.Settings;
import dev.mastic.server.http.Api;
import dev.mastic.server.http.Health;
import dev.mastic.server.http.HttpListener;
import dev.mastic.server.slow.SlowQueryLog;
import dev.mastic.wire.GlueDispatcher;
import dev.mastic.wire.rest.RestRoute;
import dev.mastic.wire.sigv4.AccessKeys.AccessKey;
import dev.mastic.wire.sigv4.SignatureVerifier;
import dev.mastic.wire.tag.TagOperations;
import dev.mastic.wire.tag.TaggedResources;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

import javax.sql.DataSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One Mastic server: everything that {@code mastic server} runs, joined. Stops its parts in the reverse order of their
 * start. Several servers may run in one process on different folders and ports.
 */
public final class MasticServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MasticServer.class);
    private static final int CONNECTIONS = 24;
    private static final int SECONDS_OF_THE_LONGEST_STATEMENT = 300;
    private static final long MILLIS_TO_WAIT_FOR_A_CONNECTION = 5_000;

    private final Settings settings;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final AtomicReference<@Nullable ObjectEventListener> eventListener = new AtomicReference<>();
    private @Nullable URI address;
    private @Nullable URI s3Endpoint;
    private @Nullable EmbeddedPostgres postgres;

    private MasticServer(Settings settings) {
        this.settings = settings;
    }

    /**
     * Starts a server; returns when it is ready.
     *
     * @param driverHome folder with the driver's jars and its {@code jvm-options}
     * @throws RuntimeException of the part that does not start, with a message that says what to do; what was started
     *     before is stopped
     */
    public static MasticServer start(Settings settings, Path driverHome) {
        MasticServer server = new MasticServer(settings);
        try {
            server.startParts(driverHome);
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private void startParts(Path driverHome) {
        long start = System.nanoTime();
        if (!Files.isDirectory(driverHome)) {
            throw new ConfigException(
                    "The driver's jars are missing at " + driverHome + "; build Mastic by ./mastic build");
        }
        Path data = settings.data();
        makeFolder(data);
        HttpListener listener = started(HttpListener.start(settings.text(Setting.HOST), settings.number(Setting.PORT)));
        address = listener.address();
        PrometheusMeterRegistry metrics = metrics();
        DataSource dataSource = observed(started(dataSource(data, metrics)), metrics);
        S3Client s3 = started(s3(data));

        String account = settings.text(Setting.ACCOUNT_ID);
        Catalog catalog = started(Catalog.open(dataSource, account, catalogSettings()));
        GlueClient catalogClient = new GlueDispatcher(catalog.operations()).client();
        SchemaRegistry registry = SchemaRegistry.open(
                dataSource,
                settings.text(Setting.REGION),
                account,
                new RegistryLimits(
                        settings.number(Setting.MAX_REGISTRIES), settings.number(Setting.MAX_SCHEMA_VERSIONS)));
        Queues queues = started(new Queues(settings, s3AccessKey(), s3SecretKey()));
        CrawlStores crawlStores = started(CrawlStores.open(settings));
        TargetStores targets = new TargetStores(s3, crawlStores.dynamoDb(), new EventQueues(queues::client));
        Crawlers crawlers = started(Crawlers.open(dataSource, targets, catalogClient, Clock.systemUTC()));
        Orchestration orchestration = started(
                Orchestration.open(orchestrationSettings(driverHome, crawlStores), dataSource, s3, catalogClient));

        orchestration
                .events()
                .alsoTell(events -> crawlers.touched(events.stream()
                        .map(event -> new Crawlers.TouchedObject(event.bucket(), event.key()))
                        .toList()));
        orchestration.metrics().bindTo(metrics);

        List<GlueClient> operations = new ArrayList<>(catalog.operations());
        operations.addAll(registry.operations());
        operations.addAll(crawlers.operations());
        operations.addAll(orchestration.operations());
        List<TaggedResources> tagged = new ArrayList<>(catalog.taggedResources());
        tagged.addAll(registry.taggedResources());
        tagged.addAll(crawlers.taggedResources());
        tagged.addAll(orchestration.taggedResources());
        operations.add(new TagOperations(settings.text(Setting.REGION), account, tagged));
        List<RestRoute> routes = new ArrayList<>(catalog.routes());
        routes.addAll(crawlers.routes());
        routes.addAll(orchestration.routes());
        routes.addAll(registry.routes());

        eventListener.set(event -> orchestration.events().accept(List.of(bucketEvent(event))));
        listener.serve(new Api(
                new GlueDispatcher(operations),
                routes,
                new SignatureVerifier(this::accessKey, "glue", Clock.systemUTC()),
                new Health(dataSource, s3),
                metrics));
        crawlers.start();
        orchestration.start();
        LOG.info("Ready at {} after {} ms; S3 at {}", address, (System.nanoTime() - start) / 1_000_000, s3Endpoint);
    }

    private Optional<AccessKey> accessKey(String id) {
        return id.equals(settings.text(Setting.ACCESS_KEY))
                ? Optional.of(new AccessKey(id, settings.text(Setting.SECRET_KEY), id))
                : Optional.empty();
    }

    private CatalogSettings catalogSettings() {
        return new CatalogSettings(
                settings.number(Setting.CATALOG_ARCHIVED_VERSIONS),
                settings.text(Setting.REGION),
                SecretKeyFile.read(settings).orElse(null));
    }

    private OrchestrationSettings orchestrationSettings(Path driverHome, CrawlStores stores) {
        return new OrchestrationSettings(
                settings.data(),
                driverHome,
                new DriverEnvironment(
                        address(),
                        s3Endpoint(),
                        settings.text(Setting.REGION),
                        settings.text(Setting.ACCESS_KEY),
                        settings.text(Setting.SECRET_KEY),
                        s3AccessKey(),
                        s3SecretKey(),
                        stores.driversFolder(),
                        stores.driverVariables()),
                settings.number(Setting.MAX_DRIVERS),
                new OrchestrationSettings.Times(
                        settings.seconds(Setting.HEARTBEAT_SECONDS),
                        settings.seconds(Setting.LEASE_SECONDS),
                        settings.seconds(Setting.EVENTS_RETRY_SECONDS)),
                settings.optional(Setting.WEBHOOK_TOKEN).orElse(null));
    }

    private static BucketEvent bucketEvent(ObjectEvent event) {
        return new BucketEvent(
                event.name(), event.bucket(), event.key(), event.etag(), event.size(), event.sequencer(), event.time());
    }

    private HikariDataSource dataSource(Path data, PrometheusMeterRegistry metrics) {
        HikariConfig config = new HikariConfig();
        if (settings.text(Setting.POSTGRES).isEmpty()) {
            EmbeddedPostgres embedded =
                    started(EmbeddedPostgres.start(data.resolve("postgres"), data.resolve("postgres-binaries")));
            postgres = embedded;
            config.setJdbcUrl(embedded.jdbcUrl());
            config.setUsername(embedded.user());
            config.setPassword(embedded.password());
        } else {
            config.setJdbcUrl(settings.text(Setting.POSTGRES));
            settings.optional(Setting.POSTGRES_USER).ifPresent(config::setUsername);
            settings.optional(Setting.POSTGRES_PASSWORD).ifPresent(config::setPassword);
        }
        config.setPoolName("mastic");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(MILLIS_TO_WAIT_FOR_A_CONNECTION);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", Integer.toString(SECONDS_OF_THE_LONGEST_STATEMENT));
        // So that PostgreSQL soon gives back what a server whose machine died has locked.
        config.addDataSourceProperty(
                "options", "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3");
        config.setMetricRegistry(metrics);
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new ConfigException("PostgreSQL at " + config.getJdbcUrl() + " does not answer: " + rootCause(e)
                    + ". Check postgres, postgres-user and postgres-password");
        }
    }

    private DataSource observed(HikariDataSource pool, PrometheusMeterRegistry metrics) {
        int millis = settings.number(Setting.SLOW_QUERY_MILLIS);
        if (millis == 0) {
            return pool;
        }
        return started(new SlowQueryLog(pool, Duration.ofMillis(millis), metrics))
                .dataSource();
    }

    private S3Client s3(Path data) {
        if (settings.s3Endpoint().isPresent()) {
            s3Endpoint = settings.s3Endpoint().get();
        } else {
            EmbeddedObjectStore store = started(EmbeddedObjectStore.start(
                    data.resolve("buckets"),
                    settings.text(Setting.HOST),
                    settings.number(Setting.S3_PORT),
                    s3AccessKey(),
                    s3SecretKey(),
                    this::onObjectEvent));
            s3Endpoint = store.endpoint();
        }
        return S3Client.builder()
                .endpointOverride(s3Endpoint)
                .forcePathStyle(true)
                .region(Region.of(settings.text(Setting.REGION)))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(s3AccessKey(), s3SecretKey())))
                .build();
    }

    private String s3AccessKey() {
        return settings.optional(Setting.S3_ACCESS_KEY).orElse(settings.text(Setting.ACCESS_KEY));
    }

    private String s3SecretKey() {
        return settings.optional(Setting.S3_SECRET_KEY).orElse(settings.text(Setting.SECRET_KEY));
    }

    private void onObjectEvent(ObjectEvent event) {
        ObjectEventListener listener = eventListener.get();
        if (listener == null) {
            throw new IllegalStateException("Mastic is starting; send the request again");
        }
        listener.onEvent(event);
    }

    private PrometheusMeterRegistry metrics() {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        parts.push(metrics::close);
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmThreadMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        started(new JvmGcMetrics()).bindTo(metrics);
        return metrics;
    }

    /** Address of the API. */
    public URI address() {
        return present(address);
    }

    /** Address of the object store. */
    public URI s3Endpoint() {
        return present(s3Endpoint);
    }

    /** Process id of the embedded PostgreSQL; empty when another is used. */
    public Optional<Long> postgresPid() {
        return Optional.ofNullable(postgres).map(EmbeddedPostgres::pid);
    }

    private static URI present(@Nullable URI address) {
        if (address == null) {
            throw new IllegalStateException("The server has not started");
        }
        return address;
    }

    private <T extends AutoCloseable> T started(T part) {
        parts.push(part);
        return part;
    }

    /** Stops taking requests and runs, gives runs back to the queue, and stops the embedded stores. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not stop properly", part.getClass().getSimpleName(), e);
            }
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ConfigException(
                    "The data folder " + folder + " cannot be made: " + e + ". Choose another by --data");
        }
    }

    private static String rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
