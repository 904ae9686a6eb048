package dev.mastic.bookmarks.driver;

/**
 * Why a run failed; the body of {@code POST .../driver/failed}.
 *
 * @param message one line for {@code JobRun.ErrorMessage}: what went wrong, where (step, file or line), and its first
 *     cause
 */
public record RunFailure(String message) {}
