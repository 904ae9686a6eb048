package dev.mastic.benchmarks.catalog;

import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.PartitionValueList;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** The questions that engines ask most, to Mastic, to PostgreSQL, and to Hive Metastore on the same PostgreSQL. */
final class HiveBlock {
    private static final int ROUNDS = 7;
    private static final int PARTITIONS = 10_000;
    private static final int TABLES = 1000;
    private static final int AT_ONCE = 5;

    /** The first of numbers that nothing else has. */
    private static final int FREE = 900_000;

    private final GlueClient glue;
    private final Connection sql;
    private final Map<String, Double> hive = new HashMap<>();

    HiveBlock(GlueClient glue, Connection sql, Path figuresOfHive) throws Exception {
        this.glue = glue;
        this.sql = sql;
        for (String line : Files.readAllLines(figuresOfHive)) {
            String[] fields = line.split("\t");
            if (fields.length == 2) {
                hive.put(fields[0], Double.parseDouble(fields[1]));
            }
        }
    }

    void run() throws Exception {
        glue.createTable(request -> request.databaseName("bench")
                .tableInput(Entries.table(
                        "partitioned",
                        Entries.key("year", "int"),
                        Entries.key("month", "string"),
                        Entries.key("number", "int"))));
        Entries.fill(glue, "partitioned", PARTITIONS, HiveBlock::values);
        for (int i = 0; i < TABLES; i++) {
            String name = String.format("t%05d", i);
            glue.createTable(request -> request.databaseName("bench")
                    .tableInput(Entries.table(
                            name,
                            Entries.key("year", "int"),
                            Entries.key("month", "string"),
                            Entries.key("number", "int"))));
        }
        Figures.warmUp(
                3000,
                round -> glue.getTable(request -> request.databaseName("bench").name("partitioned")));
        Figures.warmUp(
                50,
                round -> glue.getPartitions(request ->
                        request.databaseName("bench").tableName("partitioned").maxResults(1000)));
        Figures.warmUp(10, round -> {
            create(FREE);
            drop(FREE);
        });
        Figures.title(
                "Median milliseconds; 20 columns, 3 partition keys",
                "question",
                "Mastic",
                "bare SQL",
                "Hive",
                "Mastic/SQL",
                "Hive/Mastic");
        compare(
                "GetTable",
                Figures.median(
                        50,
                        round -> glue.getTable(
                                request -> request.databaseName("bench").name("partitioned"))),
                Figures.median(50, round -> rows(1, "select definition from catalog.table_entry where id = ?")));
        compare(
                "GetPartitions of 1,000",
                Figures.median(ROUNDS, round -> {
                    GetPartitionsResponse page = glue.getPartitions(request -> request.databaseName("bench")
                            .tableName("partitioned")
                            .maxResults(1000));
                    Figures.require(page.partitions().size() == 1000, "1,000 partitions");
                }),
                Figures.median(
                        ROUNDS,
                        round -> rows(
                                1000,
                                "select values, definition from catalog.partition where table_id = ? order by values"
                                        + " limit 1000")));
        compare(
                "GetTables of 1,000",
                Figures.median(ROUNDS, round -> {
                    long found = glue.getTablesPaginator(request -> request.databaseName("bench")).stream()
                            .flatMap(page -> page.tableList().stream())
                            .limit(TABLES)
                            .count();
                    Figures.require(found == TABLES, "1,000 tables");
                }),
                Figures.median(
                        ROUNDS,
                        round -> rows(
                                1000,
                                "select definition from catalog.table_entry where database_id = (select database_id"
                                        + " from catalog.table_entry where id = ?) order by name limit 1000")));
        compare(
                "BatchCreatePartition of 1,000",
                Figures.median(ROUNDS, round -> create(PARTITIONS + round * 1000)),
                Figures.median(ROUNDS, this::insert));
        compare(
                "BatchDeletePartition of 1,000",
                Figures.median(ROUNDS, round -> drop(PARTITIONS + round * 1000)),
                Figures.median(ROUNDS, this::delete));
        compareAtOnce();
    }

