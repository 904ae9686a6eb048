package dev.mastic.crawler.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The objects of one target by folder, filled page by page. Not thread-safe. */
public final class TargetListing {
    private static final int EXAMPLES = 10;

    /**
     * Objects that were left out for one reason.
     *
     * @param examples the first of them
     */
    public record Skipped(long count, List<String> examples) {
        public Skipped {
            examples = List.copyOf(examples);
        }
    }

    private final S3Location location;
    private final ObjectFilter filter;
    private final int sampleSize;
    private final SortedMap<String, FolderObjects> folders = new TreeMap<>();
    private final Map<SkipReason, Long> skippedCounts = new EnumMap<>(SkipReason.class);
    private final Map<SkipReason, List<String>> skippedExamples = new EnumMap<>(SkipReason.class);
    private long listed;

    /** @param sampleSize how many objects of each folder are sampled at most */
    public TargetListing(S3Location location, List<Glob> exclusions, int sampleSize) {
        this.location = location;
        this.filter = new ObjectFilter(location.folder(), exclusions);
        this.sampleSize = sampleSize;
    }

    /** Adds a page of the listing. */
    public void add(List<StoredObject> page) {
        for (StoredObject object : page) {
            listed++;
            Optional<SkipReason> reason = filter.skip(object);
            if (reason.isPresent()) {
                skippedCounts.merge(reason.get(), 1L, Long::sum);
                List<String> examples = skippedExamples.computeIfAbsent(reason.get(), any -> new ArrayList<>());
                if (examples.size() < EXAMPLES) {
                    examples.add(object.uri());
                }
            } else {
                folders.computeIfAbsent(object.folder(), any -> new FolderObjects(object, sampleSize))
                        .add(object);
            }
        }
    }

    /** Puts a folder as an earlier listing saw it in the place of what this one saw. */
    public void known(FolderObjects folder) {
        folders.put(folder.folder(), folder);
    }

    /** Another text when any object of data came, went or changed. */
    public String fingerprint() {
        long sum = 0;
        for (FolderObjects folder : folders.values()) {
            sum += Fingerprint.of(folder.folder(), folder.fingerprint());
        }
        return Long.toHexString(sum);
    }

    /** The target's location. */
    public S3Location location() {
        return location;
    }

    /** Folders that hold data directly, by prefix. */
    public Collection<FolderObjects> folders() {
        return folders.values();
    }

    /** Objects seen, with those that are no data. */
    public long listed() {
        return listed;
    }

    /** Objects left out. */
    public Map<SkipReason, Skipped> skipped() {
        Map<SkipReason, Skipped> skipped = new EnumMap<>(SkipReason.class);
        skippedCounts.forEach((reason, count) ->
                skipped.put(reason, new Skipped(count, skippedExamples.getOrDefault(reason, List.of()))));
        return skipped;
    }
}
