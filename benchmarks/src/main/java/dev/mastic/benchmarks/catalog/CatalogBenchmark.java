package dev.mastic.benchmarks.catalog;

import dev.mastic.benchmarks.Clients;
import org.postgresql.ds.PGSimpleDataSource;
import software.amazon.awssdk.services.glue.GlueClient;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Set;

/** Runs the blocks of the benchmark against a server and the PostgreSQL under it. */
public final class CatalogBenchmark {
    private CatalogBenchmark() {}

    /**
     * @param arguments API address; JDBC address, user and password of its PostgreSQL; partitions of the large table;
     *     tables; the file with Hive Metastore's figures; the names of the blocks to run
     */
    public static void main(String[] arguments) throws Exception {
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setUrl(arguments[1]);
        postgres.setUser(arguments[2]);
        postgres.setPassword(arguments[3]);
        int partitions = Integer.parseInt(arguments[4]);
        int tables = Integer.parseInt(arguments[5]);
        Set<String> blocks = Set.of(arguments[7].split(","));
        try (GlueClient glue = Clients.glue(URI.create(arguments[0]));
                Connection sql = postgres.getConnection()) {
            glue.createDatabase(request -> request.databaseInput(input -> input.name("bench")));
            if (blocks.contains("hive")) {
                new HiveBlock(glue, sql, Path.of(arguments[6])).run();
            }
            if (blocks.contains("filter")) {
                Path plans = Path.of(arguments[6]).resolveSibling("plans.txt");
                new FilterBlock(glue, new RawGlue(URI.create(arguments[0])), sql, partitions, plans).run();
            }
            if (blocks.contains("walk")) {
                new WalkBlock(glue, sql, partitions, tables).run();
            }
            if (blocks.contains("clients")) {
                new ClientsBlock(glue).run();
            }
        }
    }
}
