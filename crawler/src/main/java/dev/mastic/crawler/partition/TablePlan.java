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
 * @param confidence how sure it is that these files are one table with these partitions: 0 to 1
 * @param rejected other tables that the files could have become, and why they did not
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
        List<String> reasons,
        double confidence,
        List<Rejected> rejected) {

    public TablePlan {
        columns = List.copyOf(columns);
        serdeParameters = Map.copyOf(serdeParameters);
        spellings = Map.copyOf(spellings);
        partitionKeys = List.copyOf(partitionKeys);
        partitions = List.copyOf(partitions);
        reasons = List.copyOf(reasons);
        rejected = List.copyOf(rejected);
    }

    /** A table whose place leaves no doubt. */
    public TablePlan(
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
        this(
                folderName,
                location,
                format,
                compression,
                quoted,
                columns,
                serdeParameters,
                spellings,
                partitionKeys,
                partitions,
                stats,
                reasons,
                1,
                List.of());
    }

    /**
     * What was thought of and not done.
     *
     * @param alternative the tables that it would have given
     * @param reason why not
     */
    public record Rejected(String alternative, String reason) {}

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
