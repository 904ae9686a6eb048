package dev.mastic.catalog.search;

import dev.mastic.catalog.table.TableStore;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Tables of all databases in PostgreSQL, in the transaction of the given session. */
final class SearchStore {
    private static final int NAMES_AT_ONCE = 5000;
    private static final int DEFINITIONS_AT_ONCE = 200;

    private final Session session;

    SearchStore(Session session) {
        this.session = session;
    }

    /** Where a table is. */
    record Key(String database, String table) {}

    private record Found(Key key, long id) {}

    /**
     * Visits tables by database and name until the visitor has enough. Reads names of many and definitions of few at a time.
     *
     * @param words that PostgreSQL's index finds the tables by; for none it is all tables
     * @param after the key before the first that is visited; null for the very first
     * @param visitor is given a table and says whether it wants more
     */
    void visit(Set<String> words, @Nullable Key after, Predicate<Table> visitor) {
        Key last = after;
        List<Found> found;
        do {
            found = find(words, last);
            for (int i = 0; i < found.size(); i += DEFINITIONS_AT_ONCE) {
                List<Found> few = found.subList(i, Math.min(i + DEFINITIONS_AT_ONCE, found.size()));
                for (Table table : load(few)) {
                    if (!visitor.test(table)) {
                        return;
                    }
                }
            }
            if (!found.isEmpty()) {
                last = found.get(found.size() - 1).key();
            }
        } while (found.size() == NAMES_AT_ONCE);
    }

    private List<Found> find(Set<String> words, @Nullable Key after) {
        StringBuilder sql = new StringBuilder("select d.name database, t.name, t.id from catalog.table_entry t"
                + " join catalog.database d on d.id = t.database_id where true");
        if (!words.isEmpty()) {
            sql.append(" and (t.search_tokens @> cast(:words as text[]) or t.search_tokens is null)");
        }
        if (after != null) {
            // The first bound says no more than the second, but is one that the index of databases takes.
            sql.append(" and d.name >= cast(:afterDatabase as text)"
                    + " and (d.name, t.name) > (cast(:afterDatabase as text), cast(:afterTable as text))");
        }
        NativeQuery<Object[]> query =
                session.createNativeQuery(sql.append(" order by d.name, t.name").toString(), Object[].class);
        if (!words.isEmpty()) {
            query.setParameter("words", words.toArray(String[]::new), String[].class);
        }
        if (after != null) {
            query.setParameter("afterDatabase", after.database()).setParameter("afterTable", after.table());
        }
        return query.setMaxResults(NAMES_AT_ONCE).list().stream()
                .map(row -> new Found(new Key((String) row[0], (String) row[1]), ((Number) row[2]).longValue()))
                .toList();
    }

    /** In the order of the keys, without those that others have just dropped. */
    private List<Table> load(List<Found> found) {
        Map<Long, Table> tables = new HashMap<>();
        session.createNativeQuery(
                        "select t.id, t.definition, t.version from catalog.table_entry t"
                                + " where t.id = any(cast(:ids as bigint[]))",
                        Object[].class)
                .setParameter("ids", found.stream().map(Found::id).toArray(Long[]::new), Long[].class)
                .list()
                .forEach(row -> tables.put(
                        ((Number) row[0]).longValue(),
                        TableStore.model((String) row[1], ((Number) row[2]).longValue())));
        return found.stream()
                .map(one -> tables.get(one.id()))
                .filter(Objects::nonNull)
                .toList();
    }
}
