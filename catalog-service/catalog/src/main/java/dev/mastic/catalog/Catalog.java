package dev.mastic.catalog;

import dev.mastic.catalog.database.DatabaseEntity;
import dev.mastic.catalog.database.DatabaseOperations;
import dev.mastic.catalog.partition.PartitionOperations;
import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Transactions;
import dev.mastic.catalog.table.TableEntity;
import dev.mastic.catalog.table.TableOperations;
import dev.mastic.catalog.table.TableVersionEntity;
import dev.mastic.catalog.table.TableVersionOperations;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import software.amazon.awssdk.services.glue.GlueClient;

import javax.sql.DataSource;
import java.util.List;

/** The Data Catalog: one account's databases, tables, versions and partitions. Thread-safe. */
public final class Catalog implements AutoCloseable {
    private final SessionFactory sessions;
    private final List<GlueClient> operations;

    private Catalog(SessionFactory sessions, String accountId) {
        this.sessions = sessions;
        Transactions transactions = new Transactions(sessions);
        CatalogId catalogId = new CatalogId(accountId);
        this.operations = List.of(
                new DatabaseOperations(transactions, catalogId),
                new TableOperations(transactions, catalogId),
                new TableVersionOperations(transactions, catalogId),
                new PartitionOperations(transactions, catalogId));
    }

    /**
     * Migrates the schema and opens the catalog.
     *
     * @param dataSource a pool of connections; not closed by this object
     * @param accountId the account, and the id of the one catalog
     */
    public static Catalog open(DataSource dataSource, String accountId) {
        CatalogSchema.migrate(dataSource);
        StandardServiceRegistry registry = new StandardServiceRegistryBuilder()
                .applySetting(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, dataSource)
                .applySetting(AvailableSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, false)
                .build();
        SessionFactory sessions = new MetadataSources(registry)
                .addAnnotatedClass(DatabaseEntity.class)
                .addAnnotatedClass(TableEntity.class)
                .addAnnotatedClass(TableVersionEntity.class)
                .buildMetadata()
                .buildSessionFactory();
        return new Catalog(sessions, accountId);
    }

    /** The parts that answer the operations of the catalog. */
    public List<GlueClient> operations() {
        return operations;
    }

    @Override
    public void close() {
        sessions.close();
    }
}
