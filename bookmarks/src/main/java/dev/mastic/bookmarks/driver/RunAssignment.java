package dev.mastic.bookmarks.driver;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.ObjectVersion;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a driver is to run; the answer to {@code GET .../driver/assignment}.
 *
 * @param attempt from 0, as in Glue
 * @param arguments the run's arguments by name with their dashes, precedence already applied
 * @param scriptLocation {@code s3://bucket/key} of a Java source file, or of a jar when {@code --class} is among the
 *     arguments
 * @param manifest the very objects that started the run; empty when the run was not started by events
 * @param heartbeatSeconds how often the driver is to call {@code .../driver/heartbeat}
 * @param leaseSeconds after this long without an answered heartbeat the driver must end itself
 */
public record RunAssignment(
        String jobName,
        String runId,
        int attempt,
        Map<String, String> arguments,
        String scriptLocation,
        BookmarkOption bookmarkOption,
        Optional<List<ObjectVersion>> manifest,
        int heartbeatSeconds,
        int leaseSeconds) {
    public RunAssignment {
        arguments = Map.copyOf(arguments);
        manifest = manifest.map(List::copyOf);
    }
}
