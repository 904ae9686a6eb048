package dev.mastic.crawler.source;

import dev.mastic.testing.TestObjectStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

/** Listing by ranges gives what listing page by page gives: each key once, whatever the folders are. */
class ParallelListingIT {
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(4);
    private static final TestObjectStore STORE = TestObjectStore.shared();
    private static final String BUCKET = STORE.newBucket();

    @BeforeAll
    static void fill() throws ExecutionException, InterruptedException {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 1300; i++) {
            keys.add("flat/part-" + i);
            if (i % 2 == 0) {
                keys.add("days/dt=2026-01-" + (10 + i % 20) + "/hour=" + i % 24 + "/part-" + i);
            }
        }
        keys.addAll(
                List.of("root.csv", "zz/last", "days/\u00e9t\u00e9/a", "days/\ud83d\ude00/a", "days/\uff5e/a", "dayz"));
        List<Future<?>> puts = new ArrayList<>();
        for (String key : keys) {
            puts.add(THREADS.submit(() ->
                    STORE.s3().putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString("x"))));
        }
        for (Future<?> put : puts) {
            put.get();
        }
    }

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
    }

    @Test
    void listsEachKeyOnce() {
        for (String path : List.of("", "days/", "flat/", "days", "nothing/")) {
            S3Location location = S3Location.parse("s3://" + BUCKET + "/" + path);
            ObjectStore store = new ObjectStore(STORE.s3());
            List<String> inTurn = new ArrayList<>();
            List<String> atOnce = new ArrayList<>();
            store.list(location, new Cancellation(), page -> page.forEach(object -> inTurn.add(object.key())));
            store.listAtOnce(
                    location, new Cancellation(), THREADS, page -> page.forEach(object -> atOnce.add(object.key())));

            assertThat(atOnce).as(path).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(atOnce)).as(path).isEqualTo(new TreeSet<>(inTurn));
        }
    }
}
