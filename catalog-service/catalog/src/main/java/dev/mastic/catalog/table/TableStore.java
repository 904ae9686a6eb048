package dev.mastic.catalog.table;

import dev.mastic.catalog.database.DatabaseEntity;
import dev.mastic.catalog.database.DatabaseStore;
import dev.mastic.wire.GlueJson;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Tables and versions in PostgreSQL, in the transaction of the given session. */
public final class TableStore {
    private static final int NAMES_AT_ONCE = 1000;

    private final Session session;

    /** In the transaction of that session. */
    public TableStore(Session session) {
        this.session = session;
    }

    private Optional<TableEntity> find(String database, String name) {
        return session.createSelectionQuery(
                        "select t from TableEntity t join DatabaseEntity d on d.id = t.databaseId"
                                + " where d.name = :database and t.name = :name",
                        TableEntity.class)
                .setParameter("database", database)
                .setParameter("name", name)
                .uniqueResultOptional();
    }

    /**
     * The table of those names, folded.
     *
     * @throws EntityNotFoundException when there is no such table or database
     */
    public TableEntity load(String database, String name) {
        return find(database, name).orElseThrow(() -> missing(database, name));
    }

    /**
     * As {@link #load}, and {@link #lockKeys} waits for the end of this transaction; other updates do not.
     *
     * @throws EntityNotFoundException when there is no such table or database
     */
    public TableEntity loadWithFixedKeys(String database, String name) {
        return session.createNativeQuery(
                        "select t.* from catalog.table_entry t join catalog.database d on d.id = t.database_id"
                                + " where d.name = :database and t.name = :name for key share of t",
                        TableEntity.class)
                .setParameter("database", database)
                .setParameter("name", name)
                .uniqueResultOptional()
                .orElseThrow(() -> missing(database, name));
    }

    /** Holds off all who store partitions of the table until this transaction ends. */
    void lockKeys(TableEntity table) {
        session.createNativeQuery("select t.id from catalog.table_entry t where t.id = :id for update", Long.class)
                .setParameter("id", table.id())
                .list();
    }

    /** The model of a table, with its present version. */
    public static Table read(TableEntity table) {
        return model(table.definition(), table.version());
    }

    static Table model(String definition, long version) {
        return GlueJson.read(definition, Table.class).toBuilder()
                .versionId(Long.toString(version))
                .isRegisteredWithLakeFormation(false)
                .build();
    }

    /**
     * Tells whether the name was free.
     *
     * @throws EntityNotFoundException when there is no such database
     */
    boolean add(String database, String name, String definition) {
        // The lock holds off a drop of the database, which would turn the answer into a broken foreign key.
        int added = session.createNativeMutationQuery(
                        "insert into catalog.table_entry (database_id, name, version, definition)"
                                + " select d.id, :name, 0, :definition from catalog.database d"
                                + " where d.name = :database for key share"
                                + " on conflict on constraint table_name_is_unique do nothing")
                .setParameter("name", name)
                .setParameter("definition", definition)
                .setParameter("database", database)
                .executeUpdate();
        if (added == 0) {
            new DatabaseStore(session).load(database);
        }
        return added == 1;
    }

    /** Replaces a version by the next one; tells whether it was still the present one. */
    boolean replace(TableEntity table, String definition) {
        return session.createMutationQuery("update TableEntity t set t.version = t.version + 1,"
                                + " t.definition = :definition where t.id = :id and t.version = :version")
                        .setParameter("definition", definition)
                        .setParameter("id", table.id())
                        .setParameter("version", table.version())
                        .executeUpdate()
                == 1;
    }

    void archive(TableEntity table) {
        session.persist(new TableVersionEntity(table.id(), table.version(), table.definition()));
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

    private EntityNotFoundException missing(String database, String name) {
        // A missing database is the likelier mistake to be told of.
        new DatabaseStore(session).load(database);
        return EntityNotFoundException.builder()
                .message("Table " + database + "." + name + " not found.")
                .build();
    }
}
