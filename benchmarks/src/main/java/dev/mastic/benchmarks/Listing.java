package dev.mastic.benchmarks;

import dev.mastic.embedded.objectstore.EmbeddedObjectStore;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Lists 10,000 and 100,000 keys of the embedded S3 over HTTP in pages of 1,000: the time grows with the keys. */
public final class Listing {
    private static final int THREADS = 8;
    private static final int RUNS = 3;

    private Listing() {}

    /** @param arguments a scratch folder */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        try (EmbeddedObjectStore store =
                        EmbeddedObjectStore.start(folder, "127.0.0.1", 0, "mastic", "mastic", event -> {});
                S3Client s3 = Clients.s3(store.endpoint())) {
            System.out.printf("%-32s %10s %10s %12s%n", "layout", "keys", "seconds", "us per key");
            for (Layout layout : Layout.values()) {
                for (int keys : List.of(10_000, 100_000)) {
                    String bucket = layout.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + keys;
                    fill(s3, bucket, layout, keys);
                    Duration best = IntStream.range(0, RUNS)
                            .mapToObj(run -> list(s3, bucket, keys))
                            .min(Duration::compareTo)
                            .orElseThrow();
                    System.out.printf(
                            Locale.ROOT,
                            "%-32s %,10d %10.2f %12.1f%n",
                            layout,
                            keys,
                            best.toMillis() / 1000.0,
                            best.toNanos() / 1000.0 / keys);
                }
            }
        }
    }

    private enum Layout {
        ONE_FOLDER,
        FOLDERS_OF_100;

        String key(int number) {
            return this == ONE_FOLDER
                    ? String.format("data/part-%06d", number)
                    : String.format("data/day=%04d/part-%06d", number / 100, number);
        }
    }

    private static void fill(S3Client s3, String bucket, Layout layout, int keys)
            throws InterruptedException, ExecutionException {
        s3.createBucket(request -> request.bucket(bucket));
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> puts = IntStream.range(0, keys)
                    .<Future<?>>mapToObj(number -> pool.submit(() -> s3.putObject(
                            request -> request.bucket(bucket).key(layout.key(number)), RequestBody.fromString("x"))))
                    .toList();
            for (Future<?> put : puts) {
                put.get();
            }
        } finally {
            pool.shutdown();
        }
    }

    private static Duration list(S3Client s3, String bucket, int keys) {
        long start = System.nanoTime();
        long found =
                s3
                        .listObjectsV2Paginator(
                                ListObjectsV2Request.builder().bucket(bucket).build())
                        .contents()
                        .stream()
                        .count();
        if (found != keys) {
            throw new IllegalStateException("Listed " + found + " keys of " + keys);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
