import static dev.mastic.job.Dsl.col;

import dev.mastic.job.Jdbc;
import dev.mastic.job.Job;
import dev.mastic.job.JobBuilder;

public final class NewOrders implements Job {
    @Override
    public void define(JobBuilder job) {
        String connection = job.argument("connection");
        job.read("orders", Jdbc.connection(connection).table("public.orders").newRowsBy("id"))
                .filter(col("quantity").gt(0))
                .derive("revenue", col("quantity").times(col("price")))
                .write("revenues", Jdbc.connection(connection).table("public.revenues").append());
    }
}
