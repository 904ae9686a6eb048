package dev.mastic.spark.write;

import dev.mastic.bookmarks.PendingUpload;
import dev.mastic.job.FileOutput;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.read.Parallel;
import dev.mastic.spark.s3.ObjectListing;
import dev.mastic.spark.s3.S3Location;

import java.util.List;

/** The objects that a write replaces: those that are visible while nothing of the run is. Thread-safe. */
final class ReplacedObjects {
    /** They are listed by name in the run's commit. */
    private static final int MOST = 200_000;

    private final ObjectListing listing;

    ReplacedObjects(ObjectListing listing) {
        this.listing = listing;
    }

    /**
     * Keys of objects, to be asked for when the location is announced as exclusive.
     *
     * @throws JobFailure when they are too many
     */
    List<String> of(String step, FileOutput output, FilePlaces places, List<PendingUpload> uploads) {
        S3Location base = S3Location.parse(output.location()).folder();
        List<String> keys = switch (output.mode()) {
            case APPEND -> List.of();
            case OVERWRITE -> listing.keys(base);
            case OVERWRITE_PARTITIONS ->
                Parallel.map(folders(base, places, uploads), listing::keys).stream()
                        .flatMap(List::stream)
                        .toList();
        };
        if (keys.size() > MOST) {
            throw new JobFailure("Write '" + step + "' would replace " + keys.size() + " files, and at most " + MOST
                    + " can be replaced by a run; replace partitions, or write to a new location");
        }
        return keys;
    }

    private static List<S3Location> folders(S3Location base, FilePlaces places, List<PendingUpload> uploads) {
        return uploads.stream()
                .map(upload -> {
                    String folder = upload.key().substring(0, upload.key().lastIndexOf('/') + 1);
                    return folder.substring(
                            0, folder.length() - places.version().length());
                })
                .distinct()
                .map(folder -> new S3Location(base.bucket(), folder))
                .toList();
    }
}
