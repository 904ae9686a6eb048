package dev.mastic.bookmarks.publish;

import dev.mastic.bookmarks.StagedOutput;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

import java.util.List;

/** Removes the objects that an output has replaced. Repeating it changes nothing. */
final class Removal {
    private static final int MOST_OF_A_REQUEST = 1000;

    private final S3Client s3;

    Removal(S3Client s3) {
        this.s3 = s3;
    }

    void remove(StagedOutput output) {
        List<String> keys = output.replaced();
        String bucket = output.location().replaceFirst("^s3[an]?://([^/]+).*$", "$1");
        for (int from = 0; from < keys.size(); from += MOST_OF_A_REQUEST) {
            List<ObjectIdentifier> batch = keys.subList(from, Math.min(keys.size(), from + MOST_OF_A_REQUEST)).stream()
                    .map(key -> ObjectIdentifier.builder().key(key).build())
                    .toList();
            List<S3Error> errors = s3.deleteObjects(request -> request.bucket(bucket)
                            .delete(delete -> delete.objects(batch).quiet(true)))
                    .errors();
            if (!errors.isEmpty()) {
                throw new Publisher.PublicationException("The replaced file s3://" + bucket + "/"
                        + errors.get(0).key() + " could not be removed: "
                        + errors.get(0).code() + " " + errors.get(0).message());
            }
        }
    }
}
