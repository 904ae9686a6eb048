package dev.mastic.spark.write;

import dev.mastic.bookmarks.Failpoint;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Puts a finished local file into the store as the parts of an upload that is not completed. */
final class Uploader {
    private static final long PART_SIZE = 16L << 20;
    private static final int MOST_PARTS = 10_000;

    private final S3Client s3;
    private final int era;

    /** @param era the era of {@link OpenUploads} that the write belongs to */
    Uploader(S3Client s3, int era) {
        this.s3 = s3;
        this.era = era;
    }

    PendingFile upload(String bucket, UploadCommitProtocol.FinishedFile finished) throws IOException {
        Path file = finished.local();
        String key = finished.key();
        String uploadId = s3.createMultipartUpload(
                        request -> request.bucket(bucket).key(key).contentType(contentType(key)))
                .uploadId();
        OpenUploads.Upload upload = new OpenUploads.Upload(bucket, key, uploadId);
        OpenUploads.add(upload, s3, era);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long partSize = Math.max(PART_SIZE, (size + MOST_PARTS - 1) / MOST_PARTS);
            List<String> etags = new ArrayList<>();
            for (long start = 0; start < size; start += partSize) {
                int number = etags.size() + 1;
                etags.add(part(file, start, Math.min(partSize, size - start), upload, number));
                Failpoint.DRIVER_DURING_UPLOAD.reach();
            }
            return new PendingFile(
                    bucket,
                    key,
                    uploadId,
                    etags.toArray(String[]::new),
                    size,
                    finished.rows(),
                    finished.partitionValues().toArray(String[]::new));
        }
    }

    private String part(Path file, long start, long length, OpenUploads.Upload upload, int number) {
        return s3.uploadPart(
                        request -> request.bucket(upload.bucket())
                                .key(upload.key())
                                .uploadId(upload.uploadId())
                                .partNumber(number)
                                .contentLength(length),
                        // Opened anew when the request is sent again.
                        RequestBody.fromContentProvider(() -> section(file, start), length, "application/octet-stream"))
                .eTag();
    }

    @SuppressWarnings("resource") // closing the stream closes the channel
    private static InputStream section(Path file, long start) {
        try {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.READ).position(start);
            return new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("Cannot read the finished file " + file, e);
        }
    }

    private static String contentType(String key) {
        if (key.endsWith(".parquet")) {
            return "application/vnd.apache.parquet";
        }
        if (key.endsWith(".json")) {
            return "application/x-ndjson";
        }
        return key.endsWith(".csv") ? "text/csv" : "application/octet-stream";
    }
}
