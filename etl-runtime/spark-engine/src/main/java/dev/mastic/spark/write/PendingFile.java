package dev.mastic.spark.write;

import dev.mastic.bookmarks.PendingUpload;

import java.io.Serializable;
import java.util.List;

/** A {@link PendingUpload} on its way from a task to the driver in Java's serialized form. */
record PendingFile(
        String bucket, String key, String uploadId, String[] partEtags, long size, long rows, String[] partitionValues)
        implements Serializable {

    PendingUpload toPendingUpload() {
        List<PendingUpload.Part> parts = new java.util.ArrayList<>();
        for (String etag : partEtags) {
            parts.add(new PendingUpload.Part(parts.size() + 1, etag));
        }
        return new PendingUpload(bucket, key, uploadId, parts, size, rows, List.of(partitionValues));
    }
}
