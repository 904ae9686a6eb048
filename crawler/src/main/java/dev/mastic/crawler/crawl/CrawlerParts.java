package dev.mastic.crawler.crawl;

import dev.mastic.crawler.folder.FolderStore;
import dev.mastic.crawler.source.ObjectStore;
import dev.mastic.wire.rest.RestRoute;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

import javax.sql.DataSource;
import java.time.Clock;
import java.util.List;

/** The parts of this package, wired. */
public record CrawlerParts(
        CrawlerOperations operations, List<RestRoute> routes, CrawlRunner runner, FolderStore folders) {

    public CrawlerParts {
        routes = List.copyOf(routes);
    }

    /**
     * Wires the parts.
     *
     * @param dataSource of a database whose schema {@code crawler} is up to date
     * @param dynamoDb null when there is none
     * @param catalog gets the tables
     * @param clock that schedules go by
     */
    public static CrawlerParts of(
            DataSource dataSource, S3Client s3, @Nullable DynamoDbClient dynamoDb, GlueClient catalog, Clock clock) {
        Jdbi jdbi = Jdbi.create(dataSource);
        CrawlStore crawls = new CrawlStore(jdbi);
        FolderStore folders = new FolderStore(jdbi);
        CrawlRunner runner = new CrawlRunner(
                crawls, new CrawlSources(new ObjectStore(s3), folders, dynamoDb, catalog), catalog, clock);
        return new CrawlerParts(
                new CrawlerOperations(new CrawlerStore(jdbi), crawls, runner),
                new CrawlRoutes(crawls, runner).routes(),
                runner,
                folders);
    }
}
