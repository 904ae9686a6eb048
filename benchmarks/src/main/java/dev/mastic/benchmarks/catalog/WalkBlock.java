package dev.mastic.benchmarks.catalog;

import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Walks all partitions of a large table in five segments, and all tables of a database page by page. */
final class WalkBlock {
    private static final int SEGMENTS = 5;
    private static final int DATABASES = 10_000;

    private final GlueClient glue;
    private final Connection sql;
    private final int partitions;
    private final int tables;

    WalkBlock(GlueClient glue, Connection sql, int partitions, int tables) {
        this.glue = glue;
        this.sql = sql;
        this.partitions = partitions;
        this.tables = tables;
    }

    void run() throws Exception {
        System.out.println();
        long start = System.nanoTime();
        long found = segments();
        Figures.require(found == partitions, partitions + " partitions, found " + found);
        System.out.printf(
                "GetPartitions of %,d in %d segments without column schemas: %.1f s%n",
                partitions, SEGMENTS, (System.nanoTime() - start) / 1e9);
        start = System.nanoTime();
        Figures.require(bare() >= partitions, "all rows");
        System.out.printf("  bare SQL reads them in one pass in %.1f s%n", (System.nanoTime() - start) / 1e9);
        fillTables();
        walkTables();
    }

    private long segments() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(SEGMENTS);
        try {
            List<Future<Long>> parts = new ArrayList<>();
            for (int segment = 0; segment < SEGMENTS; segment++) {
                int number = segment;
                parts.add(pool.submit(() -> glue
                        .getPartitionsPaginator(request -> request.databaseName("bench")
                                .tableName("large")
                                .excludeColumnSchema(true)
                                .maxResults(1000)
                                .segment(part -> part.segmentNumber(number).totalSegments(SEGMENTS)))
                        .stream()
                        .map(GetPartitionsResponse::partitions)
                        .mapToLong(List::size)
                        .sum()));
            }
            long found = 0;
            for (Future<Long> part : parts) {
                found += part.get();
            }
            return found;
        } finally {
            pool.shutdownNow();
        }
    }

    private long bare() throws SQLException {
        sql.setAutoCommit(false);
        try (Statement statement = sql.createStatement()) {
            statement.setFetchSize(1000);
            long rows = 0;
            try (ResultSet all = statement.executeQuery("select values, definition from bare.large")) {
                while (all.next()) {
                    all.getString(2);
                    rows++;
                }
            }
            return rows;
        } finally {
            sql.setAutoCommit(true);
        }
    }

    /** By SQL, as the API's time for it is that of CreateTable, which the first block has. */
    private void fillTables() throws SQLException {
        glue.createDatabase(request -> request.databaseInput(input -> input.name("wide")));
        glue.createTable(request -> request.databaseName("wide").tableInput(Entries.table("t")));
        try (Statement statement = sql.createStatement()) {
            statement.executeUpdate("insert into catalog.table_entry (database_id, name, version, definition)"
                    + " select t.database_id, 't' || n, 0, replace(t.definition, '\"Name\":\"t\"',"
                    + " '\"Name\":\"t' || n || '\"') from catalog.table_entry t, generate_series(1, " + (tables - 1)
                    + ") n where t.name = 't' and t.database_id ="
                    + " (select id from catalog.database where name = 'wide')");
            statement.executeUpdate("insert into catalog.database (name, definition)"
                    + " select 'd' || n, '{\"Name\":\"d' || n || '\"}' from generate_series(1, " + DATABASES + ") n");
            statement.execute("vacuum analyze catalog.table_entry, catalog.database");
        }
    }

    private void walkTables() throws Exception {
        long before = read("table_entry");
        long start = System.nanoTime();
        long found = 0;
        int pages = 0;
        for (GetTablesResponse page : glue.getTablesPaginator(request -> request.databaseName("wide"))) {
            found += page.tableList().size();
            pages++;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Figures.require(found == tables, tables + " tables, found " + found);
        System.out.printf(
                "GetTables of %,d, pages of 100: %.1f s, %.2f rows read per row shown (%d pages)%n",
                tables, seconds, (read("table_entry") - before) / (double) found, pages);
        before = read("database");
        start = System.nanoTime();
        long databases = glue.getDatabasesPaginator(request -> {}).stream()
                .mapToLong(page -> page.databaseList().size())
                .sum();
        seconds = (System.nanoTime() - start) / 1e9;
        Figures.require(databases >= DATABASES, DATABASES + " databases, found " + databases);
        System.out.printf(
                "GetDatabases of %,d: %.1f s, %.2f rows read per row shown%n",
                databases, seconds, (read("database") - before) / (double) databases);
    }

    private long read(String table) throws SQLException, InterruptedException {
        // Idle connections of the server report what they read after ten seconds.
        Thread.sleep(11_000);
        try (Statement statement = sql.createStatement();
                ResultSet row = statement.executeQuery("select seq_tup_read + coalesce(idx_tup_fetch, 0)"
                        + " from pg_stat_user_tables where schemaname = 'catalog' and relname = '" + table + "'")) {
            row.next();
            return row.getLong(1);
        }
    }
}
