package dev.mastic.registry.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

import java.util.List;
import java.util.Optional;

/** Registries in PostgreSQL. Every operation runs on the caller's handle. Stateless and thread-safe. */
public final class RegistryStore {
    /** The registry that is made when a schema is created without one. */
    public static final String DEFAULT = "default-registry";

    private static final RowMapper<RegistryRecord> RECORD = (row, context) -> new RegistryRecord(
            row.getLong("id"),
            row.getString("name"),
            row.getString("description"),
            row.getTimestamp("created_at").toInstant(),
            row.getTimestamp("updated_at").toInstant());

    /** Makes sure that two transactions that count registries do so one after the other. */
    public void lockCount(Handle handle) {
        handle.execute("select pg_advisory_xact_lock(hashtextextended('mastic registry.registry', 0))");
    }

    /** How many registries there are, without the default one. */
    public int count(Handle handle) {
        return handle.createQuery("select count(*) from registry.registry where name <> :default")
                .bind("default", DEFAULT)
                .mapTo(Integer.class)
                .one();
    }

    /** @throws AlreadyExistsException when there is a registry of that name */
    public void insert(Handle handle, String name, @Nullable String description, String tags) {
        int inserted = handle.createUpdate("insert into registry.registry (name, description, tags)"
                        + " values (:name, :description, cast(:tags as jsonb)) on conflict (name) do nothing")
                .bind("name", name)
                .bind("description", description)
                .bind("tags", tags)
                .execute();
        if (inserted == 0) {
            throw AlreadyExistsException.builder()
                    .message("Registry already exists. RegistryName: " + name)
                    .build();
        }
    }

    /** Makes the default registry unless it is there. */
    public void insertDefault(Handle handle) {
        handle.createUpdate("insert into registry.registry (name) values (:name) on conflict (name) do nothing")
                .bind("name", DEFAULT)
                .execute();
    }

    public Optional<RegistryRecord> find(Handle handle, String name) {
        return handle.createQuery("select * from registry.registry where name = :name")
                .bind("name", name)
                .map(RECORD)
                .findOne();
    }

    /** @throws EntityNotFoundException when there is no such registry */
    public RegistryRecord load(Handle handle, String name) {
        return find(handle, name).orElseThrow(() -> notFound(name));
    }

    /**
     * A registry, which stays until the transaction ends.
     *
     * @throws EntityNotFoundException when there is no such registry
     */
    public RegistryRecord keep(Handle handle, String name) {
        return handle.createQuery("select * from registry.registry where name = :name for key share")
                .bind("name", name)
                .map(RECORD)
                .findOne()
                .orElseThrow(() -> notFound(name));
    }

    /** @throws EntityNotFoundException when there is no such registry */
    public void update(Handle handle, String name, String description) {
        int updated = handle.createUpdate(
                        "update registry.registry set description = :description, updated_at = now() where name = :name")
                .bind("name", name)
                .bind("description", description)
                .execute();
        if (updated == 0) {
            throw notFound(name);
        }
    }

    /**
     * Deletes a registry with all its schemas.
     *
     * @throws EntityNotFoundException when there is no such registry
     */
    public void delete(Handle handle, String name) {
        int deleted = handle.createUpdate("delete from registry.registry where name = :name")
                .bind("name", name)
                .execute();
        if (deleted == 0) {
            throw notFound(name);
        }
    }

    /**
     * Registries by name.
     *
     * @param after names beyond this one
     */
    public List<RegistryRecord> list(Handle handle, String after, int limit) {
        return handle.createQuery("select * from registry.registry where name > :after order by name limit :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map(RECORD)
                .list();
    }

    /** The error for a registry that does not exist. */
    public static EntityNotFoundException notFound(String name) {
        return EntityNotFoundException.builder()
                .message("Registry is not found. RegistryName: " + name)
                .build();
    }
}
