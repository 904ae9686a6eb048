package dev.mastic.catalog.function;

import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** User-defined functions in PostgreSQL, in the transaction of the given session. */
final class FunctionStore {
    private static final int NAMES_AT_ONCE = 1000;

    private final Session session;

    FunctionStore(Session session) {
        this.session = session;
    }

    /** Where a function is, both names folded; also the key of pages. */
    record Key(String database, String name) {}

    /**
     * A stored function.
     *
     * @param definition the model's {@code UserDefinedFunction} as JSON
     */
    record Stored(Key key, String definition) {}

    /** Which functions a listing has; null members are no condition. */
    record Wanted(
            @Nullable String database,
            @Nullable String functionType,
            @Nullable Predicate<String> matching) {}

    /** Tells whether the database was there and the name was free. */
    boolean add(Key key, @Nullable String functionType, String definition) {
        // The lock holds off a drop of the database, which would turn the answer into a broken foreign key.
        return session.createNativeMutationQuery(
                                "insert into catalog.user_defined_function (database_id, name, function_type, definition)"
                                        + " select d.id, :name, cast(:type as text), :definition"
                                        + " from catalog.database d where d.name = :database and not d.resource_link for key share"
                                        + " on conflict on constraint function_name_is_unique do nothing")
                        .setParameter("name", key.name())
                        .setParameter("type", functionType, String.class)
                        .setParameter("definition", definition)
                        .setParameter("database", key.database())
                        .executeUpdate()
                == 1;
    }

    Optional<String> find(Key key) {
        return definition(key, "");
    }

    /** Holds off others that update or delete the same function. */
    Optional<String> findForUpdate(Key key) {
        return definition(key, " for update of f");
    }

    private Optional<String> definition(Key key, String lock) {
        return session.createNativeQuery(
                        "select f.definition from catalog.user_defined_function f"
                                + " join catalog.database d on d.id = f.database_id"
                                + " where d.name = :database and f.name = :name" + lock,
                        String.class)
                .setParameter("database", key.database())
                .setParameter("name", key.name())
                .uniqueResultOptional();
    }

    void replace(Key key, @Nullable String functionType, String definition) {
        session.createNativeMutationQuery("update catalog.user_defined_function f"
                        + " set function_type = cast(:type as text), definition = :definition"
                        + " from catalog.database d where d.id = f.database_id and d.name = :database"
                        + " and f.name = :name")
                .setParameter("type", functionType, String.class)
                .setParameter("definition", definition)
                .setParameter("database", key.database())
                .setParameter("name", key.name())
                .executeUpdate();
    }

    boolean delete(Key key) {
        return session.createNativeMutationQuery("delete from catalog.user_defined_function f"
                                + " using catalog.database d where d.id = f.database_id and d.name = :database"
                                + " and f.name = :name")
                        .setParameter("database", key.database())
                        .setParameter("name", key.name())
                        .executeUpdate()
                == 1;
    }

    /** The first functions by database and name; reads names alone to find them. */
    List<Stored> list(Wanted wanted, @Nullable Key after, int most) {
        Predicate<String> matching = wanted.matching();
        List<Key> found = new ArrayList<>();
        Key last = after;
        List<Key> chunk;
        do {
            chunk = keys(wanted, last);
            chunk.stream()
                    .filter(key -> matching == null || matching.test(key.name()))
                    .limit(most - found.size())
                    .forEach(found::add);
            if (!chunk.isEmpty()) {
                last = chunk.get(chunk.size() - 1);
            }
        } while (found.size() < most && chunk.size() == NAMES_AT_ONCE);
        return load(found);
    }

    private List<Key> keys(Wanted wanted, @Nullable Key after) {
        StringBuilder sql = new StringBuilder("select d.name, f.name from catalog.user_defined_function f"
                + " join catalog.database d on d.id = f.database_id where true");
        if (after != null) {
            sql.append(" and (d.name, f.name) > (cast(:afterDatabase as text), cast(:afterName as text))");
        }
        if (wanted.database() != null) {
            sql.append(" and d.name = :database");
        }
        if (wanted.functionType() != null) {
            sql.append(" and f.function_type = :type");
        }
        NativeQuery<Object[]> query =
                session.createNativeQuery(sql.append(" order by d.name, f.name").toString(), Object[].class);
        if (after != null) {
            query.setParameter("afterDatabase", after.database()).setParameter("afterName", after.name());
        }
        if (wanted.database() != null) {
            query.setParameter("database", wanted.database());
        }
        if (wanted.functionType() != null) {
            query.setParameter("type", wanted.functionType());
        }
        return query.setMaxResults(NAMES_AT_ONCE).list().stream()
                .map(row -> new Key((String) row[0], (String) row[1]))
                .toList();
    }

    private List<Stored> load(List<Key> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        String wanted = IntStream.range(0, keys.size())
                .mapToObj(i -> "(cast(:d" + i + " as text), cast(:n" + i + " as text))")
                .collect(Collectors.joining(", "));
        NativeQuery<Object[]> query = session.createNativeQuery(
                "select d.name, f.name, f.definition from (values " + wanted + ") w (d, n)"
                        + " join catalog.database d on d.name = w.d"
                        + " join catalog.user_defined_function f on f.database_id = d.id and f.name = w.n"
                        + " order by d.name, f.name",
                Object[].class);
        for (int i = 0; i < keys.size(); i++) {
            query.setParameter("d" + i, keys.get(i).database());
            query.setParameter("n" + i, keys.get(i).name());
        }
        return query.list().stream()
                .map(row -> new Stored(new Key((String) row[0], (String) row[1]), (String) row[2]))
                .toList();
    }
}
