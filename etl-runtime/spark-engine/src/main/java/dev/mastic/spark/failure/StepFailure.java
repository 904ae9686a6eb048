package dev.mastic.spark.failure;

/** Something failed while Spark worked for a step; what it was is the cause's matter. */
public final class StepFailure extends RuntimeException {
    /** @param place the step for people: {@code Write 'lake'} */
    public StepFailure(String place, Throwable cause) {
        super(place, cause);
    }
}
