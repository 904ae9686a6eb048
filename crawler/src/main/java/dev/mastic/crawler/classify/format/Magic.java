package dev.mastic.crawler.classify.format;

import java.util.Arrays;

/** First bytes by which formats are known. */
final class Magic {
    private Magic() {}

    static boolean at(byte[] head, byte[] magic) {
        return head.length >= magic.length && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
    }
}
