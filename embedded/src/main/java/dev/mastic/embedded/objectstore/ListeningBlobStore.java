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
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

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

/**
 * S3Proxy's file-system store with a listing of our own, an event for every object that appears or vanishes, and a clear
 * refusal of the keys that files cannot hold.
 */
final class ListeningBlobStore extends ForwardingBlobStore {
    private static final int KEYS_PER_PAGE = 1000;
    private static final int BITS_FOR_EVENTS_IN_A_MILLISECOND = 20;

    private final Path root;
    private final ObjectEventListener listener;
    private final Clock clock;
    private final SortedFolders folders = new SortedFolders();
    private final AtomicLong lastSequence = new AtomicLong();

    ListeningBlobStore(BlobStore files, Path root, ObjectEventListener listener, Clock clock) {
        super(files);
        this.root = root;
        this.listener = listener;
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
        PutObjectResponse response = delegate().putBlob(request, payload);
        created("ObjectCreated:Put", request.bucket(), request.key());
        return response;
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        checkKey(request.destinationBucket(), request.destinationKey());
        CopyObjectResponse response = delegate().copyBlob(request);
        created("ObjectCreated:Copy", request.destinationBucket(), request.destinationKey());
        return response;
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        checkKey(request.bucket(), request.key());
        return delegate().initiateMultipartUpload(request);
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        CompleteMultipartUploadResponse response = delegate().completeMultipartUpload(upload, request);
        created("ObjectCreated:CompleteMultipartUpload", upload.containerName(), upload.blobName());
        return response;
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        boolean existed = !StoredNames.isBookkeeping(request.key()) && head(request.bucket(), request.key()) != null;
        DeleteObjectResponse response = delegate().removeBlob(request);
        if (existed) {
            listener.onEvent(new ObjectEvent(
                    "ObjectRemoved:Delete", request.bucket(), request.key(), "", 0, nextSequencer(), clock.instant()));
        }
        return response;
    }

    private void created(String name, String bucket, String key) {
        if (StoredNames.isBookkeeping(key)) {
            return;
        }
        Instant time = clock.instant();
        HeadObjectResponse head = head(bucket, key);
        if (head == null) {
            // Deleted by another client in the meantime, which has been heard of.
            return;
        }
        String etag = head.eTag() == null ? "" : head.eTag().replace("\"", "");
        long size = head.contentLength() == null ? 0 : head.contentLength();
        listener.onEvent(new ObjectEvent(name, bucket, key, etag, size, nextSequencer(), time));
    }

    private @Nullable HeadObjectResponse head(String bucket, String key) {
        try {
            return delegate()
                    .blobMetadata(
                            HeadObjectRequest.builder().bucket(bucket).key(key).build());
        } catch (NoSuchKeyException e) {
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
}
