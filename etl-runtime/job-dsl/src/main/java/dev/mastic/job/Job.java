package dev.mastic.job;

/**
 * A job script: a class with a public constructor without parameters that implements this interface. {@link #define}
 * only describes the work; nothing is read while it runs.
 */
@FunctionalInterface
public interface Job {

    /** Describes the job's reads, steps and writes. */
    void define(JobBuilder job);
}
