package dev.mastic.catalog.policy;

import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.GluePolicy;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** Resource policies in PostgreSQL, in the transaction of the given session. Conditions are parts of the statements. */
final class PolicyStore {
    private final Session session;

    PolicyStore(Session session) {
        this.session = session;
    }

    Optional<GluePolicy> find(String arn) {
        return session.createNativeQuery(
                        "select policy, hash, created, updated from catalog.resource_policy where resource_arn = :arn",
                        Object[].class)
                .setParameter("arn", arn)
                .uniqueResultOptional()
                .map(row -> GluePolicy.builder()
                        .policyInJson((String) row[0])
                        .policyHash((String) row[1])
                        .createTime(instant(row[2]))
                        .updateTime(instant(row[3]))
                        .build());
    }

    /** Stores a policy that may be the first. */
    void put(String arn, String policy, String hash) {
        session.createNativeMutationQuery("insert into catalog.resource_policy as p (resource_arn, policy, hash)"
                        + " values (:arn, :policy, :hash) on conflict on constraint resource_has_one_policy"
                        + " do update set policy = excluded.policy, hash = excluded.hash, updated = now()")
                .setParameter("arn", arn)
                .setParameter("policy", policy)
                .setParameter("hash", hash)
                .executeUpdate();
    }

    /** Tells whether there was none. */
    boolean add(String arn, String policy, String hash) {
        return session.createNativeMutationQuery("insert into catalog.resource_policy (resource_arn, policy, hash)"
                                + " values (:arn, :policy, :hash) on conflict on constraint resource_has_one_policy"
                                + " do nothing")
                        .setParameter("arn", arn)
                        .setParameter("policy", policy)
                        .setParameter("hash", hash)
                        .executeUpdate()
                == 1;
    }

    /** Tells whether there was one, of that hash if one is given. */
    boolean replace(String arn, String policy, String hash, @Nullable String presentHash) {
        return session.createNativeMutationQuery("update catalog.resource_policy"
                                + " set policy = :policy, hash = :hash, updated = now() where resource_arn = :arn"
                                + " and hash = coalesce(cast(:present as text), hash)")
                        .setParameter("arn", arn)
                        .setParameter("policy", policy)
                        .setParameter("hash", hash)
                        .setParameter("present", presentHash, String.class)
                        .executeUpdate()
                == 1;
    }

    /** Tells whether there was one, of that hash if one is given. */
    boolean delete(String arn, @Nullable String presentHash) {
        return session.createNativeMutationQuery("delete from catalog.resource_policy where resource_arn = :arn"
                                + " and hash = coalesce(cast(:present as text), hash)")
                        .setParameter("arn", arn)
                        .setParameter("present", presentHash, String.class)
                        .executeUpdate()
                == 1;
    }

    private static Instant instant(Object column) {
        return column instanceof Timestamp timestamp ? timestamp.toInstant() : (Instant) column;
    }
}