    /** As Spark and Hive drop by AWS's own client of the catalog, which has five threads for batches. */
    private void compareAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            Double other = hive.get("BatchDeletePartition of 1,000");
            double mastic = Figures.median(
                    ROUNDS, round -> create(FREE + round * 1000), round -> dropAtOnce(threads, FREE + round * 1000));
            Figures.row(
                    "%-52s",
                    "  the same, " + AT_ONCE + " calls at once",
                    mastic,
                    "-",
                    other == null ? "-" : other,
                    "-",
                    other == null ? "-" : other / mastic);
        } finally {
            threads.shutdown();
        }
    }

    private void dropAtOnce(ExecutorService threads, int from) throws Exception {
        List<Callable<Void>> calls = new ArrayList<>();
        for (int start = from; start < from + 1000; start += 25) {
            int first = start;
            calls.add(() -> {
                dropBatch(first);
                return null;
            });
        }
        for (Future<Void> call : threads.invokeAll(calls)) {
            call.get();
        }
    }

    private void create(int from) {
        Entries.add(glue, "partitioned", from, 1000, HiveBlock::values);
    }

    private void drop(int from) {
        for (int start = from; start < from + 1000; start += 25) {
            dropBatch(start);
        }
    }

    private void dropBatch(int start) {
        List<PartitionValueList> batch = IntStream.range(start, start + 25)
                .mapToObj(number ->
                        PartitionValueList.builder().values(values(number)).build())
                .toList();
        int errors = glue.batchDeletePartition(request ->
                        request.databaseName("bench").tableName("partitioned").partitionsToDelete(batch))
                .errors()
                .size();
        Figures.require(errors == 0, "no errors of BatchDeletePartition");
    }

    private void compare(String question, double mastic, double bare) {
        Double other = hive.get(question);
        Figures.row(
                "%-52s",
                question,
                mastic,
                bare,
                other == null ? "-" : other,
                mastic / bare,
                other == null ? "-" : other / mastic);
    }

    private static List<String> values(int number) {
        return List.of(
                Integer.toString(2000 + number % 20),
                String.format("%02d", 1 + number / 20 % 12),
                Integer.toString(number));
    }

    private long table() throws SQLException {
        try (PreparedStatement select =
                        sql.prepareStatement("select t.id from catalog.table_entry t join catalog.database d"
                                + " on d.id = t.database_id where d.name = 'bench' and t.name = 'partitioned'");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private void rows(int expected, String text) throws SQLException {
        long table = table();
        int found = 0;
        try (PreparedStatement select = sql.prepareStatement(text)) {
            select.setLong(1, table);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    rows.getString(rows.getMetaData().getColumnCount());
                    found++;
                }
            }
        }
        Figures.require(found == expected, expected + " rows, found " + found);
    }

    /** Ten statements of a hundred rows, each its own transaction. */
    private void insert(int round) throws SQLException {
        long table = table();
        for (int batch = 0; batch < 10; batch++) {
            StringBuilder text =
                    new StringBuilder("insert into catalog.partition (table_id, values, keys, definition) values ");
            text.append(String.join(", ", java.util.Collections.nCopies(100, "(?, ?, ?, ?)")));
            try (PreparedStatement insert = sql.prepareStatement(text.toString())) {
                for (int i = 0; i < 100; i++) {
                    List<String> values = values(500_000 + round * 1000 + batch * 100 + i);
                    Array array = sql.createArrayOf("text", values.toArray());
                    insert.setLong(4 * i + 1, table);
                    insert.setArray(4 * i + 2, array);
                    insert.setArray(4 * i + 3, array);
                    insert.setString(
                            4 * i + 4, Entries.partition("partitioned", values).toString());
                }
                insert.executeUpdate();
            }
        }
    }

    private void delete(int round) throws SQLException {
        long table = table();
        for (int batch = 0; batch < 40; batch++) {
            try (PreparedStatement delete =
                    sql.prepareStatement("delete from catalog.partition where table_id = ? and values in ("
                            + String.join(", ", java.util.Collections.nCopies(25, "?")) + ")")) {
                delete.setLong(1, table);
                for (int i = 0; i < 25; i++) {
                    delete.setArray(
                            2 + i,
                            sql.createArrayOf(
                                    "text",
                                    values(500_000 + round * 1000 + batch * 25 + i)
                                            .toArray()));
                }
                Figures.require(delete.executeUpdate() == 25, "25 rows dropped");
            }
        }
    }
}
