package dev.mastic.bookmarks.publish;

import dev.mastic.bookmarks.Failpoint;
import dev.mastic.bookmarks.PendingUpload;
import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.warehouse.load.LoadPublisher;
import dev.mastic.warehouse.load.TableLoad;
import dev.mastic.warehouse.table.TablePath;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes a committed run's output visible: completes its multipart uploads, 16 at a time, then registers tables and
 * partitions, then removes what was replaced. Everything may be repeated, also by two processes at once: an upload that is gone while an object of the
 * very size stands at its key was completed before, and the catalog accepts what it already knows. Thread-safe.
 */
public final class Publisher implements AutoCloseable {
    private static final int PARALLEL = 16;

    private final S3Client s3;
    private final CatalogRegistration catalog;
    private final Removal removal;
    private final LoadPublisher warehouses;
    private final ExecutorService threads = Executors.newFixedThreadPool(PARALLEL, daemons());

    /**
     * @param s3 is not closed by this publisher
     * @param catalog is not closed by this publisher
     */
    public Publisher(S3Client s3, GlueClient catalog) {
        this.s3 = s3;
        this.catalog = new CatalogRegistration(catalog);
        this.removal = new Removal(s3);
        this.warehouses = new LoadPublisher(catalog, Failpoint.WAREHOUSE_AFTER_LOAD::reach);
    }

    /**
     * What speaks against committing these outputs: a table that exists with other partition keys, other column types or
     * at another location. Each problem names the table and what to do; empty when there is none.
     */
    public List<String> problems(List<StagedOutput> outputs) {
        return outputs.stream()
                .flatMap(output -> catalog.problems(output).stream())
                .toList();
    }

    /**
     * Makes the outputs visible.
     *
     * @throws PublicationException when a file is lost
     * @throws dev.mastic.warehouse.connection.WarehouseException when a database cannot load now; trying again later is
     *     safe
     * @throws software.amazon.awssdk.core.exception.SdkException when store or catalog do not answer as they should;
     *     trying again later is safe
     */
    public void publish(List<StagedOutput> outputs, List<TableLoad> loads) {
        complete(outputs.stream().flatMap(output -> output.uploads().stream()).toList());
        Failpoint.SERVER_AFTER_UPLOADS_COMPLETED.reach();
        loads.forEach(load -> {
            Failpoint.WAREHOUSE_BEFORE_LOAD.reach();
            warehouses.publish(load);
        });
        outputs.forEach(catalog::register);
        Failpoint.SERVER_AFTER_CATALOG.reach();
        outputs.forEach(removal::remove);
        Failpoint.SERVER_AFTER_REMOVAL.reach();
    }

    /** As the other, for a run that loads no tables of databases. */
    public void publish(List<StagedOutput> outputs) {
        publish(outputs, List.of());
    }

    /**
     * Drops a staging table of a run that has ended.
     *
     * @throws dev.mastic.warehouse.connection.WarehouseException when the database cannot do it now
     */
    public void drop(String connection, TablePath staging) {
        warehouses.drop(connection, staging);
    }

    private void complete(List<PendingUpload> uploads) {
        List<Future<?>> pending = new ArrayList<>();
        uploads.forEach(upload -> pending.add(threads.submit(() -> {
            complete(upload);
            Failpoint.SERVER_DURING_PUBLISH.reach();
        })));
        RuntimeException failure = null;
        for (Future<?> upload : pending) {
            try {
                upload.get();
            } catch (ExecutionException e) {
                RuntimeException cause = e.getCause() instanceof RuntimeException runtime
                        ? runtime
                        : new PublicationException("Completing an upload failed: " + e.getCause());
                if (failure == null) {
                    failure = cause;
                } else if (failure != cause) {
                    failure.addSuppressed(cause);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                pending.forEach(other -> other.cancel(true));
                throw new PublicationException("Publishing was interrupted; it goes on later");
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void complete(PendingUpload upload) {
        List<CompletedPart> parts = upload.parts().stream()
                .map(part -> CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(part.etag())
                        .build())
                .toList();
        try {
            s3.completeMultipartUpload(request -> request.bucket(upload.bucket())
                    .key(upload.key())
                    .uploadId(upload.uploadId())
                    .multipartUpload(completed -> completed.parts(parts)));
        } catch (S3Exception e) {
            // NoSuchUpload, and stores that lose an upload between two completions answer with other codes of 4xx.
            if (e.statusCode() >= 500 || e.statusCode() == 403 || !isThere(upload)) {
                throw e.statusCode() == 404 ? lost(upload, e) : e;
            }
        }
    }

    private boolean isThere(PendingUpload upload) {
        try {
            HeadObjectResponse head =
                    s3.headObject(request -> request.bucket(upload.bucket()).key(upload.key()));
            return head.contentLength() == upload.size();
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return false;
            }
            throw e;
        }
    }

    private static PublicationException lost(PendingUpload upload, S3Exception cause) {
        String message = "Output file s3://" + upload.bucket() + "/" + upload.key()
                + " is lost: the store knows no upload "
                + upload.uploadId() + " (" + cause.awsErrorDetails().errorCode() + ") and no object of " + upload.size()
                + " bytes is there. Was the bucket emptied, or does a lifecycle rule abort uploads?";
        return new PublicationException(message, cause);
    }

    /** Ends the threads; publications that are under way fail and can be repeated. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static ThreadFactory daemons() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "publish-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** A committed output could not be made visible. */
    public static final class PublicationException extends RuntimeException {
        PublicationException(String message) {
            super(message);
        }

        PublicationException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
