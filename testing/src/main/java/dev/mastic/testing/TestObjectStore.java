package dev.mastic.testing;

import dev.mastic.embedded.objectstore.EmbeddedObjectStore;
import dev.mastic.embedded.objectstore.ObjectEvent;
import dev.mastic.embedded.objectstore.ObjectEventListener;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A real S3 server on a folder below {@code target}, with a client for it. Thread-safe. */
public final class TestObjectStore implements AutoCloseable {
    /** Access key and secret key of the server. */
    public static final String KEY = "mastic";

    private static final AtomicInteger BUCKETS = new AtomicInteger();
    private static @Nullable TestObjectStore shared;

    private final EmbeddedObjectStore store;
    private final S3Client s3;
    private final List<ObjectEventListener> listeners = new CopyOnWriteArrayList<>();

    private TestObjectStore() {
        this.store = EmbeddedObjectStore.start(TestFolders.create("objects"), "127.0.0.1", 0, KEY, KEY, this::deliver);
        this.s3 = S3Client.builder()
                .endpointOverride(store.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
                .build();
    }

    /** A server of the caller's own. */
    public static TestObjectStore start() {
        return new TestObjectStore();
    }

    /** The server that all tests of this JVM share. */
    public static synchronized TestObjectStore shared() {
        TestObjectStore running = shared;
        if (running == null) {
            running = new TestObjectStore();
            shared = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        }
        return running;
    }

    /** Address of the server. */
    public URI endpoint() {
        return store.endpoint();
    }

    /** A client with the right credentials, path style. */
    public S3Client s3() {
        return s3;
    }

    /** Makes a bucket that no other test has. */
    public String newBucket() {
        String name = String.format(
                Locale.ROOT, "bucket-%d-%d", ProcessHandle.current().pid(), BUCKETS.incrementAndGet());
        s3.createBucket(request -> request.bucket(name));
        return name;
    }

    /** Hears of all further events. */
    public void addListener(ObjectEventListener listener) {
        listeners.add(listener);
    }

    private void deliver(ObjectEvent event) {
        listeners.forEach(listener -> listener.onEvent(event));
    }

    @Override
    public void close() {
        s3.close();
        store.close();
    }
}
