package dev.mastic.embedded.objectstore;

/** The names that S3Proxy's file-system store keeps for itself. */
final class StoredNames {
    private static final String PART = ".mpus-";
    private static final String SLASH = ".s3proxy-slash";
    private static final String VERSIONS = ".s3proxy-versions/";
    private static final String UPLOAD_STUB = ".s3proxy-mpu-stub-";

    private StoredNames() {}

    /**
     * Whether an entry of a folder is no object of a user's.
     *
     * @param name as {@link SortedFolders#names} gives it
     */
    static boolean isHidden(String name, boolean atTop) {
        return name.startsWith(PART)
                || name.equals(SLASH)
                || name.startsWith(UPLOAD_STUB)
                || (atTop && name.equals(VERSIONS));
    }

    /** Whether a key belongs to the store's own bookkeeping. */
    static boolean isBookkeeping(String key) {
        return isHidden(key.substring(key.lastIndexOf('/') + 1), false)
                || key.startsWith(PART)
                || key.startsWith(UPLOAD_STUB);
    }
}
