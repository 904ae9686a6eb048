package dev.mastic.catalog.partition;

import dev.mastic.catalog.index.definition.IndexedKeys;
import dev.mastic.catalog.partition.PartitionStore.Stored;
import dev.mastic.catalog.partition.filter.SortKeys;
import dev.mastic.catalog.store.Texts;
import dev.mastic.catalog.table.TableEntity;
import dev.mastic.catalog.table.TableStore;
import dev.mastic.wire.GlueJson;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/**
 * The table that a request on partitions names: checks what is given for its partitions, and shows what is stored.
 *
 * @param database folded
 * @param name folded
 */
public record PartitionedTable(String database, String name, TableEntity entity, List<Column> keys, SortKeys sortKeys) {
    /** An entry of PostgreSQL's indexes takes 2,704 bytes, of which 48 are its own and up to 400 of a sort key. */
    private static final int MOST_BYTES_OF_VALUES = 2_200;

    private static final int BYTES_OF_A_LENGTH = 4;

    /** Copies the keys. */
    public PartitionedTable {
        keys = List.copyOf(keys);
    }

    /** The table as it is stored. */
    public static PartitionedTable of(String database, String name, TableEntity entity) {
        List<Column> keys = TableStore.partitionKeys(entity);
        return new PartitionedTable(database, name, entity, keys, SortKeys.of(keys));
    }

    /**
     * The values, if they can be those of a partition of this table.
     *
     * @throws InvalidInputException when they cannot
     */
    public List<String> values(@Nullable List<String> values) {
        List<String> given = values == null ? List.of() : values;
        if (keys.isEmpty()) {
            throw invalid("Table " + shown() + " has no partition keys");
        }
        if (given.size() != keys.size()) {
            throw invalid("The number of partition keys do not match the number of partition values: table " + shown()
                    + " has the keys " + keys.stream().map(Column::name).toList() + ", found the values " + given);
        }
        int bytes = 0;
        for (String value : given) {
            if (value == null) {
                throw invalid("A partition value of table " + shown() + " is missing");
            }
            Texts.requireStorable(value, "A partition value");
            if (value.indexOf('\u0001') >= 0) {
                throw invalid("A partition value must not hold the character U+0001");
            }
            bytes += 2 * BYTES_OF_A_LENGTH - 1 + value.getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MOST_BYTES_OF_VALUES) {
            throw invalid("The values of a partition of table " + shown() + " take " + bytes + " bytes; at most "
                    + MOST_BYTES_OF_VALUES + " are taken");
        }
        return List.copyOf(given);
    }

    /** The members of an input have the names of the members of a partition. */
    Stored stored(@Nullable PartitionInput input, Instant created) {
        if (input == null) {
            throw invalid("PartitionInput is missing");
        }
        List<String> values = values(input.values());
        IndexedKeys.checkValues(values, keys, entity.indexedKeys(), shown());
        String age = GlueJson.write(Partition.builder()
                .creationTime(created.truncatedTo(ChronoUnit.MILLIS))
                .build());
        String rest = Texts.definition(input, "Partition " + values + " of table " + shown());
        return new Stored(values, age.substring(0, age.length() - 1) + "," + rest.substring(1));
    }

    /** As {@link #stored}, in the place of a partition: with its values unless the input has some, and its age. */
    Stored replacement(Stored before, @Nullable PartitionInput input) {
        if (input == null) {
            throw invalid("PartitionInput is missing");
        }
        PartitionInput complete = input.values().isEmpty()
                ? input.toBuilder().values(before.values()).build()
                : input;
        return stored(
                complete, GlueJson.read(before.definition(), Partition.class).creationTime());
    }

    /** Engines fail on a partition without a StorageDescriptor, and look for the names that they asked for. */
    Partition partition(Stored stored, String catalogId) {
        Partition partition = GlueJson.read(stored.definition(), Partition.class);
        StorageDescriptor storage = partition.storageDescriptor() == null
                ? StorageDescriptor.builder().columns(List.of()).build()
                : partition.storageDescriptor();
        return partition.toBuilder()
                .databaseName(database)
                .tableName(name)
                .catalogId(catalogId)
                .storageDescriptor(storage)
                .build();
    }

    /** As a request that excludes the column schema wants it. */
    static Partition withoutColumns(Partition partition) {
        return partition.toBuilder()
                .storageDescriptor(partition.storageDescriptor().toBuilder()
                        .columns((Collection<Column>) null)
                        .build())
                .build();
    }

    AlreadyExistsException exists(List<String> values) {
        return AlreadyExistsException.builder()
                .message("Partition " + values + " of table " + shown() + " already exists.")
                .build();
    }

    /** What a request for a partition that is not there is answered with. */
    public EntityNotFoundException missing(List<String> values) {
        return EntityNotFoundException.builder()
                .message("Partition " + values + " of table " + shown() + " not found.")
                .build();
    }

    private String shown() {
        return database + "." + name;
    }

    private static InvalidInputException invalid(String message) {
        return InvalidInputException.builder().message(message).build();
    }
}
