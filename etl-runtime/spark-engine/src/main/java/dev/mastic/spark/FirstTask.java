package dev.mastic.spark;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Logs when the first task of a run begins, which is when its user has stopped waiting for the machinery. */
final class FirstTask extends SparkListener {
    private static final Logger LOG = LoggerFactory.getLogger(FirstTask.class);

    private final AtomicBoolean begun = new AtomicBoolean();
    private final Supplier<String> uptime;

    FirstTask(Supplier<String> uptime) {
        this.uptime = uptime;
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
        if (begun.compareAndSet(false, true)) {
            LOG.info("First task {} after the start of the JVM", uptime.get());
        }
    }
}
