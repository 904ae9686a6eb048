package dev.mastic.bookmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The named instants of a run at which a crash test kills the process that reaches them, as {@code kill -9} would: no
 * shutdown hook, no finally block. Armed by the environment variable {@code MASTIC_FAILPOINT} (names joined by commas),
 * which a driver inherits from the server that launches it; without it a point costs one comparison.
 */
public enum Failpoint {
    SERVER_AFTER_EVENT_STORED,
    SERVER_AFTER_RUN_QUEUED,
    SERVER_AFTER_LAUNCH,
    DRIVER_BEFORE_CLAIM,
    SERVER_BEFORE_CLAIM,
    SERVER_AFTER_CLAIM,
    DRIVER_AFTER_CLAIM,
    DRIVER_BEFORE_STAGE,
    DRIVER_AFTER_STAGE,
    DRIVER_DURING_UPLOAD,
    DRIVER_BEFORE_COMMIT,
    SERVER_BEFORE_COMMIT,
    SERVER_AFTER_COMMIT,
    DRIVER_AFTER_COMMIT,
    SERVER_DURING_PUBLISH,
    SERVER_AFTER_UPLOADS_COMPLETED,
    SERVER_AFTER_CATALOG,
    SERVER_AFTER_REMOVAL,
    SERVER_AFTER_PUBLISHED,
    /** In the driver, when rows are in a staging table and the run has not committed. */
    WAREHOUSE_AFTER_STAGE,
    /** In the server, before the rows of a committed run are loaded. */
    WAREHOUSE_BEFORE_LOAD,
    /** In the server, when the rows are loaded and the staging table is still there. */
    WAREHOUSE_AFTER_LOAD;

    private static final List<String> ARMED =
            Arrays.asList(System.getenv().getOrDefault("MASTIC_FAILPOINT", "").split(",", -1));

    /** The point's name in {@code MASTIC_FAILPOINT}: {@code driver-before-claim} for instance. */
    public String pointName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Kills this process when the point is armed. */
    public void reach() {
        if (ARMED.contains(pointName())) {
            System.err.println("Failpoint " + pointName() + " reached: halting");
            Runtime.getRuntime().halt(137);
        }
    }
}
