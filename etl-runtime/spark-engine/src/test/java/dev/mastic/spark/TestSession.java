package dev.mastic.spark;

import org.apache.spark.sql.SparkSession;

/** The one Spark session of this JVM's tests. */
public final class TestSession {
    /** Settings as a driver's. */
    public static final SparkSession SPARK = TestJobs.SPARK;

    private TestSession() {}
}
