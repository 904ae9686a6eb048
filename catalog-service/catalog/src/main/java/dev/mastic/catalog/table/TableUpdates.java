package dev.mastic.catalog.table;

import dev.mastic.catalog.index.definition.IndexedKeys;
import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.Transactions;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Table;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a table to its next version: archives the one before, lets old versions go, and drops what was known of columns
 * that are no longer there. Thread-safe.
 *
 * @param archivedVersions most archived versions that a table keeps
 * @param partitionKeysChange called by updates that change the partition keys of a table
 */
public record TableUpdates(Transactions transactions, int archivedVersions, PartitionKeysChange partitionKeysChange) {
    private static final int OVERWRITE_ATTEMPTS = 50;
    private static final int MOST_PRUNED = 100;

    /** What the next version of a table is; is asked again when others were faster. */
    @FunctionalInterface
    interface Change {
        Table apply(TableStore store, TableEntity present, Table before);
    }

    /**
     * Makes the next version of a table, and gives back its number.
     *
     * @param expectedVersion which must be the present one; null to overwrite any
     * @throws EntityNotFoundException when there is no such table or database
     * @throws ConcurrentModificationException when the present version is another
     * @throws InvalidInputException when the table has partition indexes and its partition keys would change
     */
    long run(String database, String name, @Nullable String expectedVersion, boolean skipArchive, Change change) {
        for (int attempt = 0; attempt < OVERWRITE_ATTEMPTS; attempt++) {
            Optional<Long> version =
                    transactions.run(session -> attempt(session, database, name, expectedVersion, skipArchive, change));
            if (version.isPresent()) {
                return version.get();
            }
        }
        throw ConcurrentModificationException.builder()
                .message("Table " + database + "." + name + " is being updated by others without end; try again")
                .build();
    }

    /** Empty when others were faster: without an expected version a lost race is run again. */
    private Optional<Long> attempt(
            Session session,
            String database,
            String name,
            @Nullable String expectedVersion,
            boolean skipArchive,
            Change change) {
        TableStore store = new TableStore(session);
        TableEntity present = store.load(database, name);
        if (expectedVersion != null && !expectedVersion.equals(Long.toString(present.version()))) {
            throw changed(database, name, expectedVersion);
        }
        Table before = TableStore.read(present);
        Table changed = change.apply(store, present, before);
        if (before.targetTable() != null || changed.targetTable() != null) {
            throw Errors.invalid("Table " + database + "." + name + (before.targetTable() != null ? " is" : " is not")
                    + " a resource link, and an update cannot change that or where it leads: update its target, or"
                    + " delete it and create another");
        }
        Table after = changed.toBuilder()
                .createTime(before.createTime())
                .createdBy(before.createdBy())
                .updateTime(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .versionId(null)
                .build();
        TableDefinition definition = TableDefinition.of(after);
        boolean keysChange = !before.partitionKeys().equals(after.partitionKeys());
        if (keysChange) {
            store.lockKeys(present);
        }
        if (!store.replace(present, definition)) {
            if (expectedVersion != null) {
                throw changed(database, name, expectedVersion);
            }
            return Optional.empty();
        }
        // Asked after the update has locked the row, as an index may just have been made.
        if (!IndexedKeys.same(before.partitionKeys(), after.partitionKeys()) && store.isIndexed(present)) {
            throw Errors.invalid("The partition keys of table " + database + "." + name
                    + " cannot change in name, type or order while it has partition indexes; they are "
                    + before.partitionKeys().stream()
                            .map(key -> key.name() + " " + key.type())
                            .toList());
        }
        if (keysChange) {
            partitionKeysChange.changed(session, present, before.partitionKeys(), after.partitionKeys());
        }
        store.dropStatistics(present, dropped(before, after));
        if (!skipArchive && archivedVersions > 0) {
            store.archive(present);
        }
        if (!skipArchive) {
            store.prune(present, archivedVersions, MOST_PRUNED);
        }
        return Optional.of(present.version() + 1);
    }

    /** Folded names of columns that are gone, or are now of another type. */
    private static Set<String> dropped(Table before, Table after) {
        Map<String, String> types = types(after);
        Set<String> dropped = new HashSet<>();
        types(before).forEach((column, type) -> {
            if (!type.equals(types.get(column))) {
                dropped.add(column);
            }
        });
        return dropped;
    }

    private static Map<String, String> types(Table table) {
        Map<String, String> types = new HashMap<>();
        for (Column column : TableStore.columns(table)) {
            types.put(
                    String.valueOf(column.name()).toLowerCase(Locale.ROOT),
                    String.valueOf(column.type()).toLowerCase(Locale.ROOT));
        }
        return types;
    }

    static ConcurrentModificationException changed(String database, String name, String version) {
        return ConcurrentModificationException.builder()
                .message("Table " + database + "." + name + " is no longer at version " + version
                        + "; read it again and repeat the update")
                .build();
    }
}
