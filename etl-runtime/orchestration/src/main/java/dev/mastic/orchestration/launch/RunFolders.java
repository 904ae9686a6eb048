package dev.mastic.orchestration.launch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The folders of the runs on this machine: {@code <data>/runs/<run id>} with log and scratch space. Thread-safe. */
public final class RunFolders {
    private static final Logger LOG = LoggerFactory.getLogger(RunFolders.class);
    /** The end of a log that is looked at: no answer needs more memory than this. */
    private static final long LONGEST_TAIL_BYTES = 16L << 20;

    private static final Duration LOGS_ARE_KEPT = Duration.ofDays(30);

    private final Path runs;

    public RunFolders(Path dataFolder) {
        this.runs = dataFolder.toAbsolutePath().resolve("runs");
    }

    /** What the driver printed. */
    public Path log(String runId) {
        return runs.resolve(runId).resolve("driver.log");
    }

    /** Where the driver keeps what it needs only while it runs. */
    public Path scratch(String runId) {
        return runs.resolve(runId).resolve("scratch");
    }

    /** Makes the folders of a run. */
    void create(String runId) throws IOException {
        Files.createDirectories(scratch(runId));
    }

    /** Deletes the scratch space of a run, if there is one. */
    public void deleteScratch(String runId) {
        delete(scratch(runId));
    }

    /**
     * Deletes the scratch space that drivers left whose server was killed, and logs that nobody has written to for 30
     * days.
     *
     * @param isOver tells of a run's id whether its driver must have ended
     */
    public void sweep(Predicate<String> isOver) {
        Instant oldest = Instant.now().minus(LOGS_ARE_KEPT);
        for (String runId : runIds()) {
            Path log = log(runId);
            try {
                boolean isOld = Files.exists(log)
                        && Files.getLastModifiedTime(log).toInstant().isBefore(oldest);
                if ((isOld || Files.exists(scratch(runId))) && isOver.test(runId)) {
                    delete(isOld ? runs.resolve(runId) : scratch(runId));
                }
            } catch (IOException e) {
                LOG.warn("The folder of run {} could not be looked at", runId, e);
            }
        }
    }

    private List<String> runIds() {
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.map(folder -> folder.getFileName().toString()).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The folder {} could not be deleted; delete it by hand", folder, e);
        }
    }

    /**
     * The last lines of a run's log, oldest first; empty when the run has none on this machine.
     *
     * @param lines how many at most; of a very long log the last 16 MiB are looked at
     */
    public Optional<List<String>> tail(String runId, long lines) {
        try (RandomAccessFile file = new RandomAccessFile(log(runId).toFile(), "r")) {
            long start = Math.max(0, file.length() - LONGEST_TAIL_BYTES);
            byte[] bytes = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return Optional.of(all.subList((int) Math.max(0, all.size() - lines), all.size()));
        } catch (java.io.FileNotFoundException | NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last line of a run's log that is not blank. */
    public Optional<String> lastLine(String runId) {
        return tail(runId, 50)
                .flatMap(lines -> lines.stream().filter(line -> !line.isBlank()).reduce((first, second) -> second));
    }
}
