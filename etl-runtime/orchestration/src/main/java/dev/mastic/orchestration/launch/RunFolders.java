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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folders of the runs on this machine: {@code <data>/runs/<run id>} with log and scratch space. Thread-safe. */
public final class RunFolders {
    private static final Logger LOG = LoggerFactory.getLogger(RunFolders.class);
    /** The end of a log that is looked at: no answer needs more memory than this. */
    private static final long LONGEST_TAIL_BYTES = 16L << 20;

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
        Path scratch = scratch(runId);
        if (!Files.exists(scratch)) {
            return;
        }
        try (Stream<Path> files = Files.walk(scratch)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The scratch folder {} could not be deleted; delete it by hand", scratch, e);
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
