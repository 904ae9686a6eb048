package dev.mastic.crawler.classify;

/** How a whole file is packed; what is inside a Parquet, ORC or Avro file does not count. */
public enum Compression {
    NONE("none", ""),
    GZIP("gzip", ".gz"),
    BZIP2("bzip2", ".bz2"),
    ZSTD("zstd", ".zst"),
    SNAPPY("snappy", ".snappy"),
    LZ4("lz4", ".lz4"),
    ZIP("zip", ".zip");

    private final String word;
    private final String suffix;

    Compression(String word, String suffix) {
        this.word = word;
        this.suffix = suffix;
    }

    /** The value of the table property {@code compressionType}. */
    public String word() {
        return word;
    }

    /** What engines make of such files, when they do not read them; otherwise empty. */
    public String readers() {
        return this == ZIP
                ? "its files are zip archives, which Hive, Trino, Athena and Spark do not read; pack them by gzip or zstd"
                : "";
    }

    /** The end of the names of such files, by which engines choose the codec; empty for none. */
    public String suffix() {
        return suffix;
    }
}
