package dev.mastic.crawler.lake.delta;

import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a log that describes the newest version of its table: the newest complete checkpoint and the commits after
 * it.
 *
 * @param checkpoint files of the checkpoint, by key; empty when there is none
 * @param commits by version
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#delta-log-entries">Delta's protocol</a>
 */
public record LogSegment(List<StoredObject> checkpoint, List<StoredObject> commits) {
    private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");
    private static final Pattern SINGLE =
            Pattern.compile("(\\d{20})\\.checkpoint(?:\\.[0-9a-fA-F-]{36}\\.(?:parquet|json)|\\.parquet)");
    private static final Pattern PART = Pattern.compile("(\\d{20})\\.checkpoint\\.(\\d{10})\\.(\\d{10})\\.parquet");

    public LogSegment {
        checkpoint = List.copyOf(checkpoint);
        commits = List.copyOf(commits);
    }

    /**
     * The segment of a log.
     *
     * @param log the objects directly in {@code _delta_log}, in any order
     * @throws UnreadableFileException when a commit is missing, so that nobody can tell the table's newest state
     */
    public static LogSegment of(List<StoredObject> log) {
        List<StoredObject> byKey = new ArrayList<>(log);
        byKey.sort(Comparator.comparing(StoredObject::key));
        NavigableMap<Long, StoredObject> commits = new TreeMap<>();
        NavigableMap<Long, List<StoredObject>> checkpoints = new TreeMap<>();
        Map<Long, NavigableMap<Long, List<StoredObject>>> parts = new TreeMap<>();
        for (StoredObject object : byKey) {
            Matcher commit = COMMIT.matcher(object.fileName());
            Matcher single = SINGLE.matcher(object.fileName());
            Matcher part = PART.matcher(object.fileName());
            if (commit.matches()) {
                version(commit.group(1), object, commits);
            } else if (single.matches()) {
                checkpoints.put(number(single.group(1), object), List.of(object));
            } else if (part.matches()) {
                parts.computeIfAbsent(number(part.group(1), object), any -> new TreeMap<>())
                        .computeIfAbsent(number(part.group(3), object), any -> new ArrayList<>())
                        .add(object);
            }
        }
        parts.forEach((version, bySize) -> bySize.forEach((size, files) -> {
            if (files.size() == size) {
                checkpoints.putIfAbsent(version, files);
            }
        }));
        long base = checkpoints.isEmpty() ? -1 : checkpoints.lastKey();
        NavigableMap<Long, StoredObject> after = commits.tailMap(base, false);
        whole(after, base);
        return new LogSegment(
                checkpoints.isEmpty() ? List.of() : checkpoints.lastEntry().getValue(), List.copyOf(after.values()));
    }

    private static void version(String digits, StoredObject object, Map<Long, StoredObject> commits) {
        commits.put(number(digits, object), object);
    }

    private static long number(String digits, StoredObject object) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new UnreadableFileException(object.uri() + " has a version beyond 64 bits; delete it", e);
        }
    }

    private static void whole(NavigableMap<Long, StoredObject> commits, long base) {
        long expected = base + 1;
        for (Map.Entry<Long, StoredObject> commit : commits.entrySet()) {
            if (commit.getKey() != expected) {
                throw new UnreadableFileException("its Delta log has a gap: "
                        + "%020d.json".formatted(expected)
                        + " is missing before " + commit.getValue().uri()
                        + (base < 0 ? ", and there is no complete checkpoint" : "")
                        + ". Restore the file, or write the table again");
            }
            expected++;
        }
    }
}
