package dev.mastic.bookmarks;

import java.util.List;

/**
 * An output file that is whole in the store as the parts of a multipart upload, and that no reader sees until the
 * upload is completed.
 *
 * @param uploadId the store's id of the multipart upload
 * @param parts all parts, in order
 * @param size bytes of the finished object
 * @param rows records in the file
 * @param partitionValues values of the output's partition keys for this file, in the order of the keys; empty when the
 *     output is not partitioned
 */
public record PendingUpload(
        String bucket,
        String key,
        String uploadId,
        List<Part> parts,
        long size,
        long rows,
        List<String> partitionValues) {
    public PendingUpload {
        parts = List.copyOf(parts);
        partitionValues = List.copyOf(partitionValues);
    }

    /**
     * One uploaded part.
     *
     * @param number from 1
     * @param etag as the store answered, with or without quotes
     */
    public record Part(int number, String etag) {}
}
