package dev.mastic.crawler.classify;

/** How a whole file is packed; what is inside a Parquet file does not count. */
public enum Compression {
    NONE("none"),
    GZIP("gzip");

    private final String word;

    Compression(String word) {
        this.word = word;
    }

    /** The value of the table property {@code compressionType}. */
    public String word() {
        return word;
    }
}
