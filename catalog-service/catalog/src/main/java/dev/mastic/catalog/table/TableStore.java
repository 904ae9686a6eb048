package dev.mastic.catalog.table;

import dev.mastic.catalog.database.DatabaseEntity;
import dev.mastic.catalog.database.DatabaseStore;
import dev.mastic.wire.GlueJson;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Table;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Tables and versions in PostgreSQL, in the transaction of the given session. */
public final class TableStore {
    private static final int NAMES_AT_ONCE = 1000;

    private final Session session;

    /** In the transaction of that session. */
    public TableStore(Session session) {
        this.session = session;
    }

    /**
     * The table of those names, folded.
     *
     * @throws EntityNotFoundException when there is no such table or database
     */
    public TableEntity load(String database, String name) {
        return find(database, name, "").orElseThrow(() -> missing(database, name));
    }

    /**
     * The table of those names, folded, as it is once the lock is there.
     *
     * @throws EntityNotFoundException when there is no such table or database
     */
    public TableEntity load(String database, String name, RowLock lock) {
        return find(database, name, lock.sql() + " of t").orElseThrow(() -> missing(database, name));
    }

    /** By JDBC: every request on partitions asks this, and Hibernate would take longer for it than PostgreSQL. */
    private Optional<TableEntity> find(String database, String name, String locking) {
        return session.doReturningWork(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select t.id, t.database_id, t.name, t.version, t.definition, t.indexed_keys from catalog.table_entry t"
                            + " join catalog.database d on d.id = t.database_id where d.name = ? and t.name = ? "
                            + locking)) {
                select.setString(1, database);
                select.setString(2, name);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(TableEntity.of(row)) : Optional.empty();
                }
            }
        });
    }

    /** Holds off all who store partitions of the table until this transaction ends. */
    void lockKeys(TableEntity table) {
        session.createNativeQuery("select t.id from catalog.table_entry t where t.id = :id for update", Long.class)
                .setParameter("id", table.id())
                .list();
    }

    /** The columns of a table, its partition keys last. */
    public static List<Column> columns(Table table) {
        List<Column> columns = new ArrayList<>();
        if (table.storageDescriptor() != null) {
            columns.addAll(table.storageDescriptor().columns());
        }
        columns.addAll(table.partitionKeys());
        return columns;
    }

    /** The model of a table, with its present version. */
    public static Table read(TableEntity table) {
        return model(table.definition(), table.version());
    }

    /** The partition keys of {@link #read}. */
    public static List<Column> partitionKeys(TableEntity table) {
        return GlueJson.readOnly("PartitionKeys", table.definition(), Table.class)
                .partitionKeys();
    }

    /** The JSON of {@link #read}: what is stored is the model's but for the version. */
    static String json(TableEntity table) {
        return "{\"VersionId\":\"" + table.version() + "\",\"IsRegisteredWithLakeFormation\":false,"
                + table.definition().substring(1);
    }

    /** The model of a stored definition, at a version. */
    public static Table model(String definition, long version) {
        return GlueJson.read(definition, Table.class).toBuilder()
                .versionId(Long.toString(version))
                .isRegisteredWithLakeFormation(false)
                .build();
    }

    /**
     * Tells whether the name was free.
     *
     * @throws EntityNotFoundException when there is no such database
     * @throws InvalidInputException when the database is a resource link
     */
    boolean add(String database, String name, TableDefinition definition) {
        // The lock holds off a drop of the database, which would turn the answer into a broken foreign key.
        int added = session.createNativeMutationQuery(
                        "insert into catalog.table_entry (database_id, name, version, definition, search_tokens)"
                                + " select d.id, :name, 0, :definition, cast(:words as text[]) from catalog.database d"
                                + " where d.name = :database and not d.resource_link for key share"
                                + " on conflict on constraint table_name_is_unique do nothing")
                .setParameter("name", name)
                .setParameter("definition", definition.json())
                .setParameter("words", definition.wordArray(), String[].class)
                .setParameter("database", database)
                .executeUpdate();
        if (added == 0) {
            new DatabaseStore(session).loadOwner(database);
        }
        return added == 1;
    }

    /** Replaces a version by the next one; tells whether it was still the present one. */
    boolean replace(TableEntity table, TableDefinition definition) {
        return session.createNativeMutationQuery("update catalog.table_entry set version = version + 1,"
                                + " definition = :definition, search_tokens = cast(:words as text[])"
                                + " where id = :id and version = :version")
                        .setParameter("definition", definition.json())
                        .setParameter("words", definition.wordArray(), String[].class)
                        .setParameter("id", table.id())
                        .setParameter("version", table.version())
                        .executeUpdate()
                == 1;
    }

    /** Asks anew whether the table has partition indexes. */
    boolean isIndexed(TableEntity table) {
        return session.createNativeQuery(
                        "select cardinality(indexed_keys) > 0 from catalog.table_entry where id = :id", Boolean.class)
                .setParameter("id", table.id())
                .getSingleResult();
    }

    /** What is known of columns, by folded names, before the version that follows this one is void from now on. */
    void dropStatistics(TableEntity table, Set<String> columns) {
        if (columns.isEmpty()) {
            return;
        }
        String[] names = columns.stream().sorted().toArray(String[]::new);
        session.createNativeMutationQuery("delete from catalog.table_column_statistics where table_id = :table"
                        + " and column_name = any(cast(:names as text[]))")
                .setParameter("table", table.id())
                .setParameter("names", names, String[].class)
                .executeUpdate();
        session.createNativeMutationQuery("insert into catalog.dropped_column (table_id, column_name, version)"
                        + " select :table, name, :version from unnest(cast(:names as text[])) name"
                        + " on conflict (table_id, column_name) do update set version = excluded.version")
                .setParameter("table", table.id())
                .setParameter("version", table.version() + 1)
                .setParameter("names", names, String[].class)
                .executeUpdate();
    }

    void archive(TableEntity table) {
        session.persist(new TableVersionEntity(table.id(), table.version(), table.definition()));
        // Before the SQL that counts archived versions, which Hibernate does not know to be of this entity.
        session.flush();
    }

    /**
     * Deletes archived versions, the oldest first, until some are kept or as many are deleted as one transaction should.
     */
    void prune(TableEntity table, int kept, int most) {
        // A table has no more archived versions than it had updates.
        if (table.version() + 1 <= kept) {
            return;
        }
        session.createNativeMutationQuery("delete from catalog.table_version where table_id = :table and version in ("
                        + "select v.version from catalog.table_version v where v.table_id = :table and v.version <= ("
                        + "select last.version from catalog.table_version last where last.table_id = :table"
                        + " order by last.version desc offset :kept limit 1) order by v.version limit :most)")
                .setParameter("table", table.id())
                .setParameter("kept", kept)
                .setParameter("most", most)
                .executeUpdate();
    }

    /** Versions and partitions go with it, by the foreign keys. */
    boolean delete(String database, String name) {
        return session.createMutationQuery("delete from TableEntity t where t.name = :name and t.databaseId ="
                                + " (select d.id from DatabaseEntity d where d.name = :database)")
                        .setParameter("database", database)
                        .setParameter("name", name)
                        .executeUpdate()
                == 1;
    }

    /** Tables by name. */
    List<TableEntity> list(DatabaseEntity database, @Nullable String after, int most) {
        return session.createSelectionQuery(
                        "from TableEntity t where t.databaseId = :database and t.name > :after order by t.name",
                        TableEntity.class)
                .setParameter("database", database.id())
                .setParameter("after", after == null ? "" : after)
                .setMaxResults(most)
                .list();
    }

    /** The first tables by name whose names match; reads names alone to find them. */
    List<TableEntity> list(DatabaseEntity database, @Nullable String after, int most, Predicate<String> matching) {
        List<String> found = new ArrayList<>();
        String last = after == null ? "" : after;
        List<String> chunk;
        do {
            chunk = session.createSelectionQuery(
                            "select t.name from TableEntity t where t.databaseId = :database and t.name > :after"
                                    + " order by t.name",
                            String.class)
                    .setParameter("database", database.id())
                    .setParameter("after", last)
                    .setMaxResults(NAMES_AT_ONCE)
                    .list();
            chunk.stream().filter(matching).limit(most - found.size()).forEach(found::add);
            if (!chunk.isEmpty()) {
                last = chunk.get(chunk.size() - 1);
            }
        } while (found.size() < most && chunk.size() == NAMES_AT_ONCE);
        if (found.isEmpty()) {
            return List.of();
        }
        return session.createSelectionQuery(
                        "from TableEntity t where t.databaseId = :database and t.name in :names order by t.name",
                        TableEntity.class)
                .setParameter("database", database.id())
                .setParameterList("names", found)
                .list();
    }

    Optional<TableVersionEntity> findVersion(TableEntity table, long version) {
        return session.createSelectionQuery(
                        "from TableVersionEntity v where v.tableId = :table and v.version = :version",
                        TableVersionEntity.class)
                .setParameter("table", table.id())
                .setParameter("version", version)
                .uniqueResultOptional();
    }

    /** Archived versions below one, the newest first. */
    List<TableVersionEntity> versionsBelow(TableEntity table, long below, int most) {
        return session.createSelectionQuery(
                        "from TableVersionEntity v where v.tableId = :table and v.version < :below"
                                + " order by v.version desc",
                        TableVersionEntity.class)
                .setParameter("table", table.id())
                .setParameter("below", below)
                .setMaxResults(most)
                .list();
    }

    boolean deleteVersion(TableEntity table, long version) {
        return session.createMutationQuery(
                                "delete from TableVersionEntity v where v.tableId = :table and v.version = :version")
                        .setParameter("table", table.id())
                        .setParameter("version", version)
                        .executeUpdate()
                == 1;
    }

    /**
     * What a request for a table that is not there is answered with.
     *
     * @throws EntityNotFoundException when there is no such database either
     */
    EntityNotFoundException missing(String database, String name) {
        // A missing database is the likelier mistake to be told of.
        new DatabaseStore(session).load(database);
        return EntityNotFoundException.builder()
                .message("Table " + database + "." + name + " not found.")
                .build();
    }
}
