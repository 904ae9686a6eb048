package dev.mastic.crawler.partition;

/**
 * Size of a table or partition.
 *
 * @param records rows; an estimate when the files were not read to their ends
 */
public record Stats(long objects, long bytes, long records) {
    /** Nothing. */
    public static final Stats NONE = new Stats(0, 0, 0);

    /** Both together. */
    public Stats plus(Stats other) {
        return new Stats(objects + other.objects, bytes + other.bytes, records + other.records);
    }
}
