package dev.mastic.embedded.objectstore;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class EmbeddedObjectStoreIT {
    private static final List<ObjectEvent> EVENTS = new CopyOnWriteArrayList<>();

    private static EmbeddedObjectStore store;
    private static volatile boolean listenerFailsOnce;
    private static S3Client s3;
    private static Path folder;
    private static int buckets;

    private String bucket;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(Path.of("target"));
        folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "objects-it-");
        store = EmbeddedObjectStore.start(folder, "127.0.0.1", 0, "mastic", "mastic", EmbeddedObjectStoreIT::hear);
        s3 = client("mastic");
    }

    @AfterAll
    static void stop() {
        s3.close();
        store.close();
    }

    @BeforeEach
    void newBucket() {
        bucket = "bucket-" + buckets++;
        s3.createBucket(request -> request.bucket(bucket));
        EVENTS.clear();
    }

    @Test
    void tellsOfAPutOnce() {
        s3.putObject(request -> request.bucket(bucket).key("a/b c+d.csv"), RequestBody.fromString("12345"));

        assertThat(EVENTS).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("ObjectCreated:Put");
            assertThat(event.bucket()).isEqualTo(bucket);
            assertThat(event.key()).isEqualTo("a/b c+d.csv");
            assertThat(event.size()).isEqualTo(5);
            assertThat(event.etag()).isEqualTo("827ccb0eea8a706c4c34a16891f84e7b");
        });
    }

    @Test
    void tellsOfACopyOnce() {
        put("source");
        EVENTS.clear();
        s3.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey("source")
                .destinationBucket(bucket)
                .destinationKey("copy"));

        assertThat(EVENTS)
                .extracting(ObjectEvent::name, ObjectEvent::key)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("ObjectCreated:Copy", "copy"));
    }

    @Test
    void tellsOfAMultipartUploadWhenItIsCompletedAndNeverBefore() {
        String upload = s3.createMultipartUpload(
                        request -> request.bucket(bucket).key("dir/big"))
                .uploadId();
        String etag = s3.uploadPart(
                        request -> request.bucket(bucket)
                                .key("dir/big")
                                .uploadId(upload)
                                .partNumber(1),
                        RequestBody.fromString("part"))
                .eTag();
        assertThat(EVENTS).isEmpty();
        assertThat(keys("")).isEmpty();
        assertThat(s3.listObjectsV2(request -> request.bucket(bucket).delimiter("/"))
                        .commonPrefixes())
                .isEmpty();

        s3.completeMultipartUpload(request -> request.bucket(bucket)
                .key("dir/big")
                .uploadId(upload)
                .multipartUpload(parts -> parts.parts(
                        CompletedPart.builder().partNumber(1).eTag(etag).build())));

        assertThat(EVENTS).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("ObjectCreated:CompleteMultipartUpload");
            assertThat(event.size()).isEqualTo(4);
        });
        assertThat(keys("")).containsExactly("dir/big");
    }

    @Test
    void tellsLaterOfACompletedUploadThatTheListenerDidNotTake() throws IOException {
        String upload = s3.createMultipartUpload(
                        request -> request.bucket(bucket).key("big"))
                .uploadId();
        String etag = s3.uploadPart(
                        request -> request.bucket(bucket)
                                .key("big")
                                .uploadId(upload)
                                .partNumber(1),
                        RequestBody.fromString("part"))
                .eTag();
        listenerFailsOnce = true;
        try {
            // The client sends it again by itself, which the store is not told of.
            s3.completeMultipartUpload(request -> request.bucket(bucket)
                    .key("big")
                    .uploadId(upload)
                    .multipartUpload(parts -> parts.parts(
                            CompletedPart.builder().partNumber(1).eTag(etag).build())));
        } catch (S3Exception e) {
            assertThat(e.statusCode()).as("the listener's failure").isEqualTo(500);
        }
        assertThat(listenerFailsOnce).as("the listener still has to fail").isFalse();

        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(outbox()).isEmpty());
        assertThat(EVENTS).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("ObjectCreated:CompleteMultipartUpload");
            assertThat(event.key()).isEqualTo("big");
            assertThat(event.size()).isEqualTo(4);
        });
    }

    @Test
    void tellsLaterOfARemovalThatTheListenerDidNotTake() {
        put("k");
        EVENTS.clear();
        listenerFailsOnce = true;
        try {
            // The client sends it again by itself, when the object is gone already.
            s3.deleteObject(request -> request.bucket(bucket).key("k"));
        } catch (S3Exception e) {
            assertThat(e.statusCode()).as("the listener's failure").isEqualTo(500);
        }
        assertThat(listenerFailsOnce).as("the listener still has to fail").isFalse();

        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(outbox()).isEmpty());
        assertThat(EVENTS).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("ObjectRemoved:Delete");
            assertThat(event.key()).isEqualTo("k");
        });
    }

    @Test
    void tellsAtTheNextStartWhatAKilledProcessLeft() throws IOException {
        Path root = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "killed-it-");
        Path left = Files.createDirectories(root.resolveSibling(root.getFileName() + "-outbox"));
        try (EmbeddedObjectStore first = EmbeddedObjectStore.start(root, "127.0.0.1", 0, "mastic", "mastic", e -> {});
                S3Client client = client(first, "mastic")) {
            client.createBucket(request -> request.bucket("kept"));
            client.putObject(request -> request.bucket("kept").key("a b/é"), RequestBody.fromString("12345"));
            assertThat(client.listBuckets().buckets()).hasSize(1);
            assertThat(left).as("events on disk after the listener took them").isEmptyDirectory();
        }
        Files.writeString(left.resolve("stored"), "ObjectCreated:Put\0kept\0a b/é\0");
        Files.writeString(left.resolve("removed"), "ObjectRemoved:Delete\0kept\0removed\0");
        Files.writeString(left.resolve("never-removed"), "ObjectRemoved:Delete\0kept\0a b/é\0");
        Files.writeString(left.resolve("never-stored"), "ObjectCreated:Put\0kept\0none\0");
        Files.writeString(left.resolve("without-bucket"), "ObjectCreated:Put\0gone\0none\0");
        Files.writeString(left.resolve("cut-off"), "ObjectCreated:Put\0kept\0a b");
        List<ObjectEvent> events = new CopyOnWriteArrayList<>();

        try (EmbeddedObjectStore next =
                EmbeddedObjectStore.start(root, "127.0.0.1", 0, "mastic", "mastic", events::add)) {
            await().atMost(Duration.ofMinutes(3))
                    .untilAsserted(() -> assertThat(left).isEmptyDirectory());
            assertThat(next.endpoint()).isNotNull();
        }
        assertThat(events)
                .filteredOn(event -> event.name().equals("ObjectRemoved:Delete"))
                .singleElement()
                .extracting(ObjectEvent::key)
                .isEqualTo("removed");
        assertThat(events)
                .filteredOn(event -> !event.name().equals("ObjectRemoved:Delete"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.name()).isEqualTo("ObjectCreated:Put");
                    assertThat(event.bucket()).isEqualTo("kept");
                    assertThat(event.key()).isEqualTo("a b/é");
                    assertThat(event.size()).isEqualTo(5);
                });
    }

    @Test
    void keepsNoEventOfAPutThatWasRefused() throws IOException {
        put("k");
        EVENTS.clear();
        assertThatThrownBy(() -> s3.putObject(
                        request -> request.bucket(bucket).key("k").ifNoneMatch("*"), RequestBody.fromString("y")))
                .isInstanceOf(S3Exception.class)
                .extracting(failure -> ((S3Exception) failure).statusCode())
                .isEqualTo(412);

        assertThat(outbox()).isEmpty();
        assertThat(EVENTS).isEmpty();
    }

    @Test
    void listsTheSizeAndTheETagOfOneVersionWhileItIsReplaced() throws InterruptedException {
        put("k");
        AtomicBoolean stopped = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 0; !stopped.get(); i++) {
                String text = i % 2 == 0 ? "12345" : "x";
                s3.putObject(request -> request.bucket(bucket).key("k"), RequestBody.fromString(text));
            }
        });
        writer.start();
        try {
            for (int i = 0; i < 1000; i++) {
                for (S3Object object :
                        s3.listObjectsV2(request -> request.bucket(bucket)).contents()) {
                    assertThat(object.key()).as("no write that goes on").isEqualTo("k");
                    assertThat(object.eTag())
                            .as("ETag of %s bytes", object.size())
                            .isEqualTo(
                                    object.size() == 5
                                            ? "\"827ccb0eea8a706c4c34a16891f84e7b\""
                                            : "\"9dd4e461268c8034f5c8564e155c67a6\"");
                }
            }
        } finally {
            stopped.set(true);
            writer.join();
        }
    }

    @Test
    void hidesWhatAKilledWriteLeftBehindAndNoObjectOfSuchAName() throws IOException {
        String name = "k-123e4567-e89b-12d3-a456-426614174000";
        Files.writeString(folder.resolve(bucket).resolve("half-" + name), "half");
        put(name);

        assertThat(keys("")).containsExactly(name);
    }

    @Test
    void tellsNothingOfAnAbortedUpload() {
        String upload = s3.createMultipartUpload(
                        request -> request.bucket(bucket).key("never"))
                .uploadId();
        s3.abortMultipartUpload(request -> request.bucket(bucket).key("never").uploadId(upload));

        assertThat(EVENTS).isEmpty();
        assertThat(keys("")).isEmpty();
    }

    @Test
    void tellsOfEachDeletedObjectOnceAndOfNoneThatWasNotThere() {
        put("a");
        put("b");
        put("c");
        EVENTS.clear();
        s3.deleteObject(request -> request.bucket(bucket).key("a"));
        s3.deleteObject(request -> request.bucket(bucket).key("a"));
        s3.deleteObjects(request -> request.bucket(bucket)
                .delete(delete -> delete.objects(
                        ObjectIdentifier.builder().key("b").build(),
                        ObjectIdentifier.builder().key("c").build(),
                        ObjectIdentifier.builder().key("missing").build())));

        assertThat(EVENTS).extracting(ObjectEvent::name).containsOnly("ObjectRemoved:Delete");
        assertThat(EVENTS).extracting(ObjectEvent::key).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void givesALaterEventOfAKeyALargerSequencer() {
        put("k");
        put("k");

        assertThat(EVENTS.get(1).sequencer()).isGreaterThan(EVENTS.get(0).sequencer());
    }

    @Test
    void listsInTheOrderOfBytesInEveryPageSize() {
        List<String> names = List.of(
                "a", "a!", "a-b", "a.b/c", "a/b", "a/c/d", "a0", "b", "z/\uD83D\uDE00", "z/\uFF5E", "z/é", "\u00e9");
        names.stream().filter(name -> !name.equals("a")).forEach(this::put);
        List<String> expected = names.stream()
                .filter(name -> !name.equals("a"))
                .sorted(Comparator.comparing(
                        name -> name.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        java.util.Arrays::compareUnsigned))
                .toList();
        for (int size = 1; size <= expected.size() + 1; size++) {
            int pageSize = size;
            assertThat(keys("", pageSize)).as("pages of %s", pageSize).isEqualTo(expected);
        }
    }

    @Test
    void pagesThroughGeneratedKeysAsASortedSetSays() {
        long seed = System.nanoTime();
        System.out.println("seed of pagesThroughGeneratedKeysAsASortedSetSays: " + seed);
        Random random = new Random(seed);
        TreeSet<String> expected = new TreeSet<>();
        for (int i = 0; i < 300; i++) {
            StringBuilder key = new StringBuilder();
            for (int depth = random.nextInt(4); depth > 0; depth--) {
                key.append((char) ('a' + random.nextInt(3)))
                        .append(random.nextInt(3))
                        .append("/");
            }
            key.append("f").append((char) ('!' + random.nextInt(14) % 14)).append(random.nextInt(50));
            String text = key.toString().replace("//", "/").replace("f/", "f-");
            put(text);
            expected.add(text);
        }
        for (String prefix : List.of("", "a", "a0/", "b1/c", "zz")) {
            List<String> wanted =
                    expected.stream().filter(key -> key.startsWith(prefix)).toList();
            assertThat(keys(prefix, 1 + random.nextInt(20)))
                    .as("prefix '%s'", prefix)
                    .isEqualTo(wanted);
            assertGrouped(prefix, expected, 1 + random.nextInt(5));
        }
    }

    private void assertGrouped(String prefix, TreeSet<String> all, int pageSize) {
        TreeSet<String> wanted = new TreeSet<>();
        for (String key : all) {
            if (key.startsWith(prefix)) {
                int slash = key.indexOf('/', prefix.length());
                wanted.add(slash < 0 ? key : key.substring(0, slash + 1));
            }
        }
        List<String> found = new ArrayList<>();
        s3.listObjectsV2Paginator(ListObjectsV2Request.builder()
                        .bucket(bucket)
                        .prefix(prefix)
                        .delimiter("/")
                        .maxKeys(pageSize)
                        .build())
                .forEach(page -> {
                    page.contents().forEach(object -> found.add(object.key()));
                    page.commonPrefixes().stream().map(CommonPrefix::prefix).forEach(found::add);
                });
        assertThat(found).as("prefix '%s' grouped", prefix).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void forgetsAFolderThatADeleteEmptied() {
        put("gone/x/y");
        s3.deleteObject(request -> request.bucket(bucket).key("gone/x/y"));

        assertThat(s3.listObjectsV2(request -> request.bucket(bucket).delimiter("/"))
                        .commonPrefixes())
                .isEmpty();
    }

    @Test
    void seesKeysThatAppearWhileItPages() throws IOException {
        IntStream.range(0, 1500).forEach(i -> put(String.format("k%05d", i)));
        List<String> found = new ArrayList<>();
        var first = s3.listObjectsV2(request -> request.bucket(bucket).maxKeys(1000));
        first.contents().forEach(object -> found.add(object.key()));
        put("k99999");
        s3.listObjectsV2(request -> request.bucket(bucket).continuationToken(first.nextContinuationToken()))
                .contents()
                .forEach(object -> found.add(object.key()));

        assertThat(found).hasSize(1501).endsWith("k99999");
    }

    @Test
    void refusesAKeyBelowAnotherKey() {
        put("file");
        assertThatThrownBy(() -> put("file/below"))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("cannot hold the key 'file/below': there is an object at 'file'")
                .extracting(failure -> ((S3Exception) failure).statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesAWrongSecret() {
        try (S3Client stranger = client("wrong")) {
            assertThatThrownBy(() -> stranger.listObjectsV2(request -> request.bucket(bucket)))
                    .isInstanceOf(S3Exception.class)
                    .extracting(failure -> ((S3Exception) failure).statusCode())
                    .isEqualTo(403);
        }
    }

    private static void hear(ObjectEvent event) {
        if (listenerFailsOnce) {
            listenerFailsOnce = false;
            throw new IllegalStateException("The listener is away");
        }
        EVENTS.add(event);
    }

    private static List<Path> outbox() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolveSibling(folder.getFileName() + "-outbox"))) {
            return files.toList();
        }
    }

    private void put(String key) {
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString("x"));
    }

    private List<String> keys(String prefix) {
        return keys(prefix, 1000);
    }

    private List<String> keys(String prefix, int pageSize) {
        return s3
                .listObjectsV2Paginator(ListObjectsV2Request.builder()
                        .bucket(bucket)
                        .prefix(prefix)
                        .maxKeys(pageSize)
                        .build())
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    private static S3Client client(String secret) {
        return client(store, secret);
    }

    private static S3Client client(EmbeddedObjectStore server, String secret) {
        return S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("mastic", secret)))
                .build();
    }
}
