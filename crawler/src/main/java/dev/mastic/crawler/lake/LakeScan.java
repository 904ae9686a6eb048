package dev.mastic.crawler.lake;

import dev.mastic.crawler.find.CrawlScope;
import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.source.FolderObjects;
import dev.mastic.crawler.source.ObjectStore;
import dev.mastic.crawler.source.S3Location;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.TargetListing;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Looks for tables with a log of their own in the listing of one target. Not thread-safe. */
public final class LakeScan {
    private static final List<String> METADATA_FOLDERS = List.of("_delta_log/", ".hoodie/", "metadata/");

    private final ObjectStore store;
    private final S3Location location;
    private final LakeRoots found = new LakeRoots();
    private NavigableMap<String, LakeKind> roots = new TreeMap<>();

    public LakeScan(ObjectStore store, S3Location location) {
        this.store = store;
        this.location = location;
    }

    /** Looks at a page of the listing. */
    public void add(TargetListing listing, List<StoredObject> page) {
        for (StoredObject object : page) {
            if (!listing.excluded(object) && object.folder().startsWith(location.folder())) {
                found.add(object);
            }
        }
    }

    /** Looks for metadata beside and above folders that were listed alone. */
    public void probe(Collection<String> folders, TargetListing listing, CrawlScope scope) {
        Set<String> above = new HashSet<>();
        for (String folder : folders) {
            String place = folder;
            while (place.startsWith(location.folder()) && above.add(place) && !place.isEmpty()) {
                place = place.substring(0, place.lastIndexOf('/', place.length() - 2) + 1);
            }
        }
        for (String place : above.stream().sorted().toList()) {
            for (String metadata : METADATA_FOLDERS) {
                scope.cancellation().await(scope.readers().submit(() -> {
                    store.listFolder(
                            new S3Location(location.bucket(), place + metadata),
                            scope.cancellation(),
                            page -> add(listing, page));
                    return place;
                }));
            }
        }
    }

    /**
     * The tables; their files are taken out of the listing, so that nobody takes them for plain ones.
     *
     * @param wanted which of them, by kind and folder
     * @param whole whether the listing has all of a table's files; otherwise they are listed anew
     */
    public List<FoundTable> tables(
            TargetListing listing, CrawlScope scope, boolean whole, Predicate<Map.Entry<String, LakeKind>> wanted) {
        roots = found.roots();
        Map<String, List<FolderObjects>> folders = new TreeMap<>();
        SortedMap<String, LakeKind> asked = new TreeMap<>();
        for (Map.Entry<String, LakeKind> root : roots.entrySet()) {
            List<FolderObjects> taken = listing.take(root.getKey());
            folders.put(root.getKey(), whole ? taken : list(root.getKey(), scope));
            if (wanted.test(root)) {
                asked.put(root.getKey(), root.getValue());
            }
        }
        return new LakeTables(store, location.bucket(), scope)
                .read(asked, root -> folders.getOrDefault(root, List.of()));
    }

    private List<FolderObjects> list(String root, CrawlScope scope) {
        S3Location place = new S3Location(location.bucket(), root);
        TargetListing listing = new TargetListing(place, List.of(), 1);
        scope.cancellation().await(scope.readers().submit(() -> {
            store.list(place, scope.cancellation(), listing::add);
            return listing;
        }));
        return listing.take(root);
    }

    /** Whether a place is such a table or lies in one. */
    public boolean contains(S3Location place) {
        String prefix = place.folder();
        return LakeRoots.root(roots, prefix).isPresent();
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return roots.isEmpty();
    }

    /** Another text when a table got another version. */
    public static String fingerprint(List<FoundTable> tables) {
        StringBuilder text = new StringBuilder();
        for (FoundTable table : tables) {
            text.append(table.location())
                    .append(new TreeMap<>(table.input().parameters()))
                    .append(table.input().storageDescriptor().columns())
                    .append(table.stats());
        }
        return Integer.toHexString(text.toString().hashCode());
    }
}
