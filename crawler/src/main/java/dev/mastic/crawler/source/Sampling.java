package dev.mastic.crawler.source;

/**
 * How many files of a target are read.
 *
 * @param perFolder most files of one folder
 * @param keptPerFolder most files of one folder that can be read when the first turn out to be different tables
 * @param keptInAll when so many would be kept of all folders together, fewer are kept of each; never less than one
 * @param foldersOfAKind of folders whose paths differ in partition values alone, most that are read
 */
public record Sampling(int perFolder, int keptPerFolder, int keptInAll, int foldersOfAKind) {
    /** Without a SampleSize: bounded, however many folders and files there are. */
    public static final Sampling BOUNDED = new Sampling(32, 128, 2048, 512);

    /** With a SampleSize: so many files of each folder, and of every folder, as Glue does. */
    public static Sampling ofSize(int sampleSize) {
        return new Sampling(sampleSize, sampleSize, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
}
