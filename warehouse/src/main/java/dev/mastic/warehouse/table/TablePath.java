package dev.mastic.warehouse.table;

import dev.mastic.warehouse.dialect.Dialect;

import java.io.Serializable;

/**
 * A table's place as its database spells it.
 *
 * @param schema the schema, or the database where schemas are databases; empty for the session's own
 */
public record TablePath(String schema, String name) implements Serializable {

    /**
     * What a person wrote: {@code mart.orders} or {@code orders}.
     *
     * @throws IllegalArgumentException when it has another number of parts
     */
    public static TablePath parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length > 2 || text.isBlank() || parts[0].isBlank() || parts[parts.length - 1].isBlank()) {
            throw new IllegalArgumentException(
                    "'" + text + "' does not name a table; write schema.table, for instance mart.fact_orders");
        }
        return parts.length == 1 ? new TablePath("", parts[0]) : new TablePath(parts[0], parts[1]);
    }

    /** Another table of the same schema. */
    public TablePath beside(String other) {
        return new TablePath(schema, other);
    }

    /** As it stands in a statement. */
    public String quoted(Dialect dialect) {
        return (schema.isEmpty() ? "" : dialect.quote(schema) + ".") + dialect.quote(name);
    }

    @Override
    public String toString() {
        return schema.isEmpty() ? name : schema + "." + name;
    }
}
