package dev.mastic.crawler.infer;

import java.util.List;
import java.util.stream.Collectors;

/** A column's type in the catalog's words. Immutable. */
public sealed interface ColumnType {

    /** The type as Hive, Athena, Trino and Spark spell it: {@code array<struct<a:bigint>>}. */
    String hive();

    /** A type without parameters. */
    enum Plain implements ColumnType {
        /** No value was seen; becomes string when a table is written. */
        UNKNOWN("string"),
        BOOLEAN("boolean"),
        TINYINT("tinyint"),
        SMALLINT("smallint"),
        INT("int"),
        BIGINT("bigint"),
        FLOAT("float"),
        DOUBLE("double"),
        DATE("date"),
        TIMESTAMP("timestamp"),
        STRING("string"),
        BINARY("binary");

        private final String hive;

        Plain(String hive) {
            this.hive = hive;
        }

        @Override
        public String hive() {
            return hive;
        }

        /** Whether whole numbers of up to 64 bits. */
        public boolean whole() {
            return this == TINYINT || this == SMALLINT || this == INT || this == BIGINT;
        }

        /** Whether binary floating point. */
        public boolean floating() {
            return this == FLOAT || this == DOUBLE;
        }
    }

    /** Exact numbers. */
    record Decimal(int precision, int scale) implements ColumnType {
        /** The most digits that engines hold. */
        public static final int MOST_DIGITS = 38;

        @Override
        public String hive() {
            return "decimal(" + precision + "," + scale + ")";
        }
    }

    /** A list. */
    record ArrayOf(ColumnType element) implements ColumnType {
        @Override
        public String hive() {
            return "array<" + element.hive() + ">";
        }
    }

    /** Keys and values. */
    record MapOf(ColumnType key, ColumnType value) implements ColumnType {
        @Override
        public String hive() {
            return "map<" + key.hive() + "," + value.hive() + ">";
        }
    }

    /** Named fields. */
    record Struct(List<Field> fields) implements ColumnType {
        public Struct {
            fields = List.copyOf(fields);
        }

        /** A struct whose field names cannot be written in a type is told as its text. */
        @Override
        public String hive() {
            if (fields.isEmpty()
                    || fields.stream().anyMatch(field -> !field.name().matches("[A-Za-z0-9_]+"))) {
                return Plain.STRING.hive();
            }
            return fields.stream()
                    .map(field -> field.name() + ":" + field.type().hive())
                    .collect(Collectors.joining(",", "struct<", ">"));
        }
    }

    /** A field of a struct. */
    record Field(String name, ColumnType type) {}

    /** A type that a person or another tool gave to a column, {@code varchar(20)} for instance, which is left alone. */
    record Other(String hive) implements ColumnType {}
}
