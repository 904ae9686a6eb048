package dev.mastic.crawler.lake.delta;

import dev.mastic.crawler.source.Cancellation;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;
import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the newest description of a table in its log: from the newest commit backwards, then in the checkpoint. */
public final class DeltaSnapshot {
    /** Files of JSON beyond are not read. */
    static final long LARGEST_JSON = 32L << 20;

    /** Writers make a checkpoint every 10 to 100 commits. */
    static final int MOST_COMMITS = 1_000;

    private static final int MOST_PARTS = 100;

    private final LogReader reader;
    private final Cancellation cancellation;

    public DeltaSnapshot(LogReader reader, Cancellation cancellation) {
        this.reader = reader;
        this.cancellation = cancellation;
    }

    /**
     * The description that holds for the newest version.
     *
     * @param log the objects directly in {@code _delta_log}, in any order
     * @throws UnreadableFileException when the log has a gap, is damaged, too large, or describes no table
     */
    public DeltaMetadata metadata(List<StoredObject> log) {
        LogSegment segment = LogSegment.of(log);
        List<StoredObject> commits = segment.commits();
        if (commits.size() > MOST_COMMITS) {
            throw new UnreadableFileException("its Delta log has " + commits.size() + " commits after its newest"
                    + " checkpoint; the most that are read is " + MOST_COMMITS + ". Let a writer make a checkpoint");
        }
        for (int i = commits.size() - 1; i >= 0; i--) {
            Optional<DeltaMetadata> found = inJson(commits.get(i));
            if (found.isPresent()) {
                return found.get();
            }
        }
        if (segment.checkpoint().size() > MOST_PARTS) {
            throw new UnreadableFileException("its Delta checkpoint has "
                    + segment.checkpoint().size() + " parts; the most that are read is " + MOST_PARTS
                    + ". Let a writer make a checkpoint of fewer");
        }
        for (StoredObject file : segment.checkpoint()) {
            cancellation.check();
            Optional<DeltaMetadata> found =
                    file.key().endsWith(".json") ? inJson(file) : new DeltaCheckpoint(file, reader).metadata();
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new UnreadableFileException("neither the commits nor the newest checkpoint of its Delta log describe the"
                + " table (action metaData); write the table again");
    }

    private Optional<DeltaMetadata> inJson(StoredObject file) {
        cancellation.check();
        if (file.size() > LARGEST_JSON) {
            throw new UnreadableFileException(file.uri() + " has " + file.size()
                    + " bytes; the most that is read of one file of a Delta log is " + LARGEST_JSON);
        } else if (file.size() == 0) {
            throw new UnreadableFileException(file.uri() + " is empty; restore it, or write the table again");
        }
        String text = new String(reader.read(file, 0, file.size()), StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> line.contains("\"metaData\""))
                .map(line -> json(file, line).get("metaData"))
                .filter(Map.class::isInstance)
                .map(action -> metadata(file, (Map<?, ?>) action))
                .reduce((first, last) -> last);
    }

    private static Map<String, Object> json(StoredObject file, String line) {
        try {
            return Json.readObject(line.getBytes(StandardCharsets.UTF_8));
        } catch (RestException e) {
            throw new UnreadableFileException(
                    file.uri() + " is damaged: " + e.getMessage() + ". Restore it, or write the table again", e);
        }
    }

    private static DeltaMetadata metadata(StoredObject file, Map<?, ?> action) {
        if (!(action.get("schemaString") instanceof String schema)) {
            throw new UnreadableFileException(
                    file.uri() + " has an action metaData without schemaString; write the table again");
        }
        List<String> keys = action.get("partitionColumns") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        return new DeltaMetadata(schema, keys, file.uri());
    }
}
