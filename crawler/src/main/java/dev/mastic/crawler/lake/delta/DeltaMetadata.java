package dev.mastic.crawler.lake.delta;

import java.util.List;

/**
 * What the newest action {@code metaData} of a log says.
 *
 * @param schemaString the schema as Spark's JSON
 * @param partitionColumns in order
 * @param from address of the file that has the action
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#change-metadata">Delta's protocol</a>
 */
public record DeltaMetadata(String schemaString, List<String> partitionColumns, String from) {
    public DeltaMetadata {
        partitionColumns = List.copyOf(partitionColumns);
    }
}
