package dev.mastic.crawler.lake;

import dev.mastic.crawler.find.CrawlScope;
import dev.mastic.crawler.find.CrawlSource;
import dev.mastic.crawler.find.Findings;
import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.find.ListedTarget;
import dev.mastic.crawler.find.Presence;
import dev.mastic.crawler.source.Glob;
import dev.mastic.crawler.source.ObjectStore;
import dev.mastic.crawler.source.S3Location;
import dev.mastic.crawler.source.TargetListing;

import java.util.List;
import java.util.Map;

/** A target of Glue's kinds DeltaTargets, IcebergTargets and HudiTargets: one path, of which tables of one kind are taken. */
public final class LakeSource implements CrawlSource {
    private final LakeKind kind;
    private final String path;
    private final S3Location location;
    private final List<String> exclusions;
    private final int depth;
    private final ObjectStore store;

    /** @param depth how many levels below the path a table's folder may lie; 0 for the path alone */
    public LakeSource(LakeKind kind, String path, List<String> exclusions, int depth, ObjectStore store) {
        this.kind = kind;
        this.path = path;
        this.location = S3Location.parse(path);
        this.exclusions = List.copyOf(exclusions);
        this.depth = depth;
        this.store = store;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Findings find(CrawlScope scope) {
        TargetListing listing = new TargetListing(
                location, exclusions.stream().map(Glob::compile).toList(), 1);
        LakeScan scan = new LakeScan(store, location);
        scope.cancellation().await(scope.readers().submit(() -> {
            store.list(location, scope.cancellation(), page -> {
                listing.add(page);
                scan.add(listing, page);
                scope.listed(page.size());
            });
            return listing;
        }));
        List<FoundTable> tables = scan.tables(listing, scope, true, this::wanted);
        if (tables.isEmpty()) {
            scope.warn(path + " holds no table of " + kind.title()
                    + (depth == 0 ? " in the folder itself" : " down to level " + depth) + ": "
                    + listing.listed() + " objects were listed");
        }
        ListedTarget listed = new ListedTarget(
                path,
                listing.listed(),
                0,
                listing.folders().size(),
                tables.stream().mapToLong(table -> table.stats().bytes()).sum(),
                0,
                listing.skipped(),
                tables.size());
        return new Findings(
                listed, tables, exclusions, LakeScan.fingerprint(tables), address -> presence(scan, listing, address));
    }

    private boolean wanted(Map.Entry<String, LakeKind> root) {
        String below = root.getKey().substring(location.folder().length());
        return root.getValue() == kind && below.chars().filter(c -> c == '/').count() <= depth;
    }

    private Presence presence(LakeScan scan, TargetListing listing, String address) {
        if (!address.startsWith("s3://")) {
            return Presence.UNKNOWN;
        }
        S3Location table = S3Location.parse(address);
        if (!table.bucket().equals(location.bucket()) || !location.contains(table.folder())) {
            return Presence.UNKNOWN;
        }
        boolean files =
                scan.contains(table) || listing.folders().stream().anyMatch(folder -> table.contains(folder.folder()));
        return files ? Presence.REGROUPED : Presence.GONE;
    }
}
