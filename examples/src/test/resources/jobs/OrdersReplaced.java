import static dev.mastic.job.Dsl.col;

import dev.mastic.job.Csv;
import dev.mastic.job.Job;
import dev.mastic.job.JobBuilder;
import dev.mastic.job.Parquet;

public final class OrdersReplaced implements Job {
    @Override
    public void define(JobBuilder job) {
        job.read("orders", Csv.at(job.argument("input")).withHeader())
                .filter(col("quantity").gt(0))
                .derive("revenue", col("quantity").times(col("price")))
                .write(
                        "by_day",
                        Parquet.at(job.argument("output"))
                                .partitionedBy("day")
                                .overwritePartitions()
                                .registeredAs("sales", job.argument("table")));
    }
}
