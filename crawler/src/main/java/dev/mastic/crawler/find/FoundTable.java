package dev.mastic.crawler.find;

import dev.mastic.crawler.partition.Stats;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.List;
import java.util.Map;

/**
 * A table as it was found.
 *
 * @param name what its name in the catalog is made of: the folder, or {@code database_schema_table}; without TablePrefix
 * @param location what tells it from all others and stays the same from crawl to crawl; the storage descriptor's
 * @param format for people, {@code csv (delimiter ,, with header)}
 * @param input the table as it would be made anew: storage descriptor, partition keys, and the parameters that the kind
 *     of data asks for ({@code classification}); without a name and without the parameters that every crawl writes
 * @param whyColumns evidence by column name
 * @param partitions empty when there are no partition keys
 */
public record FoundTable(
        String name,
        String location,
        String format,
        TableInput input,
        Map<String, String> whyColumns,
        List<FoundPartition> partitions,
        Stats stats,
        Schema schema,
        Evidence evidence) {

    public FoundTable {
        whyColumns = Map.copyOf(whyColumns);
        partitions = List.copyOf(partitions);
    }
}
