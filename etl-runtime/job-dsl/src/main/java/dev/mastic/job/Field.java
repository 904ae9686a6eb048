package dev.mastic.job;

/**
 * A column of a declared schema.
 *
 * @param type in Hive's words: {@code bigint}, {@code decimal(10,2)}, {@code array<string>}
 */
public record Field(String name, String type) {
    public Field {
        Names.column(name);
        if (type.isBlank()) {
            throw new IllegalArgumentException(
                    "Column " + name + " has no type; use one of Hive's, bigint for instance");
        }
    }

    Calls calls() {
        return Calls.of("field", name, type);
    }
}
