package dev.mastic.spark;

import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetDatabaseRequest;
import software.amazon.awssdk.services.glue.model.GetDatabaseResponse;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A Glue endpoint that knows the tables that a test names, in databases that exist when a table is in them. */
final class KnownTables implements GlueClient {
    private final Map<String, Table> tables = new HashMap<>();
    private final Map<String, List<Partition>> partitions = new HashMap<>();

    void table(String database, String name, Consumer<Table.Builder> words) {
        Table.Builder table = Table.builder().databaseName(database).name(name);
        words.accept(table);
        tables.put(database + "." + name, table.build());
    }

    void partition(String table, String location, String... values) {
        partitions
                .computeIfAbsent(table, key -> new ArrayList<>())
                .add(Partition.builder()
                        .values(values)
                        .storageDescriptor(storage -> storage.location(location))
                        .build());
    }

    @Override
    public GetTableResponse getTable(GetTableRequest request) {
        Table table = tables.get(request.databaseName() + "." + request.name());
        if (table == null) {
            throw EntityNotFoundException.builder().message("no table").build();
        }
        return GetTableResponse.builder().table(table).build();
    }

    @Override
    public GetDatabaseResponse getDatabase(GetDatabaseRequest request) {
        if (tables.keySet().stream().noneMatch(name -> name.startsWith(request.name() + "."))) {
            throw EntityNotFoundException.builder().message("no database").build();
        }
        return GetDatabaseResponse.builder()
                .database(Database.builder().name(request.name()).build())
                .build();
    }

    @Override
    public GetPartitionsResponse getPartitions(GetPartitionsRequest request) {
        return GetPartitionsResponse.builder()
                .partitions(partitions.getOrDefault(request.databaseName() + "." + request.tableName(), List.of()))
                .build();
    }

    @Override
    public String serviceName() {
        return "glue";
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
