package dev.mastic.crawler.classify;

import dev.mastic.crawler.source.StoredObject;

/**
 * The first bytes of a file.
 *
 * @param whole whether they are all of it
 */
public record Sample(StoredObject object, byte[] bytes, boolean whole) {
    /** The most that is read of a file, as Glue does. */
    public static final int MOST_BYTES = 1 << 20;

    boolean startsWith(int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
