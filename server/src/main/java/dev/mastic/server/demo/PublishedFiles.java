package dev.mastic.server.demo;

import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Counts the rows that a reader of a table sees: from the footers of the Parquet files in the bucket, not from Mastic. */
final class PublishedFiles {
    private static final int TAIL = 8;

    private final S3Client s3;

    PublishedFiles(S3Client s3) {
        this.s3 = s3;
    }

    /** One file. */
    record File(String key, long bytes, long rows) {}

    List<File> below(String bucket, String prefix) throws IOException {
        List<File> files = new ArrayList<>();
        for (S3Object object : s3.listObjectsV2Paginator(ListObjectsV2Request.builder()
                        .bucket(bucket)
                        .prefix(prefix)
                        .build())
                .contents()) {
            files.add(new File(object.key(), object.size(), rows(bucket, object)));
        }
        return files;
    }

    private long rows(String bucket, S3Object object) throws IOException {
        byte[] tail = read(bucket, object.key(), object.size() - TAIL, object.size());
        int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
        byte[] footer = read(bucket, object.key(), object.size() - TAIL - length, object.size() - TAIL);
        FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(footer));
        return metadata.getNum_rows();
    }

    private byte[] read(String bucket, String key, long from, long to) {
        return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key).range("bytes=" + from + "-" + (to - 1)))
                .asByteArray();
    }
}
