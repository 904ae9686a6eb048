package dev.mastic.spark.write;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Below which keys the files of a write go. Immutable.
 *
 * @param base the target's key, ending with a slash or empty
 * @param version a folder of the run's own, ending with a slash, below the target or below each partition; empty when the
 *     files go beside those that are there
 * @param moved keys of folders in which the catalog has a partition, or by no values the table, that is not where its name
 *     says
 */
record FilePlaces(String base, String version, HashMap<List<String>, String> moved) implements Serializable {
    static FilePlaces natural(String base) {
        return new FilePlaces(base, "", new HashMap<>());
    }

    static FilePlaces versioned(String base, String version) {
        return new FilePlaces(base, version, new HashMap<>());
    }

    static FilePlaces moved(String base, Map<List<String>, String> moved) {
        return new FilePlaces(base, "", new HashMap<>(moved));
    }

    /**
     * The key of a folder.
     *
     * @param relative {@code year=2026/month=03/}, empty without partitions
     */
    String folder(String relative, List<String> partitionValues) {
        String place = version.isEmpty() ? moved.get(partitionValues) : null;
        return place == null ? base + relative + version : place;
    }
}
