package dev.mastic.catalog.secret;

import dev.mastic.catalog.store.Transactions;
import org.hibernate.Session;

import java.util.List;

/**
 * The fingerprints of the keys that the secrets of a database are encrypted with, so that a server with a wrong key, or
 * with another one than its neighbours, stops at its start and not at the first secret. Thread-safe.
 */
public final class KeyRegister {
    private final Transactions transactions;

    /** On one catalog. */
    public KeyRegister(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Enters the first key of a server. Keys that the server has no more leave when no secret needs them.
     *
     * @throws InvalidKeyException when no key of the server is one of the database's, or secrets need one that it lacks
     */
    public void enter(SecretKeys keys) {
        transactions.run(session -> {
            // Two servers that start together on a new database must not both find it empty.
            session.createNativeMutationQuery("lock table catalog.secret_key in exclusive mode")
                    .executeUpdate();
            check(session, keys);
            return session.createNativeMutationQuery(
                            "insert into catalog.secret_key (id, fingerprint)"
                                    + " values (:id, :fingerprint) on conflict on constraint secret_key_id_is_unique do nothing")
                    .setParameter("id", keys.current().id())
                    .setParameter("fingerprint", keys.current().fingerprint())
                    .executeUpdate();
        });
    }

    private static void check(Session session, SecretKeys keys) {
        List<Object[]> entered = session.createNativeQuery(
                        "select k.id, k.fingerprint, exists (select from catalog.connection c where c.key_id = k.id)"
                                + " from catalog.secret_key k order by k.id",
                        Object[].class)
                .list();
        List<Object[]> lacking = entered.stream()
                .filter(row -> !keys.has((String) row[0], (String) row[1]))
                .toList();
        List<String> needed = lacking.stream()
                .filter(row -> lacking.size() == entered.size() || (boolean) row[2])
                .map(row -> (String) row[0])
                .toList();
        if (!needed.isEmpty()) {
            throw new InvalidKeyException("The secrets in the database are encrypted with other keys: it knows "
                    + needed + ", this server has " + keys.ids()
                    + ". Put the right key back into the file of catalog.secret-key-file (of the embedded PostgreSQL:"
                    + " secret.key in the data folder). To change keys put the new one on the first line and keep the"
                    + " old one on the next");
        }
        lacking.forEach(row -> session.createNativeMutationQuery("delete from catalog.secret_key where id = :id")
                .setParameter("id", row[0])
                .executeUpdate());
    }
}
