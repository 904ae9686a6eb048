package dev.mastic.crawler.find;

import dev.mastic.crawler.partition.Stats;

import java.util.List;

/**
 * A partition as it was found.
 *
 * @param values one for each key
 * @param location address of its folder, with a slash at the end
 */
public record FoundPartition(List<String> values, String location, Stats stats) {
    public FoundPartition {
        values = List.copyOf(values);
    }
}
