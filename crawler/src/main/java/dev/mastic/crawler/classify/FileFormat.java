package dev.mastic.crawler.classify;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** The format of a file. Files of one table have equal formats. */
public sealed interface FileFormat
        permits FileFormat.Csv, FileFormat.JsonLines, FileFormat.Parquet, TextFormat, BinaryFormat {

    /** The value of the table property {@code classification}. */
    String classification();

    /** Whether values carry their types in the file, so that no other type can be read from them. */
    default boolean fixedTypes() {
        return false;
    }

    /** Whether columns are found by their place in a row, not by their names. */
    default boolean positional() {
        return false;
    }

    /** What engines make of the files, when not all of them read them; otherwise empty. */
    default String readers() {
        return "";
    }

    /** Whether the files themselves name the columns; if not, only the types tell schemas apart. */
    default boolean named() {
        return true;
    }

    /**
     * Values between delimiters. Two of them are equal when one table reads both, which encodings that agree on ASCII do as far
     * as a table can know.
     *
     * @param delimiter one character or more; empty when there is one column
     * @param collapse whether several delimiters in a row count as one
     * @param quote around values that need it
     * @param backslash whether a quote inside of quotes stands behind a backslash, and not twice
     * @param header whether a row names the columns
     * @param skipLines lines above the data, the header's among them
     * @param footerLines lines below the data
     * @param encoding as Java names it
     */
    record Csv(
            String delimiter,
            boolean collapse,
            char quote,
            boolean backslash,
            boolean header,
            int skipLines,
            int footerLines,
            String encoding)
            implements FileFormat {
        private static final String UTF_8 = "UTF-8";
        private static final char USUAL_QUOTE = '"';

        /** Of a usual make: UTF-8, {@code "} for quotes, and the header in the first line. */
        public Csv(char delimiter, boolean header) {
            this(String.valueOf(delimiter), false, USUAL_QUOTE, false, header, header ? 1 : 0, 0, UTF_8);
        }

        @Override
        public String classification() {
            return "csv";
        }

        /** The same text taken for one whose first row is data. */
        public Csv withoutHeader() {
            return new Csv(
                    delimiter,
                    collapse,
                    quote,
                    backslash,
                    false,
                    header ? Math.max(0, skipLines - 1) : skipLines,
                    footerLines,
                    encoding);
        }

        /** Whether engines read the text as it is. */
        public boolean utf8() {
            return encoding.equals(UTF_8);
        }

        private String family() {
            return encoding.startsWith("UTF-16") ? encoding : "";
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Csv csv
                    && csv.delimiter.equals(delimiter)
                    && csv.collapse == collapse
                    && csv.quote == quote
                    && csv.backslash == backslash
                    && csv.header == header
                    && csv.skipLines == skipLines
                    && csv.footerLines == footerLines
                    && csv.family().equals(family());
        }

        @Override
        public int hashCode() {
            return Objects.hash(delimiter, collapse, quote, backslash, header, skipLines, footerLines, family());
        }

        @Override
        public boolean positional() {
            return true;
        }

        @Override
        public boolean named() {
            return header;
        }

        @Override
        public String toString() {
            String shown = switch (delimiter) {
                case "" -> "none";
                case " " -> "blank";
                case "\t" -> "tab";
                case "\u0001" -> "\\u0001";
                default -> delimiter;
            };
            int above = skipLines - (header ? 1 : 0);
            return "csv (delimiter " + shown + (header ? ", with" : ", without") + " header"
                    + (quote == USUAL_QUOTE ? "" : ", quote " + quote)
                    + (above > 0 ? ", " + above + " lines above" : "")
                    + (footerLines > 0 ? ", " + footerLines + " lines below" : "")
                    + (utf8() ? "" : ", " + encoding)
                    + ")";
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
