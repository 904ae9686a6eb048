package dev.mastic.spark.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

    static List<PendingFile> run(Uploader uploader, List<UploadCommitProtocol.WrittenFile> files) {
        List<Future<PendingFile>> futures = new ArrayList<>();
        for (UploadCommitProtocol.WrittenFile file : files) {
            // Spark asks for a name before it knows whether there are rows.
            if (Files.exists(file.local())) {
                futures.add(POOL.submit(
                        () -> uploader.upload(file.local(), file.bucket(), file.key(), file.partitionValues())));
            }
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
