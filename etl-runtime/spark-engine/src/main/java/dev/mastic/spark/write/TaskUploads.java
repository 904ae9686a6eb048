package dev.mastic.spark.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Uploads the files of a task, several at once. */
final class TaskUploads {
    private static final ExecutorService POOL = Executors.newFixedThreadPool(8, task -> {
        Thread thread = new Thread(task, "mastic-upload");
        thread.setDaemon(true);
        return thread;
    });

    private TaskUploads() {}

    static List<PendingFile> run(Uploader uploader, String bucket, List<UploadCommitProtocol.FinishedFile> files) {
        List<Future<PendingFile>> futures = new ArrayList<>();
        for (UploadCommitProtocol.FinishedFile file : files) {
            futures.add(POOL.submit(() -> uploader.upload(bucket, file)));
        }
        List<PendingFile> uploaded = new ArrayList<>();
        for (Future<PendingFile> future : futures) {
            try {
                uploaded.add(future.get());
            } catch (ExecutionException e) {
                futures.forEach(other -> other.cancel(false));
                if (e.getCause() instanceof RuntimeException known) {
                    throw known;
                }
                throw new UncheckedIOException("A finished file could not be uploaded", new IOException(e.getCause()));
            } catch (InterruptedException e) {
                // One that begins is not interrupted: the store might have begun the upload whose id we then never
                // learn.
                futures.forEach(other -> other.cancel(false));
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while uploading", e);
            }
        }
        return uploaded;
    }
}
