package dev.mastic.orchestration.bookmark;

import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.bookmarks.SourceLocation;
import dev.mastic.wire.rest.RestException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects below a source's location that a job would read: neither hidden nor empty. Thread-safe. */
final class PresentObjects {
    private final S3Client s3;

    PresentObjects(S3Client s3) {
        this.s3 = s3;
    }

    /**
     * A page of the listing.
     *
     * @param objects those that a job would read
     * @param lastKey of all that were listed; to go on after it
     * @param last whether nothing comes after this page
     */
    record Listed(List<ObjectVersion> objects, String lastKey, boolean last) {}

    /** The pages after a key, up to 1,000 objects each; listed as they are asked for. */
    Stream<Listed> pages(SourceLocation location, String afterKey) {
        return Stream.iterate(
                        Optional.of(page(location, afterKey)),
                        Optional::isPresent,
                        page -> page.filter(listed -> !listed.last()).map(listed -> page(location, listed.lastKey())))
                .flatMap(Optional::stream);
    }

    private Listed page(SourceLocation location, String afterKey) {
        try {
            ListObjectsV2Response page = s3.listObjectsV2(request -> request.bucket(location.bucket())
                    .prefix(location.key())
                    .startAfter(afterKey.isEmpty() ? null : afterKey));
            List<S3Object> contents = page.contents();
            return new Listed(
                    contents.stream()
                            .filter(object -> object.size() > 0 && location.holds(object.key()))
                            .map(object -> new ObjectVersion(
                                    location.bucket(),
                                    object.key(),
                                    object.eTag().replace("\"", ""),
                                    object.size(),
                                    object.lastModified()))
                            .toList(),
                    contents.isEmpty()
                            ? afterKey
                            : contents.get(contents.size() - 1).key(),
                    !Boolean.TRUE.equals(page.isTruncated()));
        } catch (S3Exception e) {
            String reason = e.awsErrorDetails() == null
                    ? e.getMessage()
                    : e.awsErrorDetails().errorMessage();
            throw new RestException(
                    e.statusCode() == 404 ? 404 : 502,
                    e.statusCode() == 404 ? "LocationNotFound" : "LocationNotListed",
                    "Cannot list " + location.uri() + ": " + reason
                            + "; correct the location or let the server's keys read it");
        }
    }
}
