package dev.mastic.crawler.source;

/** Numbers of 64 bits that are different for different objects: two objects have the same one in 2^64 by chance. */
final class Fingerprint {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Fingerprint() {}

    static long of(StoredObject object) {
        return mixed(add(add(FNV_OFFSET, object.key()) * FNV_PRIME, object.etag()) * FNV_PRIME ^ object.size());
    }

    static long of(String name, long number) {
        return mixed(add(FNV_OFFSET, name) * FNV_PRIME ^ mixed(number));
    }

    /** FNV-1a over the characters. */
    private static long add(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    /** The finalizer of MurmurHash3: sums of raw FNV values are no good hashes. */
    private static long mixed(long value) {
        long hash = value;
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
