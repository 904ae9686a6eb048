package dev.mastic.crawler.source;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a listing found directly in one folder. Keeps only the objects that are to be sampled, so that memory is bounded
 * by the folders and not by the objects: the newest object, where new columns show first, and the objects with the
 * smallest hash of their key, so that the choice is the same at every run. Not thread-safe.
 */
public final class FolderObjects {
    private static final Comparator<StoredObject> BY_HASH = Comparator.comparingInt(
                    (StoredObject object) -> spread(object.key().hashCode()))
            .thenComparing(StoredObject::key);
    private static final Comparator<StoredObject> BY_AGE =
            Comparator.comparing(StoredObject::lastModified).thenComparing(StoredObject::key);
    private static final StoredObject[] NONE = {};

    private final String folder;
    private final int sampleSize;
    /** By hash. An array of just the right length: there may be a hundred thousand folders. */
    private StoredObject[] smallest = NONE;

    private @Nullable StoredObject newest;
    private long fingerprint;
    private long count;
    private long bytes;
    private boolean whole = true;

    /** @param sampleSize most objects that are sampled at first */
    FolderObjects(StoredObject first, int sampleSize) {
        this.folder = first.folder();
        this.sampleSize = sampleSize;
        this.newest = first;
    }

    private FolderObjects(String folder, long count, long bytes, long fingerprint) {
        this.folder = folder;
        this.sampleSize = 0;
        this.count = count;
        this.bytes = bytes;
        this.fingerprint = fingerprint;
    }

    /**
     * A folder as an earlier listing saw it; it has no samples.
     *
     * @param read how many of its objects were read then
     */
    public static FolderObjects known(String folder, long count, long bytes, long fingerprint, long read) {
        FolderObjects known = new FolderObjects(folder, count, bytes, fingerprint);
        known.whole = read == count;
        return known;
    }

    /**
     * Counts an object in.
     *
     * @param most objects that are kept
     * @return how many more are kept now: 1 or 0
     */
    int add(StoredObject object, int most) {
        count++;
        bytes += object.size();
        // A sum, so that it does not depend on the order of the listing.
        fingerprint += Fingerprint.of(object);
        if (newest == null || BY_AGE.compare(object, newest) > 0) {
            newest = object;
        }
        whole = whole && count <= most;
        if (smallest.length == most && BY_HASH.compare(object, smallest[most - 1]) > 0) {
            return 0;
        }
        int found = Arrays.binarySearch(smallest, object, BY_HASH);
        int at = found >= 0 ? found : -found - 1;
        boolean grows = smallest.length < most;
        StoredObject[] longer = Arrays.copyOf(smallest, smallest.length + (grows ? 1 : 0));
        System.arraycopy(smallest, at, longer, at + 1, longer.length - at - 1);
        longer[at] = object;
        smallest = longer;
        return grows ? 1 : 0;
    }

    /** Keeps no more than so many objects; returns how many are kept. */
    int keep(int most) {
        if (smallest.length > most) {
            smallest = Arrays.copyOf(smallest, most);
            whole = false;
        }
        return smallest.length;
    }

    /** The folder's prefix in the bucket, with its slash; empty for the root. */
    public String folder() {
        return folder;
    }

    /** Objects of data directly in the folder. */
    public long count() {
        return count;
    }

    /** Their bytes. */
    public long bytes() {
        return bytes;
    }

    /** Another number when an object came, went or changed. */
    public long fingerprint() {
        return fingerprint;
    }

    /** The extension of the object that was written last, {@code csv.gz}; empty when it is not known. */
    public String extension() {
        return newest == null
                ? ""
                : newest.fileName().substring(newest.fileName().indexOf('.') + 1);
    }

    /** Whether all objects of the folder are known, and not a choice of them. */
    public boolean isWhole() {
        return whole;
    }

    /** All other objects, by key, when they are known: to be read when the samples are different tables. */
    public List<StoredObject> rest() {
        if (!whole || smallest.length <= sampleSize) {
            return List.of();
        }
        List<StoredObject> rest = new ArrayList<>(Arrays.asList(smallest));
        rest.removeAll(samples());
        rest.sort(Comparator.comparing(StoredObject::key));
        return rest;
    }

    /** The objects to sample, by key. */
    public List<StoredObject> samples() {
        List<StoredObject> samples =
                new ArrayList<>(Arrays.asList(smallest).subList(0, Math.min(sampleSize, smallest.length)));
        if (newest != null && !samples.contains(newest)) {
            samples.set(samples.size() - 1, newest);
        }
        samples.sort(Comparator.comparing(StoredObject::key));
        return samples;
    }

    /** Neighbouring names have neighbouring hashes in Java: this mixes them (the finalizer of MurmurHash3). */
    private static int spread(int hash) {
        int mixed = hash;
        mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }
}
