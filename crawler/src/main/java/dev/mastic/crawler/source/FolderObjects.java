package dev.mastic.crawler.source;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

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

    private final String folder;
    private final int sampleSize;
    private final PriorityQueue<StoredObject> smallest = new PriorityQueue<>(BY_HASH.reversed());
    private @Nullable StoredObject newest;
    private long fingerprint;
    private long count;
    private long bytes;

    /** @param sampleSize how many objects are sampled at most */
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

    /** A folder as an earlier listing saw it; it has no samples. */
    public static FolderObjects known(String folder, long count, long bytes, long fingerprint) {
        return new FolderObjects(folder, count, bytes, fingerprint);
    }

    void add(StoredObject object) {
        count++;
        bytes += object.size();
        // A sum, so that it does not depend on the order of the listing.
        fingerprint += Fingerprint.of(object);
        if (newest == null || BY_AGE.compare(object, newest) > 0) {
            newest = object;
        }
        smallest.add(object);
        if (smallest.size() > sampleSize) {
            smallest.remove();
        }
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

    /** The objects to sample, by key. */
    public List<StoredObject> samples() {
        List<StoredObject> samples = new ArrayList<>(smallest);
        if (newest != null && !samples.contains(newest)) {
            samples.sort(BY_HASH);
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
