package dev.mastic.benchmarks.crawler;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * A bucket full of equal objects of a few lines of JSON, in folders {@code events/day=.../}. Its name says how many there
 * are, so that nobody has to be told: {@code n100000-f1000-d0}.
 *
 * @param folderSize objects in each folder
 * @param delay before each answer, as a store has that is not on this machine
 */
record Objects(int count, int folderSize, Duration delay) {
    static final byte[] CONTENT = ("{\"id\": 1, \"user\": \"a\", \"amount\": 1.5, \"at\": \"2026-01-31 10:00:00\"}\n"
                    + "{\"id\": 2, \"user\": \"b\", \"amount\": 2.5, \"at\": \"2026-01-31 10:00:01\"}\n")
            .getBytes(StandardCharsets.UTF_8);

    static Objects of(String bucket) {
        String[] parts = bucket.split("-");
        return new Objects(number(parts[0]), number(parts[1]), Duration.ofMillis(number(parts[2])));
    }

    private static int number(String part) {
        return Integer.parseInt(part.substring(1));
    }

    String bucket() {
        return "n" + count + "-f" + folderSize + "-d" + delay.toMillis();
    }

    int folders() {
        return (count + folderSize - 1) / folderSize;
    }

    /** Keys in the order of S3. */
    String key(int number) {
        return String.format(Locale.ROOT, "events/day=%06d/part-%07d.json", number / folderSize, number);
    }

    /** The first object whose key comes after another key. */
    int after(String key) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (key(middle).compareTo(key) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
