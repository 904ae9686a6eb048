package dev.mastic.server.transfer;

import java.util.ArrayList;
import java.util.List;

/** Lists in parts that one request may have. */
final class Chunks {
    private Chunks() {}

    /** Parts of up to so many elements. */
    static <T> List<List<T>> of(List<T> list, int most) {
        List<List<T>> chunks = new ArrayList<>();
        for (int start = 0; start < list.size(); start += most) {
            chunks.add(list.subList(start, Math.min(list.size(), start + most)));
        }
        return chunks;
    }
}
