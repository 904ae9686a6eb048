package dev.mastic.embedded.objectstore;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Tells a client whose object found no room what is the matter, where S3Proxy would say that an internal error occurred. */
final class FullDisk {
    /** HTTP's Insufficient Storage: SDKs do not send again what cannot succeed before somebody makes room. */
    private static final int INSUFFICIENT_STORAGE = 507;

    private static final String CODE = "StorageFull";
    private static final List<String> TEXTS = List.of("No space left on device", "Disk quota exceeded");

    private FullDisk() {}

    /** The failure itself, unless it comes from a full disk. */
    static RuntimeException explained(RuntimeException failure, Path folder) {
        return isFull(failure) ? refusal(failure, folder) : failure;
    }

    private static boolean isFull(RuntimeException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof IOException && TEXTS.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }

    private static S3Exception refusal(RuntimeException failure, Path folder) {
        String message = "The disk of the object store's folder " + folder
                + " is full: the object was not stored. Make room there and send it again";
        return (S3Exception) S3Exception.builder()
                .statusCode(INSUFFICIENT_STORAGE)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("S3")
                        .errorCode(CODE)
                        .errorMessage(message)
                        .build())
                .cause(failure)
                .build();
    }
}
