package dev.mastic.registry;

import org.flywaydb.core.Flyway;

import javax.sql.DataSource;

/** The PostgreSQL schema {@code registry}. */
public final class RegistrySchema {
    private RegistrySchema() {}

    /** Brings the schema to the newest version; several servers may do so at once. */
    public static void migrate(DataSource dataSource) {
        Flyway.configure(RegistrySchema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/registry")
                .defaultSchema("registry")
                .createSchemas(true)
                .load()
                .migrate();
    }
}
