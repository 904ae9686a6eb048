package dev.mastic.job;

import java.util.List;

/** What the files of a target are. Immutable. */
public sealed interface FileFormat {

    /** How the files are packed. */
    Compression compression();

    /**
     * This format, packed otherwise.
     *
     * @throws IllegalArgumentException when the format cannot be packed so; the message names those that can
     */
    FileFormat compressedBy(Compression compression);

    /** The format for people: {@code Parquet}. */
    String title();

    /** The calls that make a target of this format. */
    Calls calls(String location);

    /** Parquet; packed by Snappy unless told. */
    record Parquet(Compression compression) implements FileFormat {
        public Parquet {
            require(
                    "Parquet",
                    compression,
                    Compression.NONE,
                    Compression.SNAPPY,
                    Compression.GZIP,
                    Compression.ZSTD,
                    Compression.LZ4);
        }

        @Override
        public FileFormat compressedBy(Compression other) {
            return new Parquet(other);
        }

        @Override
        public Calls calls(String location) {
            return Calls.of(dev.mastic.job.Parquet.class, "at", location)
                    .unless(Compression.SNAPPY, "compressedBy", compression);
        }

        @Override
        public String title() {
            return "Parquet";
        }
    }

    /** ORC; packed by Zstandard unless told. */
    record Orc(Compression compression) implements FileFormat {
        public Orc {
            require(
                    "ORC",
                    compression,
                    Compression.NONE,
                    Compression.SNAPPY,
                    Compression.ZLIB,
                    Compression.ZSTD,
                    Compression.LZ4);
        }

        @Override
        public FileFormat compressedBy(Compression other) {
            return new Orc(other);
        }

        @Override
        public Calls calls(String location) {
            return Calls.of(dev.mastic.job.Orc.class, "at", location)
                    .unless(Compression.ZSTD, "compressedBy", compression);
        }

        @Override
        public String title() {
            return "ORC";
        }
    }

    /** Avro; packed by Snappy unless told. */
    record Avro(Compression compression) implements FileFormat {
        public Avro {
            require(
                    "Avro",
                    compression,
                    Compression.NONE,
                    Compression.SNAPPY,
                    Compression.DEFLATE,
                    Compression.BZIP2,
                    Compression.XZ,
                    Compression.ZSTD);
        }

        @Override
        public FileFormat compressedBy(Compression other) {
            return new Avro(other);
        }

        @Override
        public Calls calls(String location) {
            return Calls.of(dev.mastic.job.Avro.class, "at", location)
                    .unless(Compression.SNAPPY, "compressedBy", compression);
        }

        @Override
        public String title() {
            return "Avro";
        }
    }

    /** JSON objects, one a line; not packed unless told. Columns that are null are left out of a line. */
    record JsonLines(Compression compression) implements FileFormat {
        public JsonLines {
            require("JSON", compression, Compression.NONE, Compression.GZIP, Compression.BZIP2, Compression.DEFLATE);
        }

        @Override
        public FileFormat compressedBy(Compression other) {
            return new JsonLines(other);
        }

        @Override
        public Calls calls(String location) {
            return Calls.of(dev.mastic.job.Json.class, "at", location)
                    .unless(Compression.NONE, "compressedBy", compression);
        }

        @Override
        public String title() {
            return "JSON lines";
        }
    }

    /**
     * Delimited text; not packed unless told. A null is written as nothing, an empty text as two quotes.
     *
     * @param header whether each file begins with the columns' names
     * @param delimiter one character
     * @param quote one character, put around values that need it
     * @param escape one character
     */
    record DelimitedText(Compression compression, boolean header, String delimiter, String quote, String escape)
            implements FileFormat {
        public DelimitedText {
            require("CSV", compression, Compression.NONE, Compression.GZIP, Compression.BZIP2, Compression.DEFLATE);
        }

        @Override
        public FileFormat compressedBy(Compression other) {
            return new DelimitedText(other, header, delimiter, quote, escape);
        }

        @Override
        public Calls calls(String location) {
            Calls calls = Calls.of(Csv.class, "at", location);
            calls = header ? calls.then("withHeader") : calls;
            return calls.unless(',', "delimiter", delimiter.charAt(0))
                    .unless('"', "quote", quote.charAt(0))
                    .unless(quote.charAt(0), "escape", escape.charAt(0))
                    .unless(Compression.NONE, "compressedBy", compression);
        }

        @Override
        public String title() {
            return "CSV";
        }
    }

    private static void require(String format, Compression compression, Compression... known) {
        if (!List.of(known).contains(compression)) {
            throw new IllegalArgumentException(
                    format + " files cannot be packed by " + compression + "; use one of " + List.of(known));
        }
    }
}
