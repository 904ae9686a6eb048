package dev.mastic.server;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionResponse;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Writers on the same and on different names, and the account of what was acknowledged to them. Everything that is
 * neither a success nor the error that a lost race has is a fault. Thread-safe; each thread brings its own random numbers.
 */
final class CatalogStorm {
    static final String DATABASE = "storm";
    static final String PARTITIONED = "partitioned";
    static final List<String> COUNTERS = names("counter", 3);
    static final List<String> OVERWRITTEN = names("overwritten", 3);
    static final List<String> CONTESTED = names("contested", 4);
    static final List<String> CONTESTED_DATABASES = names("base", 3);
    private static final int SHARED_PARTITIONS = 60;
    private static final int BATCH = 12;

    private final List<GlueClient> servers;
    /** Acknowledged updates by table. */
    final Map<String, AtomicInteger> updates = new ConcurrentHashMap<>();
    /** Acknowledged creates less acknowledged drops, by name. */
    final Map<String, AtomicInteger> tables = new ConcurrentHashMap<>();

    final Map<String, AtomicInteger> databases = new ConcurrentHashMap<>();
    final Map<String, AtomicInteger> partitions = new ConcurrentHashMap<>();
    final Queue<String> faults = new ConcurrentLinkedQueue<>();
    /** How often what was answered, for people. */
    final Map<String, AtomicLong> answers = new ConcurrentHashMap<>();

