package dev.mastic.crawler.plan;

import dev.mastic.crawler.find.FoundPartition;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What changes among the partitions of one table.
 *
 * @param updated those whose counts, columns or place changed
 * @param deprecated those whose files are gone and that are marked so
 * @param deleted values of those that are deleted
 * @param notes what was seen and left alone
 */
public record PartitionChanges(
        List<FoundPartition> created,
        List<Existing> updated,
        List<Existing> deprecated,
        List<List<String>> deleted,
        List<String> notes) {
    /** Nothing. */
    public static final PartitionChanges NONE =
            new PartitionChanges(List.of(), List.of(), List.of(), List.of(), List.of());

    public PartitionChanges {
        created = List.copyOf(created);
        updated = List.copyOf(updated);
        deprecated = List.copyOf(deprecated);
        deleted = List.copyOf(deleted);
        notes = List.copyOf(notes);
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return created.isEmpty() && updated.isEmpty() && deprecated.isEmpty() && deleted.isEmpty();
    }

    /**
     * A partition that is there, as it is to become.
     *
     * @param parameters all of them
     */
    public record Existing(List<String> values, String location, Map<String, String> parameters) {}

    /** The parameters that every crawl writes to a partition. */
    public static Map<String, String> parameters(FoundPartition found, String hash) {
        Map<String, String> parameters = FreshTable.statistics(found.stats());
        parameters.put(Marks.COLUMNS_HASH, hash);
        return parameters;
    }

    /** Tells whether a partition still has the table's columns and SerDe, also after a crawl that was cut off. */
    public static String columnsHash(StorageDescriptor storage) {
        StringBuilder text = new StringBuilder();
        storage.columns()
                .forEach(column -> text.append(column.name())
                        .append(' ')
                        .append(column.type())
                        .append(','));
        if (storage.serdeInfo() != null) {
            text.append(storage.serdeInfo().serializationLibrary());
            text.append(new TreeMap<>(storage.serdeInfo().parameters()));
        }
        return Integer.toHexString(text.toString().hashCode());
    }
}
