package dev.mastic.embedded.objectstore;

import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The objects that are being written. S3Proxy's file-system store writes {@code KEY-UUID} beside the object and moves it
 * into place; until then no listing may show it. Thread-safe.
 */
final class Writes {
    private static final Pattern PARTIAL =
            Pattern.compile("(.+)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.DOTALL);

    private final ConcurrentHashMap<String, Integer> writers = new ConcurrentHashMap<>();

    void begin(String bucket, String key) {
        writers.merge(name(bucket, key), 1, Integer::sum);
    }

    void end(String bucket, String key) {
        writers.computeIfPresent(name(bucket, key), (name, count) -> count == 1 ? null : count - 1);
    }

    /**
     * Whether a file is no object but a write that goes on, or that a killed process left behind. Only finished objects
     * have an ETag, but a write has its own just before it is moved into place.
     *
     * @param beingWritten what {@link #isBeingWritten} said before
     */
    boolean isPartial(String key, boolean hasEtag, boolean beingWritten) {
        return PARTIAL.matcher(key).matches() && (!hasEtag || beingWritten);
    }

    /** Whether a file may be a write that goes on; to be asked before the file is looked at, as the write may end then. */
    boolean isBeingWritten(String bucket, String key) {
        Matcher partial = PARTIAL.matcher(key);
        return partial.matches() && writers.containsKey(name(bucket, partial.group(1)));
    }

    private static String name(String bucket, String key) {
        return bucket + "/" + key;
    }
}
