package dev.mastic.crawler.plan;

import dev.mastic.crawler.find.FoundPartition;
import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.plan.PartitionChanges.Existing;
import dev.mastic.crawler.source.Cancellation;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the partitions of one table with those that were found. Keeps what changes alone, so that memory is bounded
 * by the folders that were found.
 */
final class PartitionPlanner {
    private final GlueClient catalog;
    private final Cancellation cancellation;
    private final PlanRules rules;
    private final Clock clock = Clock.systemUTC();

    PartitionPlanner(GlueClient catalog, Cancellation cancellation, PlanRules rules) {
        this.catalog = catalog;
        this.cancellation = cancellation;
        this.rules = rules;
    }

    /** Partitions of a table that is there, or is there by now. */
    PartitionChanges plan(TableInput table, FoundTable found) {
        if (table.partitionKeys().isEmpty()) {
            return PartitionChanges.NONE;
        }
        Map<List<String>, FoundPartition> missing = new LinkedHashMap<>();
        found.partitions().forEach(partition -> missing.put(partition.values(), partition));
        String hash = PartitionChanges.columnsHash(table.storageDescriptor());
        List<Existing> updated = new ArrayList<>();
        List<Partition> gone = new ArrayList<>();
        List<List<String>> moved = new ArrayList<>();
        catalog
                .getPartitionsPaginator(GetPartitionsRequest.builder()
                        .databaseName(rules.database())
                        .tableName(table.name())
                        .excludeColumnSchema(true)
                        .build())
                .stream()
                .forEach(page -> {
                    cancellation.check();
                    for (Partition partition : page.partitions()) {
                        FoundPartition there = missing.remove(partition.values());
                        if (there != null && movedByHand(partition, found)) {
                            moved.add(partition.values());
                        } else if (there != null) {
                            compare(partition, there, hash, updated);
                        } else if (location(partition).startsWith(found.location())) {
                            // Partitions that were registered elsewhere by hand are not ours to miss.
                            gone.add(partition);
                        }
                    }
                });
        List<String> notes = new ArrayList<>();
        if (!moved.isEmpty()) {
            notes.add(moved.size() + " partitions were given another place by a person and are kept there: "
                    + moved.get(0) + " for instance");
        }
        return withGone(List.copyOf(missing.values()), updated, gone, hash, notes);
    }

    /** A crawler puts partitions below their table alone. */
    private static boolean movedByHand(Partition partition, FoundTable found) {
        return !location(partition).isEmpty() && !location(partition).startsWith(found.location());
    }

    /** Partitions of a table that is to be made. */
    static PartitionChanges ofNew(FoundTable found) {
        return new PartitionChanges(found.partitions(), List.of(), List.of(), List.of(), List.of());
    }

    private static void compare(Partition partition, FoundPartition there, String hash, List<Existing> updated) {
        Map<String, String> parameters = new LinkedHashMap<>(partition.parameters());
        parameters.remove(Marks.DEPRECATED);
        parameters.putAll(PartitionChanges.parameters(there, hash));
        if (!parameters.equals(partition.parameters()) || !location(partition).equals(there.location())) {
            updated.add(new Existing(there.values(), there.location(), parameters));
        }
    }

    private PartitionChanges withGone(
            List<FoundPartition> created,
            List<Existing> updated,
            List<Partition> gone,
            String hash,
            List<String> notes) {
        List<Existing> deprecated = new ArrayList<>();
        List<List<String>> deleted = new ArrayList<>();
        if (rules.deleteBehavior() == DeleteBehavior.LOG && !gone.isEmpty()) {
            notes.add(gone.size() + " partitions have no files any more and are kept, because DeleteBehavior is LOG: "
                    + gone.get(0).values() + " for instance");
        } else if (rules.deleteBehavior() == DeleteBehavior.DELETE_FROM_DATABASE) {
            gone.forEach(partition -> deleted.add(partition.values()));
        } else {
            for (Partition partition : gone) {
                if (!partition.parameters().containsKey(Marks.DEPRECATED)) {
                    Map<String, String> parameters = new LinkedHashMap<>(partition.parameters());
                    parameters.put(Marks.DEPRECATED, String.valueOf(clock.millis()));
                    parameters.put(Marks.COLUMNS_HASH, hash);
                    deprecated.add(new Existing(partition.values(), location(partition), parameters));
                }
            }
            if (!deprecated.isEmpty()) {
                notes.add(deprecated.size() + " partitions have no files any more and are marked " + Marks.DEPRECATED
                        + ": " + deprecated.get(0).values() + " for instance");
            }
        }
        return new PartitionChanges(created, updated, deprecated, deleted, notes);
    }

    private static String location(Partition partition) {
        return partition.storageDescriptor() == null
                        || partition.storageDescriptor().location() == null
                ? ""
                : partition.storageDescriptor().location();
    }
}
