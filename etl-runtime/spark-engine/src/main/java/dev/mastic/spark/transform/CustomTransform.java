package dev.mastic.spark.transform;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

import java.util.Map;

/**
 * A step that the DSL does not have. Implementations are found by {@link java.util.ServiceLoader} in jars on the driver's
 * class path and need a public constructor without parameters. {@code frame.transform("step", "name", option("k", 5))} uses
 * one.
 */
public interface CustomTransform {

    /** The name that jobs use, {@code acme.geocode} for instance; unique on the class path. */
    String name();

    /**
     * Makes rows of rows. Called once when the run is planned: it must build a lazy plan, and compute nothing.
     *
     * @param options the step's constants by name, as String, Integer, Long, Double, Boolean, BigDecimal, LocalDate or
     *     Instant
     * @throws IllegalArgumentException when the rows or the options do not fit; its message is the run's error
     */
    Dataset<Row> apply(Dataset<Row> rows, Map<String, Object> options);
}
