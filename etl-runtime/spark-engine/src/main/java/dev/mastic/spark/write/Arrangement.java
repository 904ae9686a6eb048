package dev.mastic.spark.write;

import dev.mastic.job.FileFormat;
import dev.mastic.job.FileOutput;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

import java.util.ArrayList;
import java.util.List;

/** Brings the rows of a write together and in order, as its target wishes. */
final class Arrangement {
    private static final String ADVISORY_SIZE = "spark.sql.adaptive.advisoryPartitionSizeInBytes";
    private static final String PARALLELISM_FIRST = "spark.sql.adaptive.coalescePartitions.parallelismFirst";

    private Arrangement() {}

    /** The settings count for the session: the writes of a run follow one another. */
    static Dataset<Row> of(FileOutput output, Dataset<Row> rows) {
        Dataset<Row> arranged = rows;
        rows.sparkSession().conf().unset(ADVISORY_SIZE);
        rows.sparkSession().conf().unset(PARALLELISM_FIRST);
        List<Column> keys = columns(output.partitionKeys());
        if (output.megabytesPerFile() > 0) {
            boolean packed = output.format() instanceof FileFormat.Parquet || output.format() instanceof FileFormat.Orc;
            // Rows in a shuffle are larger than in files of columns.
            long megabytes = packed ? 2L * output.megabytesPerFile() : output.megabytesPerFile();
            rows.sparkSession().conf().set(ADVISORY_SIZE, megabytes + "m");
            rows.sparkSession().conf().set(PARALLELISM_FIRST, "false");
            arranged = arranged.hint("rebalance", keys.toArray());
        }
        if (!output.sortedBy().isEmpty()) {
            List<Column> order = new ArrayList<>(keys);
            order.addAll(columns(output.sortedBy()));
            arranged = arranged.sortWithinPartitions(order.toArray(Column[]::new));
        }
        return arranged;
    }

    private static List<Column> columns(List<String> names) {
        return names.stream()
                .map(name -> functions.col("`" + name.replace("`", "``") + "`"))
                .toList();
    }
}
