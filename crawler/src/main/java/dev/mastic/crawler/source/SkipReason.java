package dev.mastic.crawler.source;

/** Why a listed object is no data. */
public enum SkipReason {
    /** A part of its path below the target starts with {@code _} or {@code .}, as engines hide such files. */
    HIDDEN,
    /** A marker of a folder: a key that ends with a slash or with {@code $folder$}. */
    FOLDER_MARKER,
    /** A checksum, manifest, readme or the like, that tools and people put beside data. */
    SIDECAR,
    /** It has no bytes. */
    EMPTY,
    /** An exclusion pattern of the target matches. */
    EXCLUDED,
    /** A database keeps it as a partition of another table, which holds its rows too. */
    PARTITION
}
