package dev.mastic.jobtest;

import dev.mastic.job.Job;
import dev.mastic.spark.script.ScriptCompiler;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;

/** A test of a job script as its author would write it: the example of flights, on a few rows. */
class FlightsToParquetIT {
    private static final Path SCRIPT =
            Path.of("../../examples/src/main/java/dev/mastic/examples/FlightsToParquet.java");

    @Test
    void keepsLongFlightsWithTheirOrigin() throws Exception {
        JobTest.of(script())
                .argument("output", "s3://lake/flights/")
                .given("airports", """
                        iata, name, city, state, country
                        ULM, Ulm Field, Ulm, BW, DE
                        """)
                .given("flights", """
                        date:timestamp, delay:int, distance:int, origin, destination, year, month
                        2026-01-02 10:00:00, 20, 300, ULM, BER, 2026, 01
                        2026-01-02 11:00:00, 5, 100, ULM, STR, 2026, 01
                        2026-01-02 12:00:00, , 500, XXX, BER, 2026, 01
                        2026-01-03 12:00:00, 15, 150, XXX, BER, 2026, 01
                        """)
                .expect("lake_flights", """
                        date, delay, distance, origin, destination, year, month, delayed, flight_date, origin_airport, origin_city, origin_state
                        2026-01-02 10:00:00, 20, 300, ULM, BER, 2026, 01, true, 2026-01-02, Ulm Field, Ulm, BW
                        2026-01-03 12:00:00, 15, 150, XXX, BER, 2026, 01, false, 2026-01-03, , ,
                        """);
    }

    private static Job script() throws Exception {
        ScriptCompiler.CompiledScript compiled =
                ScriptCompiler.compile("FlightsToParquet.java", Files.readString(SCRIPT));
        return (Job) compiled.loader()
                .loadClass("dev.mastic.examples.FlightsToParquet")
                .getConstructor()
                .newInstance();
    }
}
