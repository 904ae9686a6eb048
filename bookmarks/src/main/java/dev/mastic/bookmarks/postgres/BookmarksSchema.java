package dev.mastic.bookmarks.postgres;

import org.flywaydb.core.Flyway;

import javax.sql.DataSource;

/** The PostgreSQL schema {@code bookmarks}. */
public final class BookmarksSchema {
    private BookmarksSchema() {}

    /** Brings the schema to the newest version; several servers may do so at once. */
    public static void migrate(DataSource dataSource) {
        Flyway.configure(BookmarksSchema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/bookmarks")
                .defaultSchema("bookmarks")
                .createSchemas(true)
                .load()
                .migrate();
    }
}
