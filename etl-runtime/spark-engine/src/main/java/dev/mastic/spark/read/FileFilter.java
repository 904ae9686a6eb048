package dev.mastic.spark.read;

import dev.mastic.job.FileOptions;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.s3.S3Location;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Which of the files below a place a read step leaves out. Immutable. */
final class FileFilter {
    private final S3Location place;
    private final boolean thisFolderOnly;
    private final List<PathMatcher> exclusions;

    /** @throws JobFailure when an exclusion is no pattern */
    FileFilter(SourceSpec spec) {
        this.place = spec.location();
        this.thisFolderOnly = spec.reading().folders() == FileOptions.Folders.THIS_ONE;
        this.exclusions = spec.reading().exclusions().stream()
                .map(glob -> matcher(spec, glob))
                .toList();
    }

    private static PathMatcher matcher(SourceSpec spec, String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new JobFailure(
                    spec.place() + "excluding(\"" + glob + "\") is no pattern: " + e.getDescription()
                            + "; write for instance **/*.tmp or year=2019/**",
                    e);
        }
    }

    boolean accepts(String bucket, String key) {
        String folder = place.folder().key();
        if (!bucket.equals(place.bucket()) || !key.startsWith(folder)) {
            return !thisFolderOnly || key.equals(place.key());
        }
        String relative = key.substring(folder.length());
        if (thisFolderOnly && relative.indexOf('/') >= 0) {
            return false;
        }
        Path path = Path.of(relative.replace('\0', '?'));
        return exclusions.stream().noneMatch(exclusion -> exclusion.matches(path));
    }
}
