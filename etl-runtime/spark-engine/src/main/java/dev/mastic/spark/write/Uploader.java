package dev.mastic.spark.write;

import dev.mastic.bookmarks.Failpoint;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Puts a finished local Parquet file into the store as the parts of an upload that is not completed. */
final class Uploader {
    private static final long PART_SIZE = 16L << 20;
    private static final int MOST_PARTS = 10_000;

    private final S3Client s3;
    private final Configuration hadoop;
    private final int era;

    /** @param era the era of {@link OpenUploads} that the write belongs to */
    Uploader(S3Client s3, Configuration hadoop, int era) {
        this.s3 = s3;
        this.hadoop = hadoop;
        this.era = era;
    }

    PendingFile upload(java.nio.file.Path file, String bucket, String key, List<String> partitionValues)
            throws IOException {
        String uploadId = s3.createMultipartUpload(
                        request -> request.bucket(bucket).key(key).contentType("application/vnd.apache.parquet"))
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
                    rows(file),
                    partitionValues.toArray(String[]::new));
        }
    }

    private String part(java.nio.file.Path file, long start, long length, OpenUploads.Upload upload, int number) {
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
    private static InputStream section(java.nio.file.Path file, long start) {
        try {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.READ).position(start);
            return new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("Cannot read the finished file " + file, e);
        }
    }

    private long rows(java.nio.file.Path file) throws IOException {
        try (ParquetFileReader reader =
                ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.toUri()), hadoop))) {
            return reader.getRecordCount();
        }
    }
}