    CatalogStorm(List<GlueClient> servers) {
        this.servers = servers;
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    void prepare() {
        GlueClient glue = servers.get(0);
        glue.createDatabase(request -> request.databaseInput(input -> input.name(DATABASE)));
        for (String name : COUNTERS) {
            glue.createTable(request -> request.databaseName(DATABASE).tableInput(counter(name, 0)));
        }
        for (String name : OVERWRITTEN) {
            glue.createTable(request -> request.databaseName(DATABASE).tableInput(input -> input.name(name)));
        }
        glue.createTable(request -> request.databaseName(DATABASE).tableInput(partitioned(PARTITIONED, "prepared")));
    }

    /** One write, and what was acknowledged of it. */
    void step(Random random, String writer, int number) {
        String unique = writer + "-" + number;
        GlueClient glue = servers.get(random.nextInt(servers.size()));
        switch (random.nextInt(12)) {
            case 0, 1 -> increment(glue, any(COUNTERS, random), random);
            case 2 -> overwrite(glue, any(OVERWRITTEN, random), unique);
            case 3 -> createTable(glue, any(CONTESTED, random), unique);
            case 4 -> deleteTable(glue, any(CONTESTED, random));
            case 5 -> createDatabase(glue, any(CONTESTED_DATABASES, random));
            case 6 -> deleteDatabase(glue, any(CONTESTED_DATABASES, random));
            case 7 -> useContested(glue, random);
            case 8, 9 -> createPartitions(glue, values(random, unique));
            default -> deletePartitions(glue, values(random, writer + "-" + random.nextInt(number + 1)));
        }
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    /** Reads a counter and writes the next number by optimistic locking, from one server each. */
    private void increment(GlueClient glue, String name, Random random) {
        attempt("increment", () -> {
            Table table = glue.getTable(
                            request -> request.databaseName(DATABASE).name(name))
                    .table();
            int next = Integer.parseInt(table.parameters().get("count")) + 1;
            servers.get(random.nextInt(servers.size()))
                    .updateTable(request -> request.databaseName(DATABASE)
                            .versionId(table.versionId())
                            .tableInput(counter(name, next)));
            count(updates, name, 1);
        });
    }

    private void overwrite(GlueClient glue, String name, String unique) {
        attempt("overwrite", () -> {
            glue.updateTable(request -> request.databaseName(DATABASE)
                    .tableInput(input -> input.name(name).parameters(Map.of("writer", unique))));
            count(updates, name, 1);
        });
    }

    private void createTable(GlueClient glue, String name, String unique) {
        attempt("create table", () -> {
            glue.createTable(request -> request.databaseName(DATABASE).tableInput(partitioned(name, unique)));
            count(tables, name, 1);
        });
    }

    private void deleteTable(GlueClient glue, String name) {
        attempt("drop table", () -> {
            glue.deleteTable(request -> request.databaseName(DATABASE).name(name));
            count(tables, name, -1);
        });
    }

    private void createDatabase(GlueClient glue, String name) {
        attempt("create database", () -> {
            glue.createDatabase(request -> request.databaseInput(input -> input.name(name)));
            count(databases, name, 1);
        });
    }

    private void deleteDatabase(GlueClient glue, String name) {
        attempt("drop database", () -> {
            glue.deleteDatabase(request -> request.name(name));
            count(databases, name, -1);
        });
    }

    /** Writes into what others drop meanwhile. */
    private void useContested(GlueClient glue, Random random) {
        String table = any(CONTESTED, random);
        if (random.nextBoolean()) {
            attempt(
                    "create partition of a contested table",
                    () -> glue.createPartition(request -> request.databaseName(DATABASE)
                            .tableName(table)
                            .partitionInput(partition(Integer.toString(random.nextInt(5))))));
        } else {
            String database = any(CONTESTED_DATABASES, random);
            attempt(
                    "create table of a contested database",
                    () -> glue.createTable(request ->
                            request.databaseName(database).tableInput(partitioned("t" + random.nextInt(3), "x"))));
        }
    }

    /** Half of them are of this writer alone, half are what all write; in any order, so that batches meet crosswise. */
    private static List<String> values(Random random, String unique) {
        List<String> shared = new ArrayList<>(IntStream.range(0, SHARED_PARTITIONS)
                .mapToObj(i -> "shared-" + i)
                .toList());
        Collections.shuffle(shared, random);
        List<String> values = new ArrayList<>(shared.subList(0, BATCH / 2));
        IntStream.range(0, BATCH / 2).forEach(i -> values.add(unique + "-" + i));
        Collections.shuffle(values, random);
        return values;
    }

    private void createPartitions(GlueClient glue, List<String> values) {
        attempt("create partitions", () -> {
            BatchCreatePartitionResponse answer = glue.batchCreatePartition(request -> request.databaseName(DATABASE)
                    .tableName(PARTITIONED)
                    .partitionInputList(
                            values.stream().map(CatalogStorm::partition).toList()));
            settle(values, answer.errors(), "AlreadyExistsException", 1);
        });
    }

    private void deletePartitions(GlueClient glue, List<String> values) {
        attempt("drop partitions", () -> {
            BatchDeletePartitionResponse answer = glue.batchDeletePartition(request -> request.databaseName(DATABASE)
                    .tableName(PARTITIONED)
                    .partitionsToDelete(values.stream()
                            .map(value ->
                                    PartitionValueList.builder().values(value).build())
                            .toList()));
            settle(values, answer.errors(), "EntityNotFoundException", -1);
        });
    }

    private void settle(List<String> values, List<PartitionError> errors, String expected, int change) {
        Set<String> refused = ConcurrentHashMap.newKeySet();
        for (PartitionError error : errors) {
            refused.add(error.partitionValues().get(0));
            if (!error.errorDetail().errorCode().equals(expected)) {
                faults.add("An item of a batch was answered by " + error);
            }
        }
        values.stream().filter(value -> !refused.contains(value)).forEach(value -> count(partitions, value, change));
    }

    private void attempt(String what, Runnable write) {
        String answer = "done";
        try {
            write.run();
        } catch (AlreadyExistsException | EntityNotFoundException | ConcurrentModificationException e) {
            answer = e.getClass().getSimpleName();
        } catch (SdkException e) {
            answer = "fault";
            faults.add(what + ": " + e);
        }
        answers.computeIfAbsent(what + " " + answer, key -> new AtomicLong()).incrementAndGet();
    }

    private static void count(Map<String, AtomicInteger> counts, String name, int change) {
        counts.computeIfAbsent(name, key -> new AtomicInteger()).addAndGet(change);
    }

    static PartitionInput partition(String value) {
        return PartitionInput.builder().values(value).build();
    }

    private static TableInput counter(String name, int count) {
        return TableInput.builder()
                .name(name)
                .parameters(Map.of("count", Integer.toString(count)))
                .build();
    }

    private static TableInput partitioned(String name, String writer) {
        return TableInput.builder()
                .name(name)
                .parameters(Map.of("writer", writer))
                .partitionKeys(Column.builder().name("k").type("string").build())
                .build();
    }
}
