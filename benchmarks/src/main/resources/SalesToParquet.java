import static dev.mastic.job.Dsl.col;

import dev.mastic.job.Csv;
import dev.mastic.job.Job;
import dev.mastic.job.JobBuilder;
import dev.mastic.job.Parquet;

public final class SalesToParquet implements Job {
    @Override
    public void define(JobBuilder job) {
        job.read(
                        "sales",
                        Csv.at(job.argument("input"))
                                .withHeader()
                                .column("order_id", "bigint")
                                .column("line", "int")
                                .column("sold_at", "timestamp")
                                .column("customer_id", "bigint")
                                .column("product", "string")
                                .column("category", "string")
                                .column("quantity", "int")
                                .column("unit_price", "double")
                                .column("discount", "double")
                                .column("region", "string")
                                .column("channel", "string")
                                .column("comment", "string")
                                .newFilesOnly())
                .filter(col("quantity").gt(0))
                .derive("revenue", col("quantity").times(col("unit_price")))
                .write("lake_sales", Parquet.at(job.argument("output")).partitionedBy("region"));
    }
}
