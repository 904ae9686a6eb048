package dev.mastic.crawler.crawl;

import dev.mastic.crawler.folder.FolderStore;
import dev.mastic.wire.rest.RestRoute;
import org.jdbi.v3.core.Jdbi;
import software.amazon.awssdk.services.glue.GlueClient;

import javax.sql.DataSource;
import java.time.Clock;
import java.util.List;

/** The parts of this package, wired. */
public record CrawlerParts(
        List<GlueClient> operations, List<RestRoute> routes, CrawlRunner runner, FolderStore folders) {

    public CrawlerParts {
        operations = List.copyOf(operations);
        routes = List.copyOf(routes);
    }

    /**
     * Wires the parts.
     *
     * @param dataSource of a database whose schema {@code crawler} is up to date
     * @param stores where the targets are
     * @param catalog gets the tables
     * @param clock that schedules go by
     */
    public static CrawlerParts of(DataSource dataSource, TargetStores stores, GlueClient catalog, Clock clock) {
        Jdbi jdbi = Jdbi.create(dataSource);
        CrawlStore crawls = new CrawlStore(jdbi);
        FolderStore folders = new FolderStore(jdbi);
        ClassifierStore classifiers = new ClassifierStore(jdbi);
        CrawlRunner runner =
                new CrawlRunner(crawls, new CrawlSources(stores, folders, classifiers, catalog), catalog, clock);
        return new CrawlerParts(
                List.of(
                        new CrawlerOperations(new CrawlerStore(jdbi), crawls, runner, classifiers),
                        new ClassifierOperations(classifiers)),
                new CrawlRoutes(crawls, runner).routes(),
                runner,
                folders);
    }
}
