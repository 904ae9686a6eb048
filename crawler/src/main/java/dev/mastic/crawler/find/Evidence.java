package dev.mastic.crawler.find;

import java.util.List;

/**
 * Why a table is what it is.
 *
 * @param samples addresses of what was read, the first of them
 * @param sampled how many were read
 * @param reasons what decided
 * @param confidence from 0 to 1 that this is the table its owner means
 * @param rejected other tables or schemas that were considered, each with its reason
 */
public record Evidence(
        List<String> samples, long sampled, List<String> reasons, double confidence, List<String> rejected) {
    /** The most addresses that are kept. */
    public static final int MOST_SAMPLES = 10;

    public Evidence {
        samples = List.copyOf(samples.size() > MOST_SAMPLES ? samples.subList(0, MOST_SAMPLES) : samples);
        reasons = List.copyOf(reasons);
        rejected = List.copyOf(rejected);
    }

    /** The evidence of a schema that its store declares. */
    public static Evidence declared(String reason) {
        return new Evidence(List.of(), 0, List.of(reason), 1, List.of());
    }
}
