package dev.mastic.catalog.database;

import dev.mastic.catalog.store.Errors;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.List;
import java.util.Optional;

/** Databases in PostgreSQL, in the transaction of the given session. */
public final class DatabaseStore {
    private final Session session;

    /** In the transaction of that session. */
    public DatabaseStore(Session session) {
        this.session = session;
    }

    /** The database of that name, folded. */
    Optional<DatabaseEntity> find(String name) {
        return session.createSelectionQuery("from DatabaseEntity d where d.name = :name", DatabaseEntity.class)
                .setParameter("name", name)
                .uniqueResultOptional();
    }

    /**
     * The database of that name, folded.
     *
     * @throws EntityNotFoundException when there is none
     */
    public DatabaseEntity load(String name) {
        return find(name).orElseThrow(() -> missing(name));
    }

    /**
     * The database of that name, folded, for what is to be in it.
     *
     * @throws EntityNotFoundException when there is none
     * @throws InvalidInputException when it is a resource link
     */
    public DatabaseEntity loadOwner(String name) {
        DatabaseEntity database = load(name);
        if (database.isResourceLink()) {
            throw Errors.invalid("Database " + name + " is a resource link; use the database that it leads to");
        }
        return database;
    }

    DatabaseEntity loadForUpdate(String name) {
        return session.createSelectionQuery("from DatabaseEntity d where d.name = :name", DatabaseEntity.class)
                .setParameter("name", name)
                .setHibernateLockMode(LockMode.PESSIMISTIC_WRITE)
                .uniqueResultOptional()
                .orElseThrow(() -> missing(name));
    }

    List<DatabaseEntity> list(@Nullable String after, int most) {
        return session.createSelectionQuery(
                        "from DatabaseEntity d where d.name > :after order by d.name", DatabaseEntity.class)
                .setParameter("after", after == null ? "" : after)
                .setMaxResults(most)
                .list();
    }

    /**
     * Tells whether the name was free.
     *
     * @param tags a JSON object
     */
    boolean add(String name, String definition, boolean isResourceLink, String tags) {
        return session.createNativeMutationQuery("insert into catalog.database (name, definition, resource_link, tags)"
                                + " values (:name, :definition, :link, cast(:tags as jsonb))"
                                + " on conflict on constraint database_name_is_unique do nothing")
                        .setParameter("name", name)
                        .setParameter("definition", definition)
                        .setParameter("link", isResourceLink)
                        .setParameter("tags", tags)
                        .executeUpdate()
                == 1;
    }

    /** Tables, versions and partitions go with it, by the foreign keys. */
    int delete(String name) {
        return session.createMutationQuery("delete from DatabaseEntity d where d.name = :name")
                .setParameter("name", name)
                .executeUpdate();
    }

    /** What a request for a database that is not there is answered with. */
    public static EntityNotFoundException missing(String name) {
        return EntityNotFoundException.builder()
                .message("Database " + name + " not found.")
                .build();
    }
}
