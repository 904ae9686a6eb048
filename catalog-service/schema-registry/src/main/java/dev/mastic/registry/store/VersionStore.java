package dev.mastic.registry.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.DataFormat;
import software.amazon.awssdk.services.glue.model.SchemaVersionStatus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Versions of schemas in PostgreSQL. Every operation runs on the caller's handle. Stateless and thread-safe. */
public final class VersionStore {
    private static final String COLUMNS = "select v.*, s.name as schema_name, s.data_format, r.name as registry_name"
            + " from registry.schema_version v join registry.schema s on s.id = v.schema"
            + " join registry.registry r on r.id = s.registry";

    private static final String WITHOUT_DEFINITIONS =
            COLUMNS.replace("v.*", "v.id, v.number, v.status, v.created_at, '' as definition, null as failure");

    private static final RowMapper<VersionRecord> RECORD = (row, context) -> new VersionRecord(
            row.getObject("id", UUID.class),
            row.getString("registry_name"),
            row.getString("schema_name"),
            DataFormat.fromValue(row.getString("data_format")),
            row.getLong("number"),
            SchemaVersionStatus.fromValue(row.getString("status")),
            row.getString("definition"),
            row.getString("failure"),
            row.getTimestamp("created_at").toInstant());

    /**
     * Stores a version.
     *
     * @param canonical the definition without layout
     * @param failure why it does not fit; null for an available version
     */
    public UUID insert(
            Handle handle, long schema, long number, String definition, String canonical, @Nullable String failure) {
        UUID id = UUID.randomUUID();
        handle.createUpdate("insert into registry.schema_version"
                        + " (id, schema, number, status, definition, definition_hash, failure)"
                        + " values (:id, :schema, :number, :status, :definition, :hash, :failure)")
                .bind("id", id)
                .bind("schema", schema)
                .bind("number", number)
                .bind("status", failure == null ? "AVAILABLE" : "FAILURE")
                .bind("definition", definition)
                .bind("hash", hash(canonical))
                .bind("failure", failure)
                .execute();
        return id;
    }

    public Optional<VersionRecord> find(Handle handle, UUID id) {
        return handle.createQuery(COLUMNS + " where v.id = :id")
                .bind("id", id)
                .map(RECORD)
                .findOne();
    }

    public Optional<VersionRecord> find(Handle handle, long schema, long number) {
        return handle.createQuery(COLUMNS + " where v.schema = :schema and v.number = :number")
                .bind("schema", schema)
                .bind("number", number)
                .map(RECORD)
                .findOne();
    }

    /** The version with a definition: the available one, or else the last of those that failed. */
    public Optional<VersionRecord> findByDefinition(Handle handle, long schema, String canonical) {
        return handle.createQuery(COLUMNS + " where v.schema = :schema and v.definition_hash = :hash"
                        + " order by v.status, v.number desc limit 1")
                .bind("schema", schema)
                .bind("hash", hash(canonical))
                .map(RECORD)
                .findOne();
    }

    /** Numbers of the available versions from one on, the newest first. */
    public List<Long> available(Handle handle, long schema, long from) {
        return handle.createQuery("select number from registry.schema_version where schema = :schema"
                        + " and number >= :from and status = 'AVAILABLE' order by number desc")
                .bind("schema", schema)
                .bind("from", from)
                .mapTo(Long.class)
                .list();
    }

    /** Versions by number, without their definitions. */
    public List<VersionRecord> list(Handle handle, long schema, long after, int limit) {
        return handle.createQuery(WITHOUT_DEFINITIONS
                        + " where v.schema = :schema and v.number > :after order by v.number limit :limit")
                .bind("schema", schema)
                .bind("after", after)
                .bind("limit", limit)
                .map(RECORD)
                .list();
    }

    /** The numbers of a range that there are. */
    public List<Long> numbers(Handle handle, long schema, long first, long last) {
        return handle.createQuery("select number from registry.schema_version"
                        + " where schema = :schema and number between :first and :last order by number")
                .bind("schema", schema)
                .bind("first", first)
                .bind("last", last)
                .mapTo(Long.class)
                .list();
    }

    /** Deletes the versions of a range with their metadata, but for one number. */
    public void delete(Handle handle, long schema, long first, long last, long except) {
        handle.createUpdate("delete from registry.schema_version"
                        + " where schema = :schema and number between :first and :last and number <> :except")
                .bind("schema", schema)
                .bind("first", first)
                .bind("last", last)
                .bind("except", except)
                .execute();
    }

    /** Whether there are so many versions of all schemas together. */
    public boolean hasAtLeast(Handle handle, int versions) {
        return handle.createQuery("select count(*) from (select 1 from registry.schema_version limit :limit) counted")
                        .bind("limit", versions)
                        .mapTo(Integer.class)
                        .one()
                >= versions;
    }

    private static byte[] hash(String canonical) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
