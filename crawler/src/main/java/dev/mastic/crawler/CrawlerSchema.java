package dev.mastic.crawler;

import org.flywaydb.core.Flyway;

import javax.sql.DataSource;

/** The PostgreSQL schema {@code crawler}. */
public final class CrawlerSchema {
    private CrawlerSchema() {}

    /** Brings the schema to the newest version; several servers may do so at once. */
    public static void migrate(DataSource dataSource) {
        Flyway.configure(CrawlerSchema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/crawler")
                .defaultSchema("crawler")
                .createSchemas(true)
                .load()
                .migrate();
    }
}
