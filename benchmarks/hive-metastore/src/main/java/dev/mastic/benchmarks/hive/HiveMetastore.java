package dev.mastic.benchmarks.hive;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.metastore.HiveMetaStore;
import org.apache.hadoop.hive.metastore.HiveMetaStoreClient;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.DropPartitionsRequest;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.RequestPartsSpec;
import org.apache.hadoop.hive.metastore.api.SerDeInfo;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.hadoop.hive.metastore.conf.MetastoreConf;
import org.apache.hadoop.hive.metastore.conf.MetastoreConf.ConfVars;
import org.apache.hadoop.hive.metastore.security.HadoopThriftAuthBridge;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Starts Apache Hive Metastore on a PostgreSQL database, asks it over Thrift what the catalog's benchmark asks Mastic, and
 * prints a line {@code name<TAB>median milliseconds} for each question.
 */
public final class HiveMetastore {
    private static final int PARTITIONS_OF_THE_TABLE = 10_000;
    private static final int PARTITIONS_OF_A_BATCH = 100;
    private static final int TABLES = 1000;

    /** The first of numbers that nothing else has. */
    private static final int FREE = 900_000;
    private static final int COLUMNS = 20;

    private final HiveMetaStoreClient client;
    private final ThriftHiveMetastore.Iface thrift;
    private final Path warehouse;
    private final int rounds;

    private HiveMetastore(HiveMetaStoreClient client, ThriftHiveMetastore.Iface thrift, Path warehouse, int rounds) {
        this.client = client;
        this.thrift = thrift;
        this.warehouse = warehouse;
        this.rounds = rounds;
    }

    /** @param arguments JDBC address, user, password, warehouse folder, rounds */
    public static void main(String[] arguments) throws Exception {
        Path warehouse = Files.createDirectories(Path.of(arguments[3]));
        Configuration configuration = configuration(arguments, warehouse);
        int port = freePort();
        Thread server = new Thread(() -> serve(port, configuration), "hive-metastore");
        server.setDaemon(true);
        server.start();
        MetastoreConf.setVar(configuration, ConfVars.THRIFT_URIS, "thrift://127.0.0.1:" + port);
        HiveMetaStoreClient client = connect(configuration);
        TSocket socket = new TSocket("127.0.0.1", port);
        socket.open();
        ThriftHiveMetastore.Iface thrift = new ThriftHiveMetastore.Client(new TBinaryProtocol(socket));
        new HiveMetastore(client, thrift, warehouse, Integer.parseInt(arguments[4])).run();
        System.exit(0);
    }

    private static Configuration configuration(String[] arguments, Path warehouse) {
        Configuration configuration = MetastoreConf.newMetastoreConf();
        MetastoreConf.setVar(configuration, ConfVars.CONNECT_URL_KEY, arguments[0]);
        MetastoreConf.setVar(configuration, ConfVars.CONNECTION_DRIVER, "org.postgresql.Driver");
        MetastoreConf.setVar(configuration, ConfVars.CONNECTION_USER_NAME, arguments[1]);
        MetastoreConf.setVar(configuration, ConfVars.PWD, arguments[2]);
        MetastoreConf.setVar(
                configuration, ConfVars.WAREHOUSE, warehouse.resolve("managed").toUri().toString());
        MetastoreConf.setVar(
                configuration, ConfVars.WAREHOUSE_EXTERNAL, warehouse.resolve("external").toUri().toString());
        // DataNucleus makes the tables and their indexes: Hive's scripts are in no Maven artifact.
        MetastoreConf.setBoolVar(configuration, ConfVars.AUTO_CREATE_ALL, true);
        MetastoreConf.setBoolVar(configuration, ConfVars.SCHEMA_VERIFICATION, false);
        MetastoreConf.setBoolVar(configuration, ConfVars.EXECUTE_SET_UGI, false);
        MetastoreConf.setBoolVar(configuration, ConfVars.STATS_AUTO_GATHER, false);
        MetastoreConf.setLongVar(configuration, ConfVars.THRIFT_CONNECTION_RETRIES, 1);
        return configuration;
    }

