package dev.mastic.catalog.security;

import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/** Security configurations in PostgreSQL, in the transaction of the given session. */
final class SecurityStore {
    private final Session session;

    SecurityStore(Session session) {
        this.session = session;
    }

    /** Tells whether the name was free. */
    boolean add(String name, String definition) {
        return session.createNativeMutationQuery("insert into catalog.security_configuration (name, definition)"
                                + " values (:name, :definition)"
                                + " on conflict on constraint security_configuration_name_is_unique do nothing")
                        .setParameter("name", name)
                        .setParameter("definition", definition)
                        .executeUpdate()
                == 1;
    }

    Optional<String> find(String name) {
        return session.createNativeQuery(
                        "select definition from catalog.security_configuration where name = :name", String.class)
                .setParameter("name", name)
                .uniqueResultOptional();
    }

    List<String> list(@Nullable String after, int most) {
        return session.createNativeQuery(
                        "select definition from catalog.security_configuration where name > :after order by name",
                        String.class)
                .setParameter("after", after == null ? "" : after)
                .setMaxResults(most)
                .list();
    }

    boolean delete(String name) {
        return session.createNativeMutationQuery("delete from catalog.security_configuration where name = :name")
                        .setParameter("name", name)
                        .executeUpdate()
                == 1;
    }
}
