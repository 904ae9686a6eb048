package dev.mastic.catalog.connection;

import dev.mastic.catalog.secret.SecretKeys.Encrypted;
import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.Transactions;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.ConnectionInput;
import software.amazon.awssdk.services.glue.model.GetConnectionsFilter;

import java.util.List;
import java.util.Optional;

/** Connections in PostgreSQL, in the transaction of the given session. */
final class ConnectionStore {
    private static final String COLUMNS = "select c.name, c.definition, c.secrets from catalog.connection c";

    private final Session session;

    ConnectionStore(Session session) {
        this.session = session;
    }

    /**
     * A stored connection.
     *
     * @param definition the model's {@code Connection} as JSON, without secrets
     * @param secrets encrypted; null when there are none
     */
    record Stored(String name, String definition, @Nullable String secrets) {}

    /**
     * What is stored of an input.
     *
     * @param input the source of what listings are filtered by
     */
    record Row(
            ConnectionInput input,
            int schemaVersion,
            String definition,
            @Nullable Encrypted secrets) {}

    /**
     * Tells whether the name was free.
     *
     * @param tags a JSON object
     */
    boolean add(Row row, String tags) {
        return bound(
                                row,
                                "insert into catalog.connection (name, connection_type, schema_version, match_criteria,"
                                        + " definition, secrets, key_id, tags) values (:name, :type, :version,"
                                        + " cast(:criteria as text[]), :definition, cast(:secrets as text),"
                                        + " cast(:key as text), cast(:tags as jsonb))"
                                        + " on conflict on constraint connection_name_is_unique do nothing")
                        .setParameter("tags", tags)
                        .executeUpdate()
                == 1;
    }

    void replace(Row row) {
        bound(
                        row,
                        "update catalog.connection set connection_type = :type, schema_version = :version,"
                                + " match_criteria = cast(:criteria as text[]), definition = :definition,"
                                + " secrets = cast(:secrets as text), key_id = cast(:key as text) where name = :name")
                .executeUpdate();
    }

    private MutationQuery bound(Row row, String sql) {
        ConnectionInput input = row.input();
        Encrypted secrets = row.secrets();
        return session.createNativeMutationQuery(sql)
                .setParameter("name", input.name())
                .setParameter("type", input.connectionTypeAsString())
                .setParameter("version", row.schemaVersion())
                .setParameter("criteria", input.matchCriteria().toArray(String[]::new), String[].class)
                .setParameter("definition", row.definition())
                .setParameter("secrets", secrets == null ? null : secrets.text(), String.class)
                .setParameter("key", secrets == null ? null : secrets.keyId(), String.class);
    }

    Optional<Stored> find(String name) {
        return find(name, "");
    }

    /** Holds off others that update or delete the same connection. */
    Optional<Stored> findForUpdate(String name) {
        return find(name, " for update");
    }

    private Optional<Stored> find(String name, String lock) {
        return session.createNativeQuery(COLUMNS + " where c.name = :name" + lock, Object[].class)
                .setParameter("name", name)
                .uniqueResultOptional()
                .map(ConnectionStore::stored);
    }

    List<Stored> list(GetConnectionsFilter filter, @Nullable String after, int most) {
        StringBuilder sql = new StringBuilder(COLUMNS).append(" where c.name > :after");
        if (filter.connectionTypeAsString() != null) {
            sql.append(" and c.connection_type = :type");
        }
        if (filter.connectionSchemaVersion() != null) {
            sql.append(" and c.schema_version = :version");
        }
        if (!filter.matchCriteria().isEmpty()) {
            sql.append(" and c.match_criteria @> cast(:criteria as text[])");
        }
        NativeQuery<Object[]> query = session.createNativeQuery(
                        sql.append(" order by c.name").toString(), Object[].class)
                .setParameter("after", after == null ? "" : after);
        if (filter.connectionTypeAsString() != null) {
            query.setParameter("type", filter.connectionTypeAsString());
        }
        if (filter.connectionSchemaVersion() != null) {
            query.setParameter("version", filter.connectionSchemaVersion());
        }
        if (!filter.matchCriteria().isEmpty()) {
            query.setParameter("criteria", filter.matchCriteria().toArray(String[]::new), String[].class);
        }
        return query.setMaxResults(most).list().stream()
                .map(ConnectionStore::stored)
                .toList();
    }

    boolean delete(String name) {
        return session.createNativeMutationQuery("delete from catalog.connection where name = :name")
                        .setParameter("name", name)
                        .executeUpdate()
                == 1;
    }

    /** What the failure of a change says to the caller, when it is about the key. */
    static RuntimeException explained(RuntimeException failure) {
        return "connection_has_its_key".equals(Transactions.brokenConstraint(failure))
                ? Errors.invalid(
                        "The key of this server is no longer one of the database's: another server has replaced"
                                + " it. Give this server the present catalog.secret-key-file and start it again")
                : failure;
    }

    private static Stored stored(Object[] row) {
        return new Stored((String) row[0], (String) row[1], (String) row[2]);
    }
}
