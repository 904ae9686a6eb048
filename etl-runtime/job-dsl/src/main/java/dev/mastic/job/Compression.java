package dev.mastic.job;

/** How the files of a target are packed. Not every format knows each of them; see {@link FileFormat}. */
public enum Compression {
    NONE,
    SNAPPY,
    GZIP,
    ZSTD,
    LZ4,
    ZLIB,
    DEFLATE,
    BZIP2,
    XZ
}
