package dev.mastic.wire.tag;

import dev.mastic.wire.rest.Json;

import javax.sql.DataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Tags in the column {@code tags}, of the type {@code jsonb}, of the resources' own table in PostgreSQL; they go with their
 * resource. A change holds the resource's row. Thread-safe.
 */
public final class TagColumn implements TaggedResources {
    private final DataSource dataSource;
    private final String type;
    private final String table;
    private final String condition;
    private final Function<String, Optional<List<String>>> key;

    private TagColumn(
            DataSource dataSource,
            String type,
            String table,
            String condition,
            Function<String, Optional<List<String>>> key) {
        this.dataSource = dataSource;
        this.type = type;
        this.table = table;
        this.condition = condition;
        this.key = key;
    }

    /**
     * Of a table whose resources have their name in the column {@code name}.
     *
     * @param table name with its schema
     * @param stored makes the name as it is stored of the one in an ARN
     */
    public static TagColumn named(DataSource dataSource, String type, String table, UnaryOperator<String> stored) {
        return new TagColumn(dataSource, type, table, "t.name = ?", name -> Optional.of(List.of(stored.apply(name))));
    }

    /**
     * Of a table whose resources are named by several texts.
     *
     * @param table name with its schema
     * @param condition SQL that selects one row of {@code t}, with a question mark for each text
     * @param key the texts of the name in an ARN; empty when no resource can have the name
     */
    public static TagColumn keyed(
            DataSource dataSource,
            String type,
            String table,
            String condition,
            Function<String, Optional<List<String>>> key) {
        return new TagColumn(dataSource, type, table, condition, key);
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public Optional<Map<String, String>> find(String name) {
        Optional<List<String>> texts = key.apply(name);
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        try (Connection connection = dataSource.getConnection()) {
            return select(connection, texts.get(), "");
        } catch (SQLException e) {
            throw new IllegalStateException("Tags of the " + type + " " + name + " could not be read", e);
        }
    }

    @Override
    public boolean change(String name, UnaryOperator<Map<String, String>> change) {
        Optional<List<String>> texts = key.apply(name);
        if (texts.isEmpty()) {
            return false;
        }
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                // Not "for update", which would hold off those who add to the resource.
                Optional<Map<String, String>> present = select(connection, texts.get(), " for no key update of t");
                if (present.isPresent()) {
                    update(connection, texts.get(), change.apply(present.get()));
                }
                connection.commit();
                return present.isPresent();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Tags of the " + type + " " + name + " could not be changed", e);
        }
    }

    private Optional<Map<String, String>> select(Connection connection, List<String> texts, String lock)
            throws SQLException {
        String sql = "select t.tags from " + table + " t where " + condition + lock;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, texts, 1);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(Tags.read(rows.getString(1))) : Optional.empty();
            }
        }
    }

    private void update(Connection connection, List<String> texts, Map<String, String> tags) throws SQLException {
        String sql = "update " + table + " t set tags = cast(? as jsonb) where " + condition;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, Json.text(tags));
            bind(statement, texts, 2);
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, List<String> texts, int first) throws SQLException {
        for (int i = 0; i < texts.size(); i++) {
            statement.setString(first + i, texts.get(i));
        }
    }
}
