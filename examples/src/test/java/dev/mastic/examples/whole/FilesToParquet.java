package dev.mastic.examples.whole;

import dev.mastic.testing.TestFolders;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** CSV files in a bucket to partitioned Parquet in the same, by the job {@code OrdersByDay}. */
final class FilesToParquet implements Load {
    private static final int FILES = 3;

    private final String bucket;
    private final S3Client s3;
    private int files;

    /** @param s3 of the store itself, which no harm is done to */
    FilesToParquet(String bucket, S3Client s3) {
        this.bucket = bucket;
        this.s3 = s3;
    }

    @Override
    public String job() {
        return bucket;
    }

    @Override
    public void create(MortalServer server) throws Exception {
        Orders.createJob(server, bucket, bucket, 10);
    }

    @Override
    public void addInput() {
        for (int more = 0; more < FILES; more++) {
            String key = "in/orders-" + files + ".csv";
            String csv = Orders.csv(files);
            s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(csv));
            files++;
        }
    }

    @Override
    public List<String> truth() {
        return IntStream.range(0, files)
                .mapToObj(Orders::truth)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<String> target() throws Exception {
        Path copy = TestFolders.create("copy-of-" + bucket);
        List<S3Object> objects = new ArrayList<>();
        s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix("out/")).stream()
                .forEach(page -> objects.addAll(page.contents()));
        for (S3Object object : objects) {
            Path file = copy.resolve(object.key());
            Files.createDirectories(file.getParent());
            s3.getObject(request -> request.bucket(bucket).key(object.key()), file);
        }
        return ParquetRows.read(copy.resolve("out"));
    }

    @Override
    public List<String> leftovers() {
        return Load.openUploads(s3, bucket);
    }
}
