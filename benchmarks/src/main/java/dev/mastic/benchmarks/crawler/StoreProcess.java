package dev.mastic.benchmarks.crawler;

import dev.mastic.benchmarks.Clients;
import dev.mastic.embedded.objectstore.EmbeddedObjectStore;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** The stores that are crawled, in a process of their own, so that the crawl's memory can be told from theirs. */
public final class StoreProcess {
    private static final int THREADS = 8;

    private StoreProcess() {}

    /**
     * Runs until it is killed; prints a line when it is ready.
     *
     * @param arguments port of the stub, port of the embedded store, its folder, and the buckets to fill there
     */
    public static void main(String[] arguments) throws Exception {
        StubStore stub = new StubStore(Integer.parseInt(arguments[0]));
        EmbeddedObjectStore embedded = EmbeddedObjectStore.start(
                Path.of(arguments[2]), "127.0.0.1", Integer.parseInt(arguments[1]), "mastic", "mastic", event -> {});
        for (int i = 3; i < arguments.length; i++) {
            fill(embedded.endpoint(), arguments[i]);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stub.close();
            embedded.close();
        }));
        System.out.println("ready");
        Thread.currentThread().join();
    }

    private static void fill(URI endpoint, String bucket) throws InterruptedException, ExecutionException {
        Objects objects = Objects.of(bucket);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try (S3Client s3 = Clients.s3(endpoint)) {
            s3.createBucket(request -> request.bucket(bucket));
            List<Future<?>> puts = IntStream.range(0, objects.count())
                    .<Future<?>>mapToObj(number -> pool.submit(() -> s3.putObject(
                            request -> request.bucket(bucket).key(objects.key(number)),
                            RequestBody.fromBytes(Objects.CONTENT))))
                    .toList();
            for (Future<?> put : puts) {
                put.get();
            }
        } finally {
            pool.shutdown();
        }
    }
}
