package dev.mastic.registry.store;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Metadata of versions in PostgreSQL. Every operation runs on the caller's handle. Stateless and thread-safe. */
public final class MetadataStore {
    /** A pair, and when it was put. */
    public record Entry(String key, String value, Instant createdAt) {}

    /** Locks a version until the transaction ends, so that its pairs are counted right; false when it is gone. */
    public boolean lock(Handle handle, UUID version) {
        return handle.createQuery("select 1 from registry.schema_version where id = :version for no key update")
                .bind("version", version)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    public int count(Handle handle, UUID version) {
        return handle.createQuery("select count(*) from registry.schema_version_metadata where version = :version")
                .bind("version", version)
                .mapTo(Integer.class)
                .one();
    }

    public boolean exists(Handle handle, UUID version, String key, String value) {
        return handle.createQuery("select 1 from registry.schema_version_metadata"
                        + " where version = :version and key = :key and value = :value")
                .bind("version", version)
                .bind("key", key)
                .bind("value", value)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    public void insert(Handle handle, UUID version, String key, String value) {
        handle.createUpdate("insert into registry.schema_version_metadata (version, key, value)"
                        + " values (:version, :key, :value)")
                .bind("version", version)
                .bind("key", key)
                .bind("value", value)
                .execute();
    }

    /** Removes a pair; tells whether it was there. */
    public boolean delete(Handle handle, UUID version, String key, String value) {
        return handle.createUpdate("delete from registry.schema_version_metadata"
                                + " where version = :version and key = :key and value = :value")
                        .bind("version", version)
                        .bind("key", key)
                        .bind("value", value)
                        .execute()
                == 1;
    }

    /** All pairs of a version, by key, the newest value of a key first. */
    public List<Entry> list(Handle handle, UUID version) {
        return handle.createQuery("select key, value, created_at from registry.schema_version_metadata"
                        + " where version = :version order by key collate \"C\", position desc")
                .bind("version", version)
                .map((row, context) -> new Entry(
                        row.getString("key"),
                        row.getString("value"),
                        row.getTimestamp("created_at").toInstant()))
                .list();
    }
}
