package dev.mastic.crawler.jdbc;

import dev.mastic.crawler.connection.CatalogConnection;
import dev.mastic.crawler.find.CrawlScope;
import dev.mastic.crawler.find.CrawlSource;
import dev.mastic.crawler.find.Findings;
import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.find.ListedTarget;
import dev.mastic.crawler.find.Presence;
import dev.mastic.crawler.jdbc.DatabaseReader.Contents;
import dev.mastic.crawler.plan.CatalogTables;
import dev.mastic.crawler.source.CancelledException;
import dev.mastic.crawler.source.Glob;
import dev.mastic.crawler.source.SkipReason;
import dev.mastic.crawler.source.SourceException;
import dev.mastic.crawler.source.TargetListing.Skipped;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.JdbcTarget;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** A database, or some of its schemas and tables, by a connection of the catalog. */
public final class JdbcSource implements CrawlSource {
    private static final int EXAMPLES = 5;

    private final JdbcTarget target;
    private final GlueClient catalog;

    /** @param catalog has the target's connection */
    public JdbcSource(JdbcTarget target, GlueClient catalog) {
        this.target = target;
        this.catalog = catalog;
    }

    @Override
    public String path() {
        return target.path();
    }

    @Override
    public Findings find(CrawlScope scope) {
        CatalogConnection connection = CatalogConnection.load(catalog, target.connectionName(), "JDBC");
        JdbcAddress address = JdbcAddress.of(connection);
        IncludePath path = IncludePath.parse(target.path());
        if (!address.engine().hasSchemas() && !path.second().isEmpty()) {
            throw connection.failed("leads to " + address.engine() + ", which has no schemas; the path " + target.path()
                    + " has three parts, write database/table");
        }
        AtomicReference<@Nullable Connection> session = new AtomicReference<>();
        Contents contents;
        try {
            contents = scope.cancellation()
                    .await(scope.readers().submit(() -> read(connection, address, path, session, scope)));
        } finally {
            abort(session.getAndSet(null));
        }
        contents.warnings().forEach(scope::warn);
        return findings(contents, connection, address.engine(), path, scope);
    }

    private Contents read(
            CatalogConnection connection,
            JdbcAddress address,
            IncludePath path,
            AtomicReference<@Nullable Connection> session,
            CrawlScope scope) {
        try (Connection opened = address.open()) {
            session.set(opened);
            scope.cancellation().check();
            return new DatabaseReader(
                            connection,
                            opened,
                            address.engine(),
                            path,
                            target.exclusions().stream().map(Glob::compile).toList(),
                            scope.cancellation(),
                            scope::listed)
                    .read();
        } catch (SQLException e) {
            scope.cancellation().check();
            throw connection.failed("does not answer at " + target.path() + ": " + e.getMessage()
                    + (e.getSQLState() == null ? "" : " (SQLSTATE " + e.getSQLState() + ")"));
        } catch (SourceException | CancelledException e) {
            throw e;
        } catch (RuntimeException e) {
            // Drivers put addresses, which may hold passwords, into exceptions of any kind.
            throw connection.failed("could not be read by its driver: " + e);
        }
    }

    /** A driver that waits does not heed an interrupt: its session is cut. */
    private static void abort(@Nullable Connection session) {
        if (session == null) {
            return;
        }
        try {
            if (!session.isClosed()) {
                session.abort(Runnable::run);
            }
        } catch (SQLException | AbstractMethodError e) {
            // It is as closed as this driver can make it; the reading ends by its own time limit.
            return;
        }
    }

    private Findings findings(
            Contents contents, CatalogConnection connection, Engine engine, IncludePath path, CrawlScope scope) {
        JdbcTables tables = new JdbcTables(
                connection.name(), engine, path.database(), contents.product(), target.enableAdditionalMetadata());
        List<FoundTable> found = new ArrayList<>();
        Set<String> schemas = new HashSet<>();
        long bytes = 0;
        scope.toSample(contents.tables().size());
        for (NativeTable table : contents.tables()) {
            scope.cancellation().check();
            if (table.columns().isEmpty()) {
                scope.warn(
                        tables.location(table) + " has no columns that the connection's user may see; it is left out");
                continue;
            }
            JdbcTables.Described described = tables.describe(table);
            scope.sampled(described.sample());
            found.add(described.table());
            schemas.add(table.schema());
            bytes += table.estimate().bytes();
        }
        if (contents.tables().isEmpty()) {
            scope.warn(target.path() + " holds no tables that the user of connection " + connection.name()
                    + " may see: check the path and the user's rights");
        }
        Map<SkipReason, Skipped> skipped = new EnumMap<>(SkipReason.class);
        skipped(skipped, SkipReason.EXCLUDED, contents.excluded());
        skipped(skipped, SkipReason.PARTITION, contents.partitions());
        long left = contents.excluded().size() + contents.partitions().size();
        ListedTarget listed = new ListedTarget(
                target.path(),
                contents.tables().size() + left,
                left,
                schemas.size(),
                bytes,
                found.size(),
                skipped,
                found.size());
        Set<String> seen = new HashSet<>(contents.excluded());
        seen.addAll(contents.partitions());
        contents.tables().forEach(table -> seen.add(tables.location(table)));
        TablesOfPath known = new TablesOfPath(path, engine, connection.name(), seen);
        return new Findings(listed, found, target.exclusions(), "", known::presence);
    }

    private static void skipped(Map<SkipReason, Skipped> skipped, SkipReason reason, List<String> names) {
        if (!names.isEmpty()) {
            skipped.put(
                    reason,
                    new Skipped(names.size(), names.stream().limit(EXAMPLES).toList()));
        }
    }

    /**
     * What a path covers, for tables that were not found again.
     *
     * @param seen locations of what is there and is no table of this crawl
     */
    private record TablesOfPath(IncludePath path, Engine engine, String connection, Set<String> seen) {
        Presence presence(String place) {
            String start = path.database() + ".";
            String end = CatalogTables.CONNECTION + connection;
            if (!place.startsWith(start) || !place.endsWith(end) || place.length() <= start.length() + end.length()) {
                return Presence.UNKNOWN;
            }
            String location = place.substring(0, place.length() - end.length());
            if (seen.contains(location)) {
                return Presence.UNKNOWN;
            }
            String rest = location.substring(start.length());
            int point = engine.hasSchemas() ? rest.indexOf('.') : -1;
            boolean covered = (!engine.hasSchemas() || point > 0)
                    && IncludePath.matches(path.schema(engine), rest.substring(0, Math.max(0, point)))
                    && IncludePath.matches(path.table(engine), rest.substring(point + 1));
            return covered ? Presence.GONE : Presence.UNKNOWN;
        }
    }
}
