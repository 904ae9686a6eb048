package dev.mastic.server.transfer;

import dev.mastic.server.config.NearNames;
import dev.mastic.wire.GlueJson;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.CreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.CreateUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.DatabaseInput;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GlueRequest;
import software.amazon.awssdk.services.glue.model.KeySchemaElement;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionIndex;
import software.amazon.awssdk.services.glue.model.PartitionIndexStatus;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForTableRequest;
import software.amazon.awssdk.services.glue.model.UserDefinedFunctionInput;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads databases with all that is in them from an endpoint, as the requests that make them anew. What others change
 * meanwhile may or may not be in it; a table that they drop ends with what was read of it. For one thread.
 */
public final class CatalogSource implements AutoCloseable {
    private static final int LARGEST_PAGE = 100;
    private static final int STATISTICS_PER_READ = 100;
    private static final int STATISTICS_PER_WRITE = 25;
    private static final int PARTITIONS_AT_ONCE = 100;
    private static final int NEAR_NAMES = 3;

    private final GlueClient glue;
    private final Statistics statistics;
    private final ExecutorService readers = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "partitions");
        thread.setDaemon(true);
        return thread;
    });

    /** @param glue a client of the endpoint; not closed by this object */
    public CatalogSource(GlueClient glue, Statistics statistics) {
        this.glue = glue;
        this.statistics = statistics;
    }

    /**
     * Reads databases, in the order of their names.
     *
     * @param databases their names; none for all
     * @throws TransferException when one is not there
     */
    public void read(Set<String> databases, Consumer<GlueRequest> sink) {
        Set<String> names = databases.isEmpty() ? names() : new TreeSet<>(databases);
        List<Database> definitions = new ArrayList<>();
        if (!databases.isEmpty()) {
            // All of them first, so that a misspelled one is told before the others are read.
            names.forEach(name -> definitions.add(load(name)));
            definitions.forEach(database -> read(database, sink));
        } else {
            names.forEach(name -> read(load(name), sink));
        }
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        glue.getDatabasesPaginator(request -> request.maxResults(LARGEST_PAGE)).stream()
                .flatMap(page -> page.databaseList().stream())
                .forEach(database -> names.add(database.name()));
        return names;
    }

    private Database load(String name) {
        try {
            return glue.getDatabase(request -> request.name(name)).database();
        } catch (EntityNotFoundException e) {
            List<String> near = NearNames.of(name, List.copyOf(names()), NEAR_NAMES);
            throw new TransferException(
                    "There is no database '" + name + "'"
                            + (near.isEmpty()
                                    ? "; there are no databases at all"
                                    : "; near: " + String.join(", ", near)),
                    e);
        }
    }

    private void read(Database database, Consumer<GlueRequest> sink) {
        String name = database.name();
        sink.accept(CreateDatabaseRequest.builder()
                .databaseInput(input(database, DatabaseInput.class))
                .build());
        // What a link leads to is not in this database.
        if (database.targetDatabase() == null) {
            functions(name, sink);
            glue.getTablesPaginator(request -> request.databaseName(name).maxResults(LARGEST_PAGE)).stream()
                    .flatMap(page -> page.tableList().stream())
                    .forEach(table -> read(name, table, sink));
        }
    }

    private void functions(String database, Consumer<GlueRequest> sink) {
        glue
                .getUserDefinedFunctionsPaginator(
                        request -> request.databaseName(database).pattern(".*").maxResults(LARGEST_PAGE))
                .stream()
                .flatMap(page -> page.userDefinedFunctions().stream())
                .map(function -> input(function, UserDefinedFunctionInput.class))
                .sorted(Comparator.comparing(UserDefinedFunctionInput::functionName))
                .forEach(function -> sink.accept(CreateUserDefinedFunctionRequest.builder()
                        .databaseName(database)
                        .functionInput(function)
                        .build()));
    }

    private void read(String database, Table table, Consumer<GlueRequest> sink) {
        boolean partitioned =
                table.targetTable() == null && !table.partitionKeys().isEmpty();
        CreateTableRequest.Builder create =
                CreateTableRequest.builder().databaseName(database).tableInput(input(table, TableInput.class));
        try {
            List<PartitionIndex> indexes = partitioned ? indexes(database, table.name()) : List.of();
            sink.accept((indexes.isEmpty() ? create : create.partitionIndexes(indexes)).build());
            if (statistics != Statistics.NONE && table.targetTable() == null) {
                statistics(database, table, sink);
            }
            if (partitioned) {
                partitions(database, table, sink);
            }
        } catch (EntityNotFoundException e) {
            requireDroppedTable(database, table.name(), e);
        }
    }

    private void requireDroppedTable(String database, String table, EntityNotFoundException missing) {
        try {
            glue.getTable(request -> request.databaseName(database).name(table));
        } catch (EntityNotFoundException dropped) {
            return;
        }
        throw missing;
    }

    private List<PartitionIndex> indexes(String database, String table) {
        return glue
                .getPartitionIndexesPaginator(
                        request -> request.databaseName(database).tableName(table))
                .stream()
                .flatMap(page -> page.partitionIndexDescriptorList().stream())
                .filter(index -> index.indexStatus() == PartitionIndexStatus.ACTIVE
                        || index.indexStatus() == PartitionIndexStatus.CREATING)
                .map(index -> PartitionIndex.builder()
                        .indexName(index.indexName())
                        .keys(index.keys().stream().map(KeySchemaElement::name).toList())
                        .build())
                .sorted(Comparator.comparing(PartitionIndex::indexName))
                .toList();
    }

    private void partitions(String database, Table table, Consumer<GlueRequest> sink) {
        PartitionStream partitions = new PartitionStream(glue, database, table.name(), readers);
        List<Partition> batch = new ArrayList<>();
        while (partitions.hasNext()) {
            batch.add(partitions.next());
            if (batch.size() == PARTITIONS_AT_ONCE || !partitions.hasNext()) {
                batch.forEach(partition -> sink.accept(CreatePartitionRequest.builder()
                        .databaseName(database)
                        .tableName(table.name())
                        .partitionInput(input(partition, PartitionInput.class))
                        .build()));
                if (statistics == Statistics.ALL) {
                    batch.forEach(partition -> statistics(database, table, partition.values(), sink));
                }
                batch.clear();
            }
        }
    }

    private void statistics(String database, Table table, Consumer<GlueRequest> sink) {
        statistics(
                columns(table, null),
                names -> glue.getColumnStatisticsForTable(request -> request.databaseName(database)
                                .tableName(table.name())
                                .columnNames(names))
                        .columnStatisticsList(),
                some -> sink.accept(UpdateColumnStatisticsForTableRequest.builder()
                        .databaseName(database)
                        .tableName(table.name())
                        .columnStatisticsList(some)
                        .build()));
    }

    private void statistics(String database, Table table, List<String> values, Consumer<GlueRequest> sink) {
        statistics(
                columns(table, values),
                names -> glue.getColumnStatisticsForPartition(request -> request.databaseName(database)
                                .tableName(table.name())
                                .partitionValues(values)
                                .columnNames(names))
                        .columnStatisticsList(),
                some -> sink.accept(UpdateColumnStatisticsForPartitionRequest.builder()
                        .databaseName(database)
                        .tableName(table.name())
                        .partitionValues(values)
                        .columnStatisticsList(some)
                        .build()));
    }

    /** Keys of partitions have statistics in tables alone. */
    private static List<String> columns(Table table, @Nullable List<String> partition) {
        List<Column> columns = new ArrayList<>();
        if (table.storageDescriptor() != null) {
            columns.addAll(table.storageDescriptor().columns());
        }
        if (partition == null) {
            columns.addAll(table.partitionKeys());
        }
        return columns.stream().map(Column::name).distinct().toList();
    }

    private static void statistics(
            List<String> columns,
            Function<List<String>, List<ColumnStatistics>> read,
            Consumer<List<ColumnStatistics>> write) {
        List<ColumnStatistics> found = new ArrayList<>();
        for (List<String> some : Chunks.of(columns, STATISTICS_PER_READ)) {
            read.apply(some).forEach(statistics -> found.add(SortedMaps.of(statistics)));
        }
        found.sort(Comparator.comparing(ColumnStatistics::columnName));
        Chunks.of(found, STATISTICS_PER_WRITE).forEach(write);
    }

    /** The members of an input have the names of the members of the thing itself. */
    private static <T extends SdkPojo> T input(SdkPojo thing, Class<T> type) {
        return SortedMaps.of(GlueJson.read(GlueJson.write(thing), type));
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
