package dev.mastic.crawler.crawl;

import dev.mastic.crawler.folder.FolderStore;
import dev.mastic.crawler.folder.KnownFolder;
import dev.mastic.crawler.source.S3Location;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one crawler knows of the folders of its targets, for one run.
 *
 * @param touched folders that events named, as {@code s3://bucket/prefix/}, with the number of the last event of each
 */
record FolderMemory(FolderStore store, String crawler, CrawlMode mode, Map<String, Long> touched) {
    FolderMemory {
        touched = Map.copyOf(touched);
    }

    /** Folders of a target by prefix. */
    SortedMap<String, KnownFolder> known(String target) {
        SortedMap<String, KnownFolder> known = new TreeMap<>();
        store.read(crawler, target, folder -> known.put(folder.folder(), folder));
        return known;
    }

    /** Prefixes of the folders in a target that events named. */
    SortedSet<String> touchedIn(S3Location target) {
        SortedSet<String> prefixes = new TreeSet<>();
        String bucket = "s3://" + target.bucket() + "/";
        for (String folder : touched.keySet()) {
            if (folder.startsWith(bucket)) {
                String prefix = folder.substring(bucket.length());
                if (target.contains(prefix) || target.folder().startsWith(prefix)) {
                    prefixes.add(prefix);
                }
            }
        }
        return prefixes;
    }

    void keep(String target, List<KnownFolder> folders) {
        store.write(crawler, target, folders);
    }

    void forget(String target, Collection<String> folders) {
        store.delete(crawler, target, folders);
    }

    /** Told when all that was found is in the catalog. */
    void completed() {
        store.complete(crawler);
        store.dealtWith(crawler, touched);
    }
}
