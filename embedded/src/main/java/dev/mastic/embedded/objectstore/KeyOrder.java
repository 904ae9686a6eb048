package dev.mastic.embedded.objectstore;

import java.util.Comparator;

/** The order of keys in a listing: by their bytes in UTF-8, which differs from Java's order beyond U+FFFF. */
enum KeyOrder implements Comparator<String> {
    BY_UTF8_BYTES;

    @Override
    public int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                // Surrogates stand for code points above all others, but have smaller values than U+E000 to U+FFFF.
                boolean aHigh = Character.isSurrogate(a);
                boolean bHigh = Character.isSurrogate(b);
                return aHigh == bHigh ? Character.compare(a, b) : aHigh ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