    private static void serve(int port, Configuration configuration) {
        try {
            HiveMetaStore.startMetaStore(port, HadoopThriftAuthBridge.getBridge(), configuration);
        } catch (Throwable e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static HiveMetaStoreClient connect(Configuration configuration) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                return new HiveMetaStoreClient(configuration);
            } catch (Exception e) {
                if (attempt == 30) {
                    throw e;
                }
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private interface Step {
        void run(int round) throws Exception;
    }

    private void run() throws Exception {
        client.createDatabase(
                new Database("bench", "", warehouse.resolve("external/bench.db").toUri().toString(), Map.of()));
        client.createTable(table("partitioned"));
        for (int from = 0; from < PARTITIONS_OF_THE_TABLE; from += 1000) {
            add("partitioned", from, 1000);
        }
        for (int i = 0; i < TABLES; i++) {
            client.createTable(table(String.format("t%05d", i)));
        }
        // As often as Mastic is warmed up.
        for (int i = 0; i < 3000; i++) {
            client.getTable("bench", "partitioned");
        }
        for (int i = 0; i < 50; i++) {
            client.listPartitions("bench", "partitioned", (short) 1000);
        }
        for (int i = 0; i < 10; i++) {
            add("partitioned", FREE, 1000);
            drop(FREE);
        }
        measure("GetTable", 50, round -> client.getTable("bench", "partitioned"));
        measure("GetPartitions of 1,000", rounds, round -> {
            int found =
                    client.listPartitions("bench", "partitioned", (short) 1000).size();
            require(found == 1000, "1,000 partitions, found " + found);
        });
        measure("GetTables of 1,000", rounds, round -> {
            List<String> names = client.getAllTables("bench");
            int found = client.getTableObjectsByName("bench", names.subList(0, TABLES))
                    .size();
            require(found == TABLES, "1,000 tables, found " + found);
        });
        measure(
                "BatchCreatePartition of 1,000",
                rounds,
                round -> add("partitioned", PARTITIONS_OF_THE_TABLE + round * 1000, 1000));
        measure("BatchDeletePartition of 1,000", rounds, round -> drop(PARTITIONS_OF_THE_TABLE + round * 1000));
    }

    /** All by name in one request, which its Java client has no method for and which is its fastest way. */
    private void drop(int from) throws Exception {
        DropPartitionsRequest drop = new DropPartitionsRequest(
                "bench",
                "partitioned",
                RequestPartsSpec.names(IntStream.range(from, from + 1000)
                        .mapToObj(HiveMetastore::name)
                        .toList()));
        drop.setDeleteData(false);
        drop.setNeedResult(false);
        thrift.drop_partitions_req(drop);
    }

    private static void measure(String name, int rounds, Step step) throws Exception {
        List<Long> times = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            long start = System.nanoTime();
            step.run(round);
            // The first one warms up.
            if (round > 0) {
                times.add(System.nanoTime() - start);
            }
        }
        times.sort(null);
        System.out.printf(Locale.ROOT, "%s\t%.3f%n", name, times.get(times.size() / 2) / 1e6);
    }

    private static void require(boolean condition, String expected) {
        if (!condition) {
            throw new IllegalStateException("Expected " + expected);
        }
    }

    private void add(String table, int from, int count) throws Exception {
        for (int batch = from; batch < from + count; batch += PARTITIONS_OF_A_BATCH) {
            List<Partition> partitions = IntStream.range(batch, batch + PARTITIONS_OF_A_BATCH)
                    .mapToObj(number -> new Partition(
                            values(number), "bench", table, 0, 0, storage(table + "/" + number), new HashMap<>()))
                    .toList();
            client.add_partitions(new ArrayList<>(partitions));
        }
    }

    private static List<String> values(int number) {
        return List.of(
                Integer.toString(2000 + number % 20),
                String.format("%02d", 1 + number / 20 % 12),
                Integer.toString(number));
    }

    private static String name(int number) {
        List<String> values = values(number);
        return "year=" + values.get(0) + "/month=" + values.get(1) + "/number=" + values.get(2);
    }

    private Table table(String name) {
        Table table = new Table();
        table.setDbName("bench");
        table.setTableName(name);
        table.setOwner("bench");
        table.setTableType("EXTERNAL_TABLE");
        table.setParameters(new HashMap<>(Map.of("EXTERNAL", "TRUE", "classification", "parquet")));
        table.setSd(storage(name));
        table.setPartitionKeys(List.of(
                new FieldSchema("year", "int", null),
                new FieldSchema("month", "string", null),
                new FieldSchema("number", "int", null)));
        return table;
    }

    private StorageDescriptor storage(String path) {
        StorageDescriptor storage = new StorageDescriptor();
        storage.setCols(IntStream.range(0, COLUMNS)
                .mapToObj(i -> new FieldSchema("column_" + i, i % 2 == 0 ? "string" : "bigint", null))
                .toList());
        storage.setLocation(warehouse.resolve("external").resolve(path).toUri().toString());
        storage.setInputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat");
        storage.setOutputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat");
        storage.setSerdeInfo(
                new SerDeInfo("serde", "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe", new HashMap<>()));
        storage.setParameters(new HashMap<>());
        storage.setBucketCols(List.of());
        storage.setSortCols(List.of());
        return storage;
    }
}
