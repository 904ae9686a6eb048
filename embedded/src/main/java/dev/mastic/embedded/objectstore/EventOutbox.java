package dev.mastic.embedded.objectstore;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps the intent to tell of an object from before the object is stored or removed until the listener has heard of it:
 * one small file each. An intent that nobody works on any more, because the listener threw or the process was killed, is sent
 * again until the listener takes it. So an event may be doubled and is never lost.
 *
 * <p>Nothing is forced to the disk: the files outlive a kill of the process, which is the case meant, and not a loss of
 * power, which may take the object too. One process at a time uses a folder. Thread-safe.
 */
final class EventOutbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventOutbox.class);
    private static final long SECONDS_BETWEEN_SENDINGS = 2;
    private static final long SECONDS_TO_WAIT_FOR_THE_LAST_SENDING = 5;
    /** No part of a path on any file system has it, and so no key. */
    private static final String END = "\0";

    private static final int FIELDS = 3;

    private final Path folder;
    private final Set<Path> inFlight = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "object-event-outbox");
        thread.setDaemon(true);
        return thread;
    });
    private boolean failureIsLogged;

    /**
     * @param folder keeps the files; made if need be
     */
    EventOutbox(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /**
     * Keeps an intent. Until the returned value is closed, only the caller tells of it.
     *
     * @throws UncheckedIOException when it cannot be kept; then the object must not be stored
     */
    Intent intend(String name, String bucket, String key) {
        Intent intent = new Intent(folder.resolve(UUID.randomUUID().toString()), name, bucket, key);
        inFlight.add(intent.file);
        try {
            String text = String.join(END, name, bucket, key) + END;
            Files.write(intent.file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
            return intent;
        } catch (IOException e) {
            inFlight.remove(intent.file);
            throw new UncheckedIOException("Cannot keep the event of s3://" + bucket + "/" + key + " in " + folder, e);
        }
    }

    /**
     * Sends what is left over, at once and every few seconds.
     *
     * @param send tells of an intent; it is kept and sent again when this throws
     */
    void start(Consumer<Intent> send) {
        sender.scheduleWithFixedDelay(() -> sendLeftOvers(send), 0, SECONDS_BETWEEN_SENDINGS, TimeUnit.SECONDS);
    }

    private void sendLeftOvers(Consumer<Intent> send) {
        boolean failed = false;
        try {
            for (Path file : files()) {
                if (sender.isShutdown()) {
                    return;
                }
                failed |= !sent(file, send);
            }
        } catch (IOException | RuntimeException e) {
            failed = true;
            warn("The events left in {} cannot be read and are tried again", folder, e);
        }
        failureIsLogged = failed;
    }

    private boolean sent(Path file, Consumer<Intent> send) {
        try {
            Intent intent = leftOver(file);
            if (intent != null) {
                send.accept(intent);
                Files.deleteIfExists(file);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            warn("An object's event, kept in {}, was not taken and is sent again until it is", file, e);
            return false;
        }
    }

    /** Only the first failure in a row, as a listener that is away fails every time. */
    private void warn(String message, Path path, Exception failure) {
        if (!failureIsLogged) {
            failureIsLogged = true;
            LOG.warn(message, path, failure);
        }
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(files::add);
        }
        return files;
    }

    /** Reads after it looked who works on it: an intent leaves the disk before it leaves the flight. */
    private @Nullable Intent leftOver(Path file) throws IOException {
        if (inFlight.contains(file)) {
            return null;
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return null;
        }
        String[] fields = text.split(END, -1);
        if (fields.length != FIELDS + 1) {
            // The process was killed while it wrote, so before it stored the object.
            Files.deleteIfExists(file);
            return null;
        }
        return new Intent(file, fields[0], fields[1], fields[2]);
    }

    @Override
    public void close() {
        sender.shutdownNow();
        try {
            if (!sender.awaitTermination(SECONDS_TO_WAIT_FOR_THE_LAST_SENDING, TimeUnit.SECONDS)) {
                LOG.warn("An event left in {} is still being sent; the next start sends it again", folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An event to come. Closing it without {@link #done} leaves it to be sent later. */
    final class Intent implements AutoCloseable {
        private final Path file;
        private final String name;
        private final String bucket;
        private final String key;

        private Intent(Path file, String name, String bucket, String key) {
            this.file = file;
            this.name = name;
            this.bucket = bucket;
            this.key = key;
        }

        String name() {
            return name;
        }

        String bucket() {
            return bucket;
        }

        String key() {
            return key;
        }

        /** The listener has heard of it, or there is nothing to hear of. */
        void done() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("The event of s3://{}/{} is sent again, as {} cannot be deleted", bucket, key, file, e);
            }
        }

        @Override
        public void close() {
            inFlight.remove(file);
        }
    }
}
