package dev.mastic.crawler.source;

import dev.mastic.crawler.source.KeyRanges.Range;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Listing and ranged reading in S3. Transient failures are tried again by the client itself; a store that says that it is
 * asked too much is asked less. Thread-safe.
 */
public final class ObjectStore {
    private static final int REQUESTS_AT_ONCE = 64;
    private static final int RANGES = 32;
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);

    private final S3Client s3;
    private final Patience patience;

    public ObjectStore(S3Client s3) {
        this(s3, FIRST_WAIT);
    }

    /** @param firstWait after the store refused a request because there are too many; doubled each time */
    ObjectStore(S3Client s3, Duration firstWait) {
        this.s3 = s3;
        this.patience = new Patience(REQUESTS_AT_ONCE, firstWait);
    }

    /**
     * Lists a location page by page, in the order of the keys.
     *
     * @param location a bucket, a folder with or without its slash, or an object
     * @param page given the objects of each page
     * @throws SourceException naming the location, when the bucket is missing, refused or out of reach
     * @throws CancelledException between two pages
     */
    public void list(S3Location location, Cancellation cancellation, Consumer<List<StoredObject>> page) {
        list(location, new Range("", ""), cancellation, page);
    }

    /**
     * Lists what lies directly in a folder, without the folders in it.
     *
     * @throws SourceException naming the location, when the bucket is missing, refused or out of reach
     * @throws CancelledException between two pages
     */
    public void listFolder(S3Location folder, Cancellation cancellation, Consumer<List<StoredObject>> page) {
        @Nullable String token = null;
        do {
            cancellation.check();
            String from = token;
            ListObjectsV2Response response = page(
                    folder,
                    request -> request.delimiter("/").continuationToken(from).build());
            page.accept(objects(folder, response.contents()));
            token = response.nextContinuationToken();
        } while (token != null);
    }

    /**
     * Lists a location of more than one page by several ranges of keys at once. The pages come in no order, one at a time.
     *
     * @param threads that wait for S3; not those of the caller
     * @throws SourceException as {@link #list}
     */
    public void listAtOnce(
            S3Location location,
            Cancellation cancellation,
            ExecutorService threads,
            Consumer<List<StoredObject>> page) {
        ListObjectsV2Response first =
                cancellation.await(threads.submit(() -> page(location, request -> request.build())));
        page.accept(objects(location, first.contents()));
        String token = first.nextContinuationToken();
        if (token == null) {
            return;
        }
        List<String> keys = first.contents().stream().map(S3Object::key).toList();
        if (keys.isEmpty() || !isSorted(keys)) {
            // A store that does not sort cannot be cut into ranges.
            cancellation.await(threads.submit(() -> {
                rest(location, token, cancellation, page);
                return token;
            }));
            return;
        }
        List<Range> ranges = KeyRanges.of(
                location.prefix(),
                keys.get(keys.size() - 1),
                RANGES,
                folder -> cancellation.await(threads.submit(() -> page(
                        location,
                        request -> request.prefix(folder).delimiter("/").build()))));
        Object oneAtATime = new Object();
        List<Future<Range>> listing = new ArrayList<>();
        try {
            for (Range range : ranges) {
                listing.add(threads.submit(() -> {
                    list(location, range, cancellation, objects -> {
                        synchronized (oneAtATime) {
                            page.accept(objects);
                        }
                    });
                    return range;
                }));
            }
            listing.forEach(cancellation::await);
        } finally {
            listing.forEach(range -> range.cancel(true));
        }
    }

    private static boolean isSorted(List<String> keys) {
        for (int i = 1; i < keys.size(); i++) {
            if (KeyRanges.ORDER.compare(keys.get(i - 1), keys.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private void list(S3Location location, Range range, Cancellation cancellation, Consumer<List<StoredObject>> page) {
        @Nullable String token = null;
        do {
            cancellation.check();
            String from = token;
            ListObjectsV2Response response = page(
                    location,
                    request -> from != null
                            ? request.continuationToken(from).build()
                            : range.after().isEmpty()
                                    ? request.build()
                                    : request.startAfter(range.after()).build());
            List<S3Object> contents = response.contents();
            boolean ended = !contents.isEmpty()
                    && range.ends(contents.get(contents.size() - 1).key());
            page.accept(objects(
                    location,
                    ended
                            ? contents.stream()
                                    .filter(object -> !range.ends(object.key()))
                                    .toList()
                            : contents));
            token = ended ? null : response.nextContinuationToken();
        } while (token != null);
    }

    private void rest(S3Location location, String first, Cancellation cancellation, Consumer<List<StoredObject>> page) {
        @Nullable String token = first;
        while (token != null) {
            cancellation.check();
            String from = token;
            ListObjectsV2Response response =
                    page(location, request -> request.continuationToken(from).build());
            page.accept(objects(location, response.contents()));
            token = response.nextContinuationToken();
        }
    }

    private static List<StoredObject> objects(S3Location location, List<S3Object> contents) {
        return contents.stream()
                .filter(object -> location.contains(object.key()))
                .map(object -> new StoredObject(
                        location.bucket(),
                        object.key(),
                        object.size(),
                        object.lastModified(),
                        object.eTag() == null ? "" : object.eTag()))
                .toList();
    }

    private ListObjectsV2Response page(
            S3Location location, Function<ListObjectsV2Request.Builder, ListObjectsV2Request> what) {
        ListObjectsV2Request request = what.apply(
                ListObjectsV2Request.builder().bucket(location.bucket()).prefix(location.prefix()));
        try {
            return patience.request(() -> s3.listObjectsV2(request));
        } catch (S3Exception e) {
            throw new SourceException("Cannot list " + location.uri() + ": " + reason(location.bucket(), e), e);
        } catch (SdkException e) {
            throw new SourceException(unreachable(location.uri(), e), e);
        }
    }

    /**
     * Some bytes of an object.
     *
     * @param from first byte, 0 is the object's first
     * @param length at most so many
     * @throws UnreadableFileException when the object is gone or refused
     * @throws SourceException when S3 does not answer
     */
    public byte[] read(StoredObject object, long from, long length) {
        long last = Math.min(object.size(), from + length) - 1;
        try {
            return patience.request(() -> s3.getObjectAsBytes(request ->
                            request.bucket(object.bucket()).key(object.key()).range("bytes=" + from + "-" + last))
                    .asByteArray());
        } catch (S3Exception e) {
            if (e.statusCode() >= 500) {
                throw new SourceException(unreachable(object.uri(), e), e);
            }
            throw new UnreadableFileException("it cannot be read: " + reason(object.bucket(), e), e);
        } catch (SdkException e) {
            throw new SourceException(unreachable(object.uri(), e), e);
        }
    }

    private static String unreachable(String uri, SdkException e) {
        String detail = e instanceof SdkClientException && e.getCause() != null ? String.valueOf(e.getCause()) : "";
        return "S3 does not answer for " + uri + ": " + firstLine(e) + (detail.isEmpty() ? "" : " (" + detail + ")")
                + ". Start the crawler again when S3 is back";
    }

    private static String reason(String bucket, S3Exception e) {
        String code = e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
        if (code.equals("NoSuchBucket") || (e.statusCode() == 404 && !code.equals("NoSuchKey"))) {
            return "bucket " + bucket + " does not exist; create it or correct the target's path";
        } else if (code.equals("NoSuchKey")) {
            return "the object was deleted meanwhile";
        } else if (e.statusCode() == 403) {
            return "access was denied (" + code + "); check the credentials that the server has for bucket " + bucket;
        }
        return firstLine(e);
    }

    private static String firstLine(SdkException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
