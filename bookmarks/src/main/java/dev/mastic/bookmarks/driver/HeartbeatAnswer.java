package dev.mastic.bookmarks.driver;

/**
 * The answer to {@code POST .../driver/heartbeat}.
 *
 * @param stopRequested the user asked the run to stop; the driver cancels its work and exits
 */
public record HeartbeatAnswer(boolean stopRequested) {}
