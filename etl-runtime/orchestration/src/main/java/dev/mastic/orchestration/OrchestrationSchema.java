package dev.mastic.orchestration;

import org.flywaydb.core.Flyway;

import javax.sql.DataSource;

/** The PostgreSQL schema {@code orchestration}. */
public final class OrchestrationSchema {
    private OrchestrationSchema() {}

    /** Brings the schema to the newest version; several servers may do so at once. */
    public static void migrate(DataSource dataSource) {
        Flyway.configure(OrchestrationSchema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/orchestration")
                .defaultSchema("orchestration")
                .createSchemas(true)
                .load()
                .migrate();
    }
}
