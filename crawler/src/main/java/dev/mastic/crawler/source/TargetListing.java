package dev.mastic.crawler.source;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The objects of one target by folder, filled page by page in any order. Takes about a third of a kilobyte for each folder
 * that holds data, and nothing for its objects. Not thread-safe.
 */
public final class TargetListing {
    private static final int EXAMPLES = 10;

    /** Of the whole heap; what a folder takes until its partition is written. */
    private static final int BYTES_PER_FOLDER = 3072;

    /**
     * Objects that were left out for one reason.
     *
     * @param examples the first of them by key
     */
    public record Skipped(long count, List<String> examples) {
        public Skipped {
            examples = List.copyOf(examples);
        }
    }

    private final S3Location location;
    private final ObjectFilter filter;
    private final Sampling sampling;
    private int keptPerFolder;
    private long kept;
    private final SortedMap<String, FolderObjects> folders = new TreeMap<>();
    private final Map<SkipReason, Long> skippedCounts = new EnumMap<>(SkipReason.class);
    private final Map<SkipReason, SortedSet<String>> skippedExamples = new EnumMap<>(SkipReason.class);
    private final long mostFolders;
    private long listed;

    /** @param sampleSize how many objects of each folder are sampled at most */
    public TargetListing(S3Location location, List<Glob> exclusions, int sampleSize) {
        this(location, exclusions, Sampling.ofSize(sampleSize));
    }

    public TargetListing(S3Location location, List<Glob> exclusions, Sampling sampling) {
        this(location, exclusions, sampling, Runtime.getRuntime().maxMemory() / BYTES_PER_FOLDER);
    }

    /** @param mostFolders that this process can hold */
    TargetListing(S3Location location, List<Glob> exclusions, Sampling sampling, long mostFolders) {
        this.location = location;
        this.filter = new ObjectFilter(location.folder(), exclusions);
        this.sampling = sampling;
        this.keptPerFolder = sampling.keptPerFolder();
        this.mostFolders = mostFolders;
    }

    /**
     * Adds a page of the listing.
     *
     * @throws SourceException when there are more folders than fit into memory
     */
    public void add(List<StoredObject> page) {
        for (StoredObject object : page) {
            listed++;
            Optional<SkipReason> reason = filter.skip(object);
            if (reason.isPresent()) {
                skippedCounts.merge(reason.get(), 1L, Long::sum);
                SortedSet<String> examples = skippedExamples.computeIfAbsent(reason.get(), any -> new TreeSet<>());
                examples.add(object.uri());
                if (examples.size() > EXAMPLES) {
                    examples.remove(examples.last());
                }
            } else {
                kept += folders.computeIfAbsent(object.folder(), any -> new FolderObjects(object, sampling.perFolder()))
                        .add(object, keptPerFolder);
                keepLess();
                if (folders.size() > mostFolders) {
                    throw new SourceException(location.uri() + " has data in more than " + mostFolders
                            + " folders, which is what this server's memory holds; give it a larger heap (-Xmx), or"
                            + " crawl parts of it by a crawler each");
                }
            }
        }
    }

    /**
     * Halves the samples of each folder while they are too many in all. What is kept depends on the objects alone and not
     * on their order: the samples of a folder with the smallest hashes hold those of every smaller number.
     */
    private void keepLess() {
        while (kept > sampling.keptInAll() && keptPerFolder > 1) {
            keptPerFolder = keptPerFolder / 2;
            kept = 0;
            for (FolderObjects folder : folders.values()) {
                kept += folder.keep(keptPerFolder);
            }
        }
    }

    /** Takes a folder and those below it out of the listing, in order. */
    public List<FolderObjects> take(String prefix) {
        List<FolderObjects> taken = folders.tailMap(prefix).values().stream()
                .takeWhile(folder -> folder.folder().startsWith(prefix))
                .toList();
        taken.forEach(folder -> folders.remove(folder.folder()));
        return taken;
    }

    /** Whether an object is left out by a pattern of the target. */
    public boolean excluded(StoredObject object) {
        return filter.excluded(object);
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

    /** How files are chosen that are read. */
    public Sampling sampling() {
        return sampling;
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
        skippedCounts.forEach((reason, count) -> skipped.put(
                reason, new Skipped(count, List.copyOf(skippedExamples.getOrDefault(reason, new TreeSet<>())))));
        return skipped;
    }
}
