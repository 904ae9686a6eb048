package dev.mastic.examples.whole;

import software.amazon.awssdk.services.s3.S3Client;

import java.util.List;

/** A job that moves rows from a source to a target, and the truth about them. Not thread-safe. */
interface Load extends AutoCloseable {
    /** Name of the job. */
    String job();

    /** Makes source, target and job. */
    void create(MortalServer server) throws Exception;

    /** Puts more rows into the source. */
    void addInput() throws Exception;

    /** Every row that the target must have by now, in any order. */
    List<String> truth();

    /** Every row that a reader of the target finds. */
    List<String> target() throws Exception;

    /** What is left behind of runs that failed, beside the ledger: uploads, staging tables. */
    List<String> leftovers() throws Exception;

    @Override
    default void close() {}

    /** Uploads into a bucket that nobody completes. */
    static List<String> openUploads(S3Client s3, String bucket) {
        return s3.listMultipartUploads(request -> request.bucket(bucket)).uploads().stream()
                .map(upload -> "upload of " + upload.key())
                .toList();
    }
}
