package dev.mastic.catalog;

import dev.mastic.catalog.partition.StoredSortKeys;
import org.flywaydb.core.Flyway;

import javax.sql.DataSource;

/** The PostgreSQL schema of the catalog. */
public final class CatalogSchema {
    private CatalogSchema() {}

    /** Brings the schema {@code catalog} to the newest version; safe while other servers do the same. */
    public static void migrate(DataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/catalog")
                .javaMigrations(new StoredSortKeys())
                .defaultSchema("catalog")
                .schemas("catalog")
                .createSchemas(true)
                .load()
                .migrate();
    }
}
