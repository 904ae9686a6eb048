package dev.mastic.embedded.objectstore;

import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import static java.net.HttpURLConnection.HTTP_BAD_REQUEST;
import static java.net.HttpURLConnection.HTTP_INTERNAL_ERROR;

/**
 * S3Proxy's file-system store with a listing of our own, an event for every object that appears or vanishes, and a clear
 * refusal of the keys that files cannot hold.
 */
final class ListeningBlobStore extends ForwardingBlobStore {
    private static final String REMOVED = "ObjectRemoved:Delete";
    private static final int KEYS_PER_PAGE = 1000;
    private static final int BITS_FOR_EVENTS_IN_A_MILLISECOND = 20;

    private final Path root;
    private final ObjectEventListener listener;
    private final EventOutbox outbox;
    private final Clock clock;
    private final SortedFolders folders = new SortedFolders();
    private final Writes writes = new Writes();
    private final AtomicLong lastSequence = new AtomicLong();

    ListeningBlobStore(BlobStore files, Path root, ObjectEventListener listener, EventOutbox outbox, Clock clock) {
        super(files);
        this.root = root;
        this.listener = listener;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        String delimiter = request.delimiter() == null ? "" : request.delimiter();
        Path bucket = root.resolve(request.bucket());
        if (!(delimiter.isEmpty() || delimiter.equals("/")) || !Files.isDirectory(bucket)) {
            return delegate().list(request);
        }
        String after = request.continuationToken() == null ? request.startAfter() : request.continuationToken();
        try {
            return new Listing(
                            folders,
                            writes,
                            bucket,
                            request.prefix() == null ? "" : request.prefix(),
                            !delimiter.isEmpty(),
                            after,
                            request.maxKeys() == null ? KEYS_PER_PAGE : request.maxKeys())
                    .page();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
        checkKey(request.bucket(), request.key());
        return store(
                "ObjectCreated:Put",
                request.bucket(),
                request.key(),
                () -> delegate().putBlob(request, payload));
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        checkKey(request.destinationBucket(), request.destinationKey());
        return store(
                "ObjectCreated:Copy",
                request.destinationBucket(),
                request.destinationKey(),
                () -> delegate().copyBlob(request));
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        checkKey(request.bucket(), request.key());
        return delegate().initiateMultipartUpload(request);
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        return store(
                "ObjectCreated:CompleteMultipartUpload",
                upload.containerName(),
                upload.blobName(),
                () -> delegate().completeMultipartUpload(upload, request));
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        if (StoredNames.isBookkeeping(request.key()) || head(request.bucket(), request.key()) == null) {
            return delegate().removeBlob(request);
        }
        try (EventOutbox.Intent intent = outbox.intend(REMOVED, request.bucket(), request.key())) {
            // Before the removal, so that an object which another client stores right after it has a larger one.
            String sequencer = nextSequencer();
            DeleteObjectResponse response;
            try {
                response = delegate().removeBlob(request);
            } catch (RuntimeException e) {
                forgetUnlessRemoved(intent, e);
                throw e;
            }
            tellRemoved(intent, sequencer);
            intent.done();
            return response;
        }
    }

    private void forgetUnlessRemoved(EventOutbox.Intent intent, RuntimeException failure) {
        try {
            if (head(intent.bucket(), intent.key()) != null) {
                intent.done();
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void tellRemoved(EventOutbox.Intent intent, String sequencer) {
        hear(new ObjectEvent(REMOVED, intent.bucket(), intent.key(), "", 0, sequencer, clock.instant()));
    }

    /**
     * The event is kept before the object is seen: S3Proxy answers a repeated completion of an upload by itself, so that
     * a client which sends its request again would not bring back an event that the listener did not take.
     */
    private <T> T store(String name, String bucket, String key, Supplier<T> action) {
        try {
            return StoredNames.isBookkeeping(key) ? action.get() : storeAndTell(name, bucket, key, action);
        } catch (RuntimeException e) {
            throw FullDisk.explained(e, root);
        }
    }

    private <T> T storeAndTell(String name, String bucket, String key, Supplier<T> action) {
        try (EventOutbox.Intent intent = outbox.intend(name, bucket, key)) {
            T response;
            writes.begin(bucket, key);
            try {
                response = action.get();
            } catch (RuntimeException e) {
                forgetUnlessStored(intent, e);
                throw e;
            } finally {
                writes.end(bucket, key);
            }
            tell(intent);
            intent.done();
            return response;
        }
    }

    private void forgetUnlessStored(EventOutbox.Intent intent, RuntimeException failure) {
        try {
            if (isRefusal(failure) || head(intent.bucket(), intent.key()) == null) {
                intent.done();
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Such as a failed precondition: the object, if there is one, is as it was. */
    private static boolean isRefusal(RuntimeException failure) {
        return failure instanceof S3Exception refusal
                && refusal.statusCode() >= HTTP_BAD_REQUEST
                && refusal.statusCode() < HTTP_INTERNAL_ERROR;
    }

    /** Tells the listener of an intent that was left over, if the object is, or is gone, as it says. */
    void tellLeftOver(EventOutbox.Intent intent) {
        if (!intent.name().equals(REMOVED)) {
            tell(intent);
            return;
        }
        String sequencer = nextSequencer();
        if (head(intent.bucket(), intent.key()) == null) {
            tellRemoved(intent, sequencer);
        }
    }

    /** Tells the listener of the object as it is now, if it still is. */
    private void tell(EventOutbox.Intent intent) {
        Instant time = clock.instant();
        // Before the look at the object, so that a removal right after that look has a larger one.
        String sequencer = nextSequencer();
        HeadObjectResponse head = head(intent.bucket(), intent.key());
        if (head == null) {
            // Deleted by another client in the meantime, which has been heard of.
            return;
        }
        String etag = head.eTag() == null ? "" : head.eTag().replace("\"", "");
        long size = head.contentLength() == null ? 0 : head.contentLength();
        hear(new ObjectEvent(intent.name(), intent.bucket(), intent.key(), etag, size, sequencer, time));
    }

    /** S3Proxy takes some exceptions for a fault of the client, which would then not send its request again. */
    private void hear(ObjectEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException e) {
            throw new EventNotTakenException(event, e);
        }
    }

    private @Nullable HeadObjectResponse head(String bucket, String key) {
        try {
            return delegate()
                    .blobMetadata(
                            HeadObjectRequest.builder().bucket(bucket).key(key).build());
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            return null;
        }
    }

    /** Grows over restarts too, as it starts from the time. */
    private String nextSequencer() {
        long now = clock.millis() << BITS_FOR_EVENTS_IN_A_MILLISECOND;
        return String.format("%016X", lastSequence.updateAndGet(before -> Math.max(before + 1, now)));
    }

    /** Objects are files, so a key below another key has no place here. */
    private void checkKey(String bucket, String key) {
        List<String> segments = Arrays.asList(key.split("/", -1));
        Path parent = root.resolve(bucket);
        for (String segment : segments.subList(0, segments.size() - 1)) {
            parent = parent.resolve(segment);
            if (Files.isRegularFile(parent)) {
                throw S3Exceptions.invalidArgument(
                        "The embedded object store keeps objects as files and cannot hold the key '" + key
                                + "': there is an object at '"
                                + root.resolve(bucket).relativize(parent) + "'");
            }
        }
    }

    private static final class EventNotTakenException extends RuntimeException {
        EventNotTakenException(ObjectEvent event, RuntimeException cause) {
            super(event.name() + " of s3://" + event.bucket() + "/" + event.key() + " was not taken", cause);
        }
    }
}
