package dev.mastic.crawler.classify;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** Formats that programs write and engines read by classes of their own. */
public sealed interface BinaryFormat extends FileFormat {

    /** How a table tells engines to read the files. */
    TableStorage storage();

    /**
     * Avro's container files. Their schemas may differ within a table: Avro reads one by the other.
     *
     * @param schema of one of the files, as JSON
     */
    record Avro(String schema) implements BinaryFormat {
        /** The longest schema that a table carries, in characters; Glue takes 512,000 for a property. */
        public static final int LONGEST_SCHEMA = 128 << 10;

        @Override
        public String classification() {
            return "avro";
        }

        @Override
        public boolean fixedTypes() {
            return true;
        }

        @Override
        public TableStorage storage() {
            return TableStorage.typed("serde2.avro.AvroSerDe", "ql.io.avro.AvroContainer");
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Avro;
        }

        @Override
        public int hashCode() {
            return Avro.class.hashCode();
        }

        @Override
        public String toString() {
            return "avro";
        }
    }

    /** Apache ORC. */
    record Orc() implements BinaryFormat {
        @Override
        public String classification() {
            return "orc";
        }

        @Override
        public boolean fixedTypes() {
            return true;
        }

        @Override
        public TableStorage storage() {
            return TableStorage.typed("ql.io.orc.OrcSerde", "ql.io.orc.Orc");
        }

        @Override
        public String toString() {
            return "orc";
        }
    }

    /** Amazon Ion, as text or binary, which one SerDe reads beside each other. */
    record Ion() implements BinaryFormat {
        private static final String HIVE = "com.amazon.ionhiveserde.";

        @Override
        public String classification() {
            return "ion";
        }

        @Override
        public TableStorage storage() {
            return new TableStorage(
                    HIVE + "IonHiveSerDe",
                    HIVE + "formats.IonInputFormat",
                    HIVE + "formats.IonOutputFormat",
                    Map.of(),
                    Map.of());
        }

        @Override
        public String toString() {
            return "ion";
        }
    }

    /**
     * Excel workbooks (.xlsx), of which the first sheet is read.
     *
     * @param header whether the first row names the columns
     */
    record Excel(boolean header) implements BinaryFormat {
        @Override
        public String classification() {
            return "excel";
        }

        @Override
        public TableStorage storage() {
            return TableStorage.withoutSerde(Map.of(), Map.of("withHeader", String.valueOf(header)));
        }

        @Override
        public boolean named() {
            return header;
        }

        @Override
        public String readers() {
            return "its files are Excel workbooks, which Hive, Trino, Athena and plain Spark do not read; save them as CSV"
                    + " or Parquet for all engines";
        }

        @Override
        public String toString() {
            return "excel (" + (header ? "with" : "without") + " header)";
        }
    }
}
