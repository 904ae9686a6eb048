package dev.mastic.crawler.lake;

import dev.mastic.crawler.source.StoredObject;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Finds the folders of such tables by the keys of their metadata. Not thread-safe. */
public final class LakeRoots {
    /** {@code v12.metadata.json}, {@code 00012-<uuid>.metadata.json}, packed or not. */
    static final Pattern ICEBERG_METADATA =
            Pattern.compile("(?:v(\\d{1,9})|(\\d{1,9})-[^/]+)(?:\\.gz)?\\.metadata\\.json(?:\\.gz)?");

    private static final Pattern DELTA_LOG =
            Pattern.compile("\\d{20}\\.(?:json|checkpoint\\..*parquet|checkpoint\\..*json)|_last_checkpoint");
    private static final String DELTA_FOLDER = "_delta_log/";
    private static final String HUDI_PROPERTIES = ".hoodie/hoodie.properties";
    private static final String ICEBERG_FOLDER = "metadata/";

    private final SortedMap<String, LakeKind> roots = new TreeMap<>();

    /** Looks at one object, be it data or not. */
    public void add(StoredObject object) {
        String key = object.key();
        String folder = object.folder();
        if (inFolder(folder, DELTA_FOLDER)
                && DELTA_LOG.matcher(object.fileName()).matches()) {
            roots.put(parent(folder, DELTA_FOLDER), LakeKind.DELTA);
        } else if (key.equals(HUDI_PROPERTIES) || key.endsWith("/" + HUDI_PROPERTIES)) {
            roots.put(key.substring(0, key.length() - HUDI_PROPERTIES.length()), LakeKind.HUDI);
        } else if (inFolder(folder, ICEBERG_FOLDER)
                && ICEBERG_METADATA.matcher(object.fileName()).matches()) {
            // A table that is Delta or Hudi, and Iceberg for other engines (UniForm, XTable), is its writer's.
            roots.putIfAbsent(parent(folder, ICEBERG_FOLDER), LakeKind.ICEBERG);
        }
    }

    /** The folders by prefix, each with its slash; those within another are that table's own. */
    public NavigableMap<String, LakeKind> roots() {
        NavigableMap<String, LakeKind> outer = new TreeMap<>();
        roots.forEach((prefix, kind) -> {
            if (root(outer, prefix).isEmpty()) {
                outer.put(prefix, kind);
            }
        });
        return outer;
    }

    /**
     * The folder of a table that a key lies in.
     *
     * @param roots of which none lies in another, so that the one before a key is the only one that can hold it
     */
    public static Optional<String> root(NavigableMap<String, LakeKind> roots, String key) {
        return Optional.ofNullable(roots.floorKey(key)).filter(key::startsWith);
    }

    private static boolean inFolder(String folder, String name) {
        return folder.equals(name) || folder.endsWith("/" + name);
    }

    private static String parent(String folder, String name) {
        return folder.substring(0, folder.length() - name.length());
    }
}
