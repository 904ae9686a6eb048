package dev.mastic.examples;

import dev.mastic.job.CatalogTable;
import dev.mastic.job.Frame;
import dev.mastic.job.Job;
import dev.mastic.job.JobBuilder;
import dev.mastic.job.Parquet;

import static dev.mastic.job.Dsl.col;
import static dev.mastic.job.Dsl.on;

/** Flights of 150 miles and more that landed as CSV become a Parquet table, with the place that each one left from. */
public final class FlightsToParquet implements Job {
    @Override
    public void define(JobBuilder job) {
        Frame airports = job.read("airports", CatalogTable.of("landing", "airports"))
                .select("iata", "name", "city", "state")
                .rename("name", "origin_airport")
                .rename("city", "origin_city")
                .rename("state", "origin_state");

        job.read("flights", CatalogTable.of("landing", "flights").newFilesOnly())
                .filter(col("distance").ge(150).and(col("delay").isNotNull()))
                .derive("delayed", col("delay").gt(15))
                .derive("flight_date", col("date").cast("date"))
                .enrich(airports, on("origin", "iata"))
                .write(
                        "lake_flights",
                        Parquet.at(job.argument("output"))
                                .partitionedBy("year", "month")
                                .registeredAs(job.argument("database", "analytics"), "flights"));
    }
}
