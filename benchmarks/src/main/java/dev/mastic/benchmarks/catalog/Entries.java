package dev.mastic.benchmarks.catalog;

import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What the benchmark stores: tables and partitions of 20 columns each, as a crawler writes them. */
final class Entries {
    private static final int COLUMNS = 20;
    private static final int THREADS = 8;
    private static final int BATCH = 100;

    private Entries() {}

    static TableInput table(String name, Column... keys) {
        return TableInput.builder()
                .name(name)
                .tableType("EXTERNAL_TABLE")
                .parameters(Map.of("classification", "parquet"))
                .storageDescriptor(storage("s3://bench/" + name))
                .partitionKeys(keys)
                .build();
    }

    static Column key(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }

    static PartitionInput partition(String table, List<String> values) {
        return PartitionInput.builder()
                .values(values)
                .storageDescriptor(storage("s3://bench/" + table + "/" + String.join("/", values)))
                .build();
    }

    private static StorageDescriptor storage(String location) {
        return StorageDescriptor.builder()
                .columns(IntStream.range(0, COLUMNS)
                        .mapToObj(i -> key("column_" + i, i % 2 == 0 ? "string" : "bigint"))
                        .toList())
                .location(location)
                .inputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat")
                .outputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat")
                .serdeInfo(serde ->
                        serde.serializationLibrary("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"))
                .build();
    }

    /** By batches of 100, one after the other. */
    static void add(GlueClient glue, String table, int from, int count, IntFunction<List<String>> values) {
        for (int start = from; start < from + count; start += BATCH) {
            List<PartitionInput> batch = IntStream.range(start, Math.min(start + BATCH, from + count))
                    .mapToObj(number -> partition(table, values.apply(number)))
                    .toList();
            int errors = glue.batchCreatePartition(request ->
                            request.databaseName("bench").tableName(table).partitionInputList(batch))
                    .errors()
                    .size();
            Figures.require(errors == 0, "no errors of BatchCreatePartition, found " + errors);
        }
    }

    /** By eight clients; prints how far it is. */
    static void fill(GlueClient glue, String table, int count, IntFunction<List<String>> values) throws Exception {
        long began = System.nanoTime();
        int slice = 10_000;
        AtomicInteger done = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> slices = new ArrayList<>();
            for (int from = 0; from < count; from += slice) {
                int start = from;
                slices.add(pool.submit(() -> {
                    add(glue, table, start, Math.min(slice, count - start), values);
                    System.err.printf("\r%s: %,d of %,d partitions", table, done.addAndGet(slice), count);
                }));
            }
            for (Future<?> part : slices) {
                part.get();
            }
        } finally {
            pool.shutdownNow();
        }
        System.err.println();
        System.out.printf(
                "%s: %,d partitions stored through the API in %.0f s%n",
                table, count, (System.nanoTime() - began) / 1e9);
    }
}
