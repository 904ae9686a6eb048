package dev.mastic.crawler.partition;

import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.source.FolderObjects;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.TargetListing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which folders of a target are read when they are too many: of folders whose paths differ in partition values alone
 * ({@code dt=2026-01-31}, {@code 2026/01/31}) and whose files have the same extension, the first, the last, and those
 * whose path has the smallest hash. The others are taken to be like the one before them.
 */
public final class ReadFolders {
    private final Set<String> read = new HashSet<>();
    private final TargetListing listing;

    private ReadFolders(TargetListing listing) {
        this.listing = listing;
    }

    /** Chooses. The choice depends on the listing alone. */
    public static ReadFolders of(TargetListing listing) {
        ReadFolders folders = new ReadFolders(listing);
        int most = listing.sampling().foldersOfAKind();
        if (listing.folders().size() <= most) {
            listing.folders().forEach(folder -> folders.read.add(folder.folder()));
            return folders;
        }
        Map<String, List<String>> kinds = new TreeMap<>();
        for (FolderObjects folder : listing.folders()) {
            kinds.computeIfAbsent(kind(folder), any -> new ArrayList<>()).add(folder.folder());
        }
        kinds.values().forEach(kind -> folders.choose(kind, most));
        return folders;
    }

    private void choose(List<String> kind, int most) {
        if (kind.size() <= most) {
            read.addAll(kind);
            return;
        }
        read.add(kind.get(0));
        read.add(kind.get(kind.size() - 1));
        kind.subList(1, kind.size() - 1).stream()
                .sorted(Comparator.comparingInt((String folder) -> folder.hashCode() * 0x9E3779B9)
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most - 2L)
                .forEach(read::add);
    }

    /** Whether the files of a folder are read. */
    public boolean contains(FolderObjects folder) {
        return read.contains(folder.folder());
    }

    /** The folders that are read, by prefix. */
    public List<FolderObjects> list() {
        return listing.folders().stream().filter(this::contains).toList();
    }

    /**
     * What else is to be read of a folder: its other files when those that were read are different tables.
     *
     * @param files those that were read
     */
    public static List<StoredObject> more(FolderObjects folder, List<FileProfile> files, GroupingOptions options) {
        return FolderSchemas.isOne(files, options) ? List.of() : folder.rest();
    }

    /** A path without the values in it, and the extension of a file. */
    static String kind(FolderObjects folder) {
        return path(folder) + folder.extension();
    }

    /** A path without the values in it. */
    static String path(FolderObjects folder) {
        StringBuilder kind = new StringBuilder();
        for (String name : folder.folder().split("/")) {
            Folder one = new Folder(name + "/");
            NameShape shape = NameShape.of(one);
            kind.append(shape == NameShape.KEY ? one.key() + "=" : shape.isValue() ? shape.name() : name + "/")
                    .append('/');
        }
        return kind.toString();
    }
}
