package dev.mastic.crawler.classify;

/** The format of a file. Files of one table have equal formats. */
public sealed interface FileFormat {

    /** The value of the table property {@code classification}. */
    String classification();

    /** Whether values carry their types in the file, so that no other type can be read from them. */
    default boolean fixedTypes() {
        return false;
    }

    /**
     * Values between delimiters.
     *
     * @param header whether the first line names the columns
     */
    record Csv(char delimiter, boolean header) implements FileFormat {
        @Override
        public String classification() {
            return "csv";
        }

        @Override
        public String toString() {
            String shown = switch (delimiter) {
                case '\t' -> "tab";
                case '\u0001' -> "\\u0001";
                default -> String.valueOf(delimiter);
            };
            return "csv (delimiter " + shown + (header ? ", with" : ", without") + " header)";
        }
    }

    /** One JSON object in each line. */
    record JsonLines() implements FileFormat {
        @Override
        public String classification() {
            return "json";
        }

        @Override
        public String toString() {
            return "json lines";
        }
    }

    /** Apache Parquet. */
    record Parquet() implements FileFormat {
        @Override
        public String classification() {
            return "parquet";
        }

        @Override
        public boolean fixedTypes() {
            return true;
        }

        @Override
        public String toString() {
            return "parquet";
        }
    }
}
