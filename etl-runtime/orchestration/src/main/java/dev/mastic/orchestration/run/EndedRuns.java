package dev.mastic.orchestration.run;

import software.amazon.awssdk.services.glue.model.JobRunState;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many runs this server has seen to their end since it started. Thread-safe. */
public final class EndedRuns {
    /** The states in which runs end. */
    public static final List<JobRunState> STATES =
            List.of(JobRunState.SUCCEEDED, JobRunState.FAILED, JobRunState.STOPPED, JobRunState.TIMEOUT);

    private final Map<JobRunState, LongAdder> counts = new ConcurrentHashMap<>();

    void count(JobRunState state) {
        counts.computeIfAbsent(state, ended -> new LongAdder()).increment();
    }

    /** How many ended in a state. */
    public long of(JobRunState state) {
        LongAdder count = counts.get(state);
        return count == null ? 0 : count.sum();
    }
}
