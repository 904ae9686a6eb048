package dev.mastic.embedded.objectstore;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Clock;

/**
 * An S3 server on a folder: every bucket is a folder and every object a plain file that its owner can look into. Speaks
 * S3 by S3Proxy, with path-style addresses and Signature Version 4.
 *
 * <p>Does not hold a key below another key, and says so. Keys with empty, {@code .} or {@code ..} parts are refused as
 * wrongly signed, because the HTTP layer below normalises them. Thread-safe.
 */
public final class EmbeddedObjectStore implements AutoCloseable {
    private static final long LARGEST_UNCHUNKED_REQUEST = 256L << 20;
    private static final int THREADS = 64;

    private final S3Proxy proxy;
    private final EventOutbox outbox;
    private final String host;

    private EmbeddedObjectStore(S3Proxy proxy, EventOutbox outbox, String host) {
        this.proxy = proxy;
        this.outbox = outbox;
        this.host = host;
    }

    /**
     * Starts a server.
     *
     * @param folder keeps the buckets; made if need be. Next to it, in a folder with {@code -outbox} added to its name, are
     *     the events that the listener has yet to take
     * @param host address to listen on
     * @param port 0 for any free one
     * @throws EmbeddedObjectStoreException when it does not start, with the reason and the fix
     */
    public static EmbeddedObjectStore start(
            Path folder, String host, int port, String accessKey, String secretKey, ObjectEventListener listener) {
        Path root = folder.toAbsolutePath().normalize();
        EventOutbox outbox;
        try {
            Files.createDirectories(root);
            checkAttributes(root);
            outbox = new EventOutbox(root.resolveSibling(root.getFileName() + "-outbox"));
        } catch (IOException e) {
            throw new EmbeddedObjectStoreException("Cannot keep objects in " + root + ": " + e, e);
        }
        ListeningBlobStore objects = new ListeningBlobStore(
                new FilesystemNio2BlobStore(root.toString()), root, listener, outbox, Clock.systemUTC());
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(objects)
                .endpoint(URI.create("http://" + host + ":" + port))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
                .v4MaxNonChunkedRequestSize(LARGEST_UNCHUNKED_REQUEST)
                .ignoreUnknownHeaders(true)
                .jettyMaxThreads(THREADS)
                .build();
        try {
            proxy.start();
        } catch (Exception e) {
            outbox.close();
            throw new EmbeddedObjectStoreException(
                    "The object store cannot listen on " + host + ":" + port + ": "
                            + rootCause(e).getMessage() + ". Choose another port by --s3-port",
                    e);
        }
        outbox.start(objects::tellLeftOver);
        return new EmbeddedObjectStore(proxy, outbox, host);
    }

    /** Address that clients on this machine use. */
    public URI endpoint() {
        return URI.create("http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + proxy.getPort());
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new EmbeddedObjectStoreException("The object store cannot be stopped: " + e.getMessage(), e);
        } finally {
            outbox.close();
        }
    }

    /** ETags are extended attributes of the files; without them no version of an object could be told from another. */
    private static void checkAttributes(Path root) throws IOException {
        Path probe = Files.createTempFile(root, ".mastic-probe-", "");
        try {
            UserDefinedFileAttributeView view = Files.getFileAttributeView(probe, UserDefinedFileAttributeView.class);
            if (view == null) {
                throw new IOException("the file system has no extended attributes");
            }
            view.write("user.mastic-probe", ByteBuffer.wrap(new byte[] {1}));
        } catch (IOException | UnsupportedOperationException e) {
            throw new IOException(
                    "the file system has no extended attributes, which hold the ETags of objects."
                            + " Choose --data on ext4, xfs, btrfs or zfs, or name an S3 by --s3-endpoint",
                    e);
        } finally {
            Files.delete(probe);
        }
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The object store cannot be started or stopped; the message says why and what to do. */
    public static final class EmbeddedObjectStoreException extends RuntimeException {
        EmbeddedObjectStoreException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
