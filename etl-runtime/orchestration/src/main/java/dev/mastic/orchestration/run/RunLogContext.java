package dev.mastic.orchestration.run;

import org.slf4j.MDC;

/** The run that a thread works for, in the diagnostic context of its log lines until closed. For one thread. */
final class RunLogContext implements AutoCloseable {
    private static final String RUN = "runId";
    private static final String JOB = "jobName";

    private RunLogContext() {}

    static RunLogContext of(String runId) {
        MDC.put(RUN, runId);
        return new RunLogContext();
    }

    static RunLogContext of(RunRecord run) {
        MDC.put(JOB, run.jobName());
        return of(run.id());
    }

    @Override
    public void close() {
        MDC.remove(RUN);
        MDC.remove(JOB);
    }
}
