package dev.mastic.catalog;

import dev.mastic.catalog.connection.ConnectionOperations;
import dev.mastic.catalog.database.DatabaseEntity;
import dev.mastic.catalog.database.DatabaseOperations;
import dev.mastic.catalog.function.FunctionOperations;
import dev.mastic.catalog.index.PartitionIndexOperations;
import dev.mastic.catalog.partition.PartitionOperations;
import dev.mastic.catalog.partition.PartitionUpdateOperations;
import dev.mastic.catalog.partition.StoredSortKeys;
import dev.mastic.catalog.policy.PolicyOperations;
import dev.mastic.catalog.root.CatalogOperations;
import dev.mastic.catalog.search.SearchOperations;
import dev.mastic.catalog.secret.InvalidKeyException;
import dev.mastic.catalog.secret.KeyRegister;
import dev.mastic.catalog.security.SecurityOperations;
import dev.mastic.catalog.statistics.StatisticsOperations;
import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Names;
import dev.mastic.catalog.store.Outcome;
import dev.mastic.catalog.store.Transactions;
import dev.mastic.catalog.table.TableEntity;
import dev.mastic.catalog.table.TableOperations;
import dev.mastic.catalog.table.TableUpdates;
import dev.mastic.catalog.table.TableVersionEntity;
import dev.mastic.catalog.table.TableVersionOperations;
import dev.mastic.catalog.table.TableVersionRoutes;
import dev.mastic.wire.GlueDispatcher;
import dev.mastic.wire.rest.RestRoute;
import dev.mastic.wire.tag.TagColumn;
import dev.mastic.wire.tag.TaggedResources;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import software.amazon.awssdk.services.glue.GlueClient;

import javax.sql.DataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The Data Catalog: one account's databases, tables, versions and partitions. Its operations throw Glue's exceptions, and
 * {@link CatalogUnavailableException} while PostgreSQL does not answer. Thread-safe.
 */
public final class Catalog implements AutoCloseable {
    private final SessionFactory sessions;
    private final List<GlueClient> operations;
    private final List<RestRoute> routes;
    private final List<TaggedResources> taggedResources;

    private Catalog(
            SessionFactory sessions,
            DataSource dataSource,
            String accountId,
            String address,
            CatalogSettings settings) {
        this.sessions = sessions;
        this.taggedResources = List.of(
                TagColumn.named(dataSource, "database", "catalog.database", name -> Names.fold(name, "Database")),
                TagColumn.named(dataSource, "connection", "catalog.connection", UnaryOperator.identity()));
        Transactions transactions = new Transactions(
                sessions, (outcome, cause) -> new CatalogUnavailableException(address, outcome, cause));
        if (settings.secretKeys() != null) {
            new KeyRegister(transactions).enter(settings.secretKeys());
        }
        CatalogId catalogId = new CatalogId(accountId);
        TableUpdates updates = new TableUpdates(transactions, settings.archivedVersions(), new StoredSortKeys());
        this.operations = List.of(
                new DatabaseOperations(transactions, catalogId),
                new TableOperations(transactions, catalogId, updates),
                new TableVersionOperations(transactions, catalogId),
                new PartitionOperations(transactions, catalogId),
                new PartitionUpdateOperations(transactions, catalogId),
                new FunctionOperations(transactions, catalogId),
                new PartitionIndexOperations(transactions, catalogId),
                new StatisticsOperations(transactions, catalogId),
                new SearchOperations(transactions, catalogId),
                new ConnectionOperations(transactions, catalogId, settings.secretKeys()),
                new PolicyOperations(transactions, catalogId, settings.region()),
                new SecurityOperations(transactions, catalogId),
                new CatalogOperations(catalogId, settings.region()));
        this.routes = new TableVersionRoutes(updates).routes();
    }

    /**
     * Migrates the schema and opens the catalog, with {@link CatalogSettings#DEFAULT}.
     *
     * @param dataSource a pool of connections; not closed by this object
     * @param accountId the account, and the id of the one catalog
     * @throws CatalogUnavailableException when PostgreSQL does not answer
     */
    public static Catalog open(DataSource dataSource, String accountId) {
        return open(dataSource, accountId, CatalogSettings.DEFAULT);
    }

    /**
     * Migrates the schema and opens the catalog.
     *
     * @param dataSource a pool of connections; not closed by this object
     * @param accountId the account, and the id of the one catalog
     * @throws CatalogUnavailableException when PostgreSQL does not answer
     * @throws InvalidKeyException when the secrets in the database need other keys than the settings have
     */
    public static Catalog open(DataSource dataSource, String accountId, CatalogSettings settings) {
        String address = address(dataSource);
        CatalogSchema.migrate(dataSource);
        StandardServiceRegistry registry = new StandardServiceRegistryBuilder()
                .applySetting(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, dataSource)
                .applySetting(AvailableSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, false)
                // Failures are thrown, or are answers: of many creates of one name, one wins.
                .applySetting(AvailableSettings.LOG_JDBC_ERRORS, false)
                .build();
        SessionFactory sessions = new MetadataSources(registry)
                .addAnnotatedClass(DatabaseEntity.class)
                .addAnnotatedClass(TableEntity.class)
                .addAnnotatedClass(TableVersionEntity.class)
                .buildMetadata()
                .buildSessionFactory();
        try {
            return new Catalog(sessions, dataSource, accountId, address, settings);
        } catch (RuntimeException e) {
            sessions.close();
            throw e;
        }
    }

    private static String address(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return address(connection.getMetaData().getURL());
        } catch (SQLException e) {
            if (!GlueDispatcher.isDatabaseAway(e)) {
                throw new IllegalStateException("The catalog cannot connect to its PostgreSQL: " + e.getMessage(), e);
            }
            throw new CatalogUnavailableException("the configured address", Outcome.NOTHING_CHANGED, e);
        }
    }

    /** Host, port and database of a JDBC address; users and passwords can be before an {@code @} and after a question mark. */
    static String address(String jdbcUrl) {
        String address = jdbcUrl.replaceFirst("^jdbc:[a-z]+:(//)?", "").replaceFirst("[?].*$", "");
        return address.substring(address.lastIndexOf('@') + 1);
    }

    /** The parts that answer the operations of the catalog. */
    public List<GlueClient> operations() {
        return operations;
    }

    /** Tags of databases and connections. */
    public List<TaggedResources> taggedResources() {
        return taggedResources;
    }

    /** The catalog's part of the REST API. */
    public List<RestRoute> routes() {
        return routes;
    }

    @Override
    public void close() {
        sessions.close();
    }
}
