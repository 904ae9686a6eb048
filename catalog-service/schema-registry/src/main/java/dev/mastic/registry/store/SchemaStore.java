package dev.mastic.registry.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Compatibility;
import software.amazon.awssdk.services.glue.model.DataFormat;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

import java.util.List;
import java.util.Optional;

/** Schemas in PostgreSQL. Every operation runs on the caller's handle. Stateless and thread-safe. */
public final class SchemaStore {
    private static final String COLUMNS = "select s.*, r.name as registry_name, (select max(v.number)"
            + " from registry.schema_version v where v.schema = s.id and v.status = 'AVAILABLE') as latest"
            + " from registry.schema s join registry.registry r on r.id = s.registry";

    private static final RowMapper<SchemaRecord> RECORD = (row, context) -> new SchemaRecord(
            row.getLong("id"),
            row.getString("registry_name"),
            row.getString("name"),
            DataFormat.fromValue(row.getString("data_format")),
            Compatibility.fromValue(row.getString("compatibility")),
            row.getString("description"),
            row.getLong("next_version"),
            row.getObject("checkpoint", Long.class),
            row.getObject("latest", Long.class),
            row.getTimestamp("created_at").toInstant(),
            row.getTimestamp("updated_at").toInstant());

    /** @throws AlreadyExistsException when the registry has a schema of that name */
    public void insert(
            Handle handle,
            RegistryRecord registry,
            String name,
            DataFormat format,
            Compatibility compatibility,
            @Nullable String description,
            String tags) {
        int inserted = handle.createUpdate("insert into registry.schema"
                        + " (registry, name, data_format, compatibility, description, tags)"
                        + " values (:registry, :name, :format, :compatibility, :description, cast(:tags as jsonb))"
                        + " on conflict (registry, name) do nothing")
                .bind("registry", registry.id())
                .bind("name", name)
                .bind("format", format.toString())
                .bind("compatibility", compatibility.toString())
                .bind("description", description)
                .bind("tags", tags)
                .execute();
        if (inserted == 0) {
            throw AlreadyExistsException.builder()
                    .message("Schema already exists. RegistryName: " + registry.name() + ", SchemaName: " + name)
                    .build();
        }
    }

    public Optional<SchemaRecord> find(Handle handle, SchemaName name) {
        return handle.createQuery(COLUMNS + " where r.name = :registry and s.name = :name")
                .bind("registry", name.registry())
                .bind("name", name.schema())
                .map(RECORD)
                .findOne();
    }

    /** @throws EntityNotFoundException when there is no such schema */
    public SchemaRecord load(Handle handle, SchemaName name) {
        return find(handle, name).orElseThrow(() -> notFound(name));
    }

    /**
     * A schema, locked until the transaction ends.
     *
     * @throws EntityNotFoundException when there is no such schema
     */
    public SchemaRecord lock(Handle handle, SchemaName name) {
        Optional<Long> id = handle.createQuery("select s.id from registry.schema s"
                        + " join registry.registry r on r.id = s.registry"
                        + " where r.name = :registry and s.name = :name for update of s")
                .bind("registry", name.registry())
                .bind("name", name.schema())
                .mapTo(Long.class)
                .findOne();
        if (id.isEmpty()) {
            throw notFound(name);
        }
        // A second statement, because the first one's snapshot is older than what it waited for.
        return load(handle, name);
    }

    /** Sets what UpdateSchema can change; null leaves a description as it is. */
    public void update(
            Handle handle,
            long id,
            @Nullable String description,
            Compatibility compatibility,
            @Nullable Long checkpoint) {
        handle.createUpdate("update registry.schema set description = coalesce(:description, description),"
                        + " compatibility = :compatibility, checkpoint = :checkpoint, updated_at = now()"
                        + " where id = :id")
                .bind("id", id)
                .bind("description", description)
                .bind("compatibility", compatibility.toString())
                .bind("checkpoint", checkpoint)
                .execute();
    }

    /** Takes the schema's next number; its first available version becomes the checkpoint. */
    public void advance(Handle handle, long id, long number, @Nullable Long checkpoint) {
        handle.createUpdate("update registry.schema set next_version = :number + 1, checkpoint = :checkpoint,"
                        + " updated_at = now() where id = :id")
                .bind("id", id)
                .bind("number", number)
                .bind("checkpoint", checkpoint)
                .execute();
    }

    /** Deletes a schema with all its versions. */
    public void delete(Handle handle, long id) {
        handle.createUpdate("delete from registry.schema where id = :id")
                .bind("id", id)
                .execute();
    }

    /**
     * Schemas by registry and name.
     *
     * @param registry of this registry alone; null for all
     * @param afterRegistry schemas beyond {@code afterName} of this registry, and of those that follow
     */
    public List<SchemaRecord> list(
            Handle handle, @Nullable String registry, String afterRegistry, String afterName, int limit) {
        return handle.createQuery(COLUMNS
                        + " where (cast(:registry as text) is null or r.name = :registry)"
                        + " and (r.name, s.name) > (:afterRegistry, :afterName)"
                        + " order by r.name, s.name limit :limit")
                .bind("registry", registry)
                .bind("afterRegistry", afterRegistry)
                .bind("afterName", afterName)
                .bind("limit", limit)
                .map(RECORD)
                .list();
    }

    /** The error for a schema that does not exist. AWS's serializers look for its first sentence, and create the schema. */
    public static EntityNotFoundException notFound(SchemaName name) {
        return EntityNotFoundException.builder()
                .message("Schema is not found. RegistryName: " + name.registry() + ", SchemaName: " + name.schema())
                .build();
    }
}
