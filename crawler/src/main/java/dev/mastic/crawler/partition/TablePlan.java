package dev.mastic.crawler.partition;

import dev.mastic.crawler.classify.Compression;
import dev.mastic.crawler.classify.FileFormat;
import dev.mastic.crawler.infer.InferredColumn;

import java.util.List;
import java.util.Map;

/**
 * A table as it was found.
 *
 * @param folderName name of the folder or file that it stems from, which its own name comes from
 * @param location address of its folder (with a slash at the end) or file
 * @param serdeParameters what engines must be told to read its columns
 * @param spellings top-level names as the files spell them, by column name, where the two differ
 * @param partitionKeys names, in order; all are strings
 * @param reasons what decided on the table
 */
public record TablePlan(
        String folderName,
        String location,
        FileFormat format,
        Compression compression,
        boolean quoted,
        List<InferredColumn> columns,
        Map<String, String> serdeParameters,
        Map<String, String> spellings,
        List<String> partitionKeys,
        List<PartitionPlan> partitions,
        Stats stats,
        List<String> reasons) {

    public TablePlan {
        columns = List.copyOf(columns);
        serdeParameters = Map.copyOf(serdeParameters);
        spellings = Map.copyOf(spellings);
        partitionKeys = List.copyOf(partitionKeys);
        partitions = List.copyOf(partitions);
        reasons = List.copyOf(reasons);
    }

    /**
     * A partition as it was found.
     *
     * @param values one for each key
     * @param location address of its folder, with a slash at the end
     */
    public record PartitionPlan(List<String> values, String location, Stats stats) {
        public PartitionPlan {
            values = List.copyOf(values);
        }
    }
}
