package dev.mastic.catalog.index.definition;

import dev.mastic.catalog.store.Texts;
import dev.mastic.wire.GlueJson;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BackfillError;
import software.amazon.awssdk.services.glue.model.BackfillErrorCode;
import software.amazon.awssdk.services.glue.model.PartitionIndexDescriptor;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.ResourceNumberLimitExceededException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Partition indexes in PostgreSQL, in the transaction of the given session, which must hold the lock of the table's row
 * for whatever it changes.
 */
public final class IndexStore {
    /** Glue's limit for a table. */
    public static final int MOST_INDEXES = 3;

    private static final int MOST_FAILED = 10;
    private static final int MOST_PARTITIONS_SHOWN = 10;
    private static final String ACTIVE = "ACTIVE";

    private final Session session;

    /** In the transaction of that session. */
    public IndexStore(Session session) {
        this.session = session;
    }

    /**
     * Adds an index after it has looked at all partitions of the table; it is active if it can have each of them, and has
     * failed else.
     *
     * @throws AlreadyExistsException when the table has an index of that name
     * @throws ResourceNumberLimitExceededException when the table has the most active indexes that it can have
     */
    public void add(long table, IndexDefinition index, String shownTable) {
        if (exists(table, index.name())) {
            throw AlreadyExistsException.builder()
                    .message("Index " + index.name() + " of table " + shownTable + " already exists.")
                    .build();
        }
        if (active(table) >= MOST_INDEXES) {
            throw ResourceNumberLimitExceededException.builder()
                    .message("Table " + shownTable + " has " + MOST_INDEXES
                            + " partition indexes, which is the most; delete one first")
                    .build();
        }
        PartitionIndexDescriptor descriptor = index.descriptor(backfillErrors(table, index));
        session.createNativeMutationQuery(
                        "insert into catalog.partition_index (table_id, name, positions, status, descriptor)"
                                + " values (:table, :name, cast(:positions as integer[]), :status, :descriptor)")
                .setParameter("table", table)
                .setParameter("name", index.name())
                .setParameter("positions", index.positions().toArray(Integer[]::new), Integer[].class)
                .setParameter("status", descriptor.indexStatusAsString())
                .setParameter("descriptor", Texts.definition(descriptor, "Index " + index.name()))
                .executeUpdate();
        forgetFailed(table);
        refresh(table);
    }

    private boolean exists(long table, String name) {
        return session.createNativeQuery(
                        "select true from catalog.partition_index where table_id = :table and name = :name",
                        Boolean.class)
                .setParameter("table", table)
                .setParameter("name", name)
                .uniqueResultOptional()
                .isPresent();
    }

    private long active(long table) {
        return session.createNativeQuery(
                        "select count(*) from catalog.partition_index where table_id = :table and status = :status",
                        Long.class)
                .setParameter("table", table)
                .setParameter("status", ACTIVE)
                .getSingleResult();
    }

    private List<BackfillError> backfillErrors(long table, IndexDefinition index) {
        List<BackfillError> errors = new ArrayList<>();
        addError(errors, table, BackfillErrorCode.MISSING_PARTITION_VALUE_ERROR, index.missingValue());
        addError(
                errors,
                table,
                BackfillErrorCode.INVALID_PARTITION_TYPE_DATA_ERROR,
                "not (" + index.missingValue() + ") and " + index.invalidType());
        addError(errors, table, BackfillErrorCode.UNSUPPORTED_PARTITION_CHARACTER_ERROR, index.unsupportedCharacter());
        return errors;
    }

    private void addError(List<BackfillError> errors, long table, BackfillErrorCode code, String condition) {
        List<PartitionValueList> partitions = session
                .createNativeQuery(
                        "select p.values from catalog.partition p where p.table_id = :table and " + condition
                                + " order by p.values",
                        Object.class)
                .setParameter("table", table)
                .setMaxResults(MOST_PARTITIONS_SHOWN)
                .list()
                .stream()
                .map(values -> PartitionValueList.builder()
                        .values(Arrays.stream((Object[]) values)
                                .map(String.class::cast)
                                .toList())
                        .build())
                .toList();
        if (!partitions.isEmpty()) {
            errors.add(BackfillError.builder().code(code).partitions(partitions).build());
        }
    }

    /** Indexes by name. */
    public List<PartitionIndexDescriptor> list(long table, @Nullable String after, int most) {
        return session
                .createNativeQuery(
                        "select descriptor from catalog.partition_index where table_id = :table and name > :after"
                                + " order by name",
                        String.class)
                .setParameter("table", table)
                .setParameter("after", after == null ? "" : after)
                .setMaxResults(most)
                .list()
                .stream()
                .map(descriptor -> GlueJson.read(descriptor, PartitionIndexDescriptor.class))
                .toList();
    }

    /** Tells whether it was there. */
    public boolean delete(long table, String name) {
        int deleted = session.createNativeMutationQuery(
                        "delete from catalog.partition_index where table_id = :table and name = :name")
                .setParameter("table", table)
                .setParameter("name", name)
                .executeUpdate();
        refresh(table);
        return deleted == 1;
    }

    private void forgetFailed(long table) {
        session.createNativeMutationQuery("delete from catalog.partition_index where id in ("
                        + "select id from catalog.partition_index where table_id = :table and status <> :status"
                        + " order by id desc offset :kept)")
                .setParameter("table", table)
                .setParameter("status", ACTIVE)
                .setParameter("kept", MOST_FAILED)
                .executeUpdate();
    }

    private void refresh(long table) {
        session.createNativeMutationQuery("update catalog.table_entry set indexed_keys = array("
                        + "select distinct position from catalog.partition_index i, unnest(i.positions) position"
                        + " where i.table_id = :table and i.status = :status order by position) where id = :table")
                .setParameter("table", table)
                .setParameter("status", ACTIVE)
                .executeUpdate();
    }
}
