package dev.mastic.spark.read;

import dev.mastic.bookmarks.ObjectVersion;

import java.util.List;

/**
 * A file that a read step may read.
 *
 * @param partitionValues of its source's partition keys, as text, in order
 */
public record InputFile(ObjectVersion object, List<String> partitionValues) {
    public InputFile {
        partitionValues = List.copyOf(partitionValues);
    }
}
