package dev.mastic.embedded.objectstore;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries of a folder in the order of their keys. Large folders are remembered from page to page of a listing, as
 * long as the file system says that they did not change; without that every page would read the whole folder again, and
 * a listing would take the square of its keys. Thread-safe.
 */
final class SortedFolders {
    private static final int LARGE = 500;
    private static final int MOST_ENTRIES_REMEMBERED = 400_000;
    /** A folder that changed this recently may change again without a new time: clocks of file systems tick slowly. */
    private static final Duration SETTLED = Duration.ofMillis(100);

    private final Map<Path, Remembered> remembered = new LinkedHashMap<>(16, 0.75f, true);
    private int entriesRemembered;

    private record Remembered(FileTime changed, List<String> names) {}

    /**
     * Names of the entries, folders with a {@code /} at their end, so that they sort as the keys below them do.
     *
     * @return empty when the folder is not there
     */
    List<String> names(Path folder) throws IOException {
        FileTime changed;
        try {
            changed = Files.getLastModifiedTime(folder);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        synchronized (remembered) {
            Remembered known = remembered.get(folder);
            if (known != null && known.changed().equals(changed)) {
                return known.names();
            }
        }
        boolean settled = changed.toInstant().plus(SETTLED).isBefore(Instant.now());
        List<String> names = read(folder);
        if (settled && names.size() >= LARGE) {
            remember(folder, new Remembered(changed, names));
        }
        return names;
    }

    private void remember(Path folder, Remembered entries) {
        synchronized (remembered) {
            Remembered old = remembered.put(folder, entries);
            entriesRemembered +=
                    entries.names().size() - (old == null ? 0 : old.names().size());
            var oldest = remembered.entrySet().iterator();
            while (entriesRemembered > MOST_ENTRIES_REMEMBERED && oldest.hasNext()) {
                entriesRemembered -= oldest.next().getValue().names().size();
                oldest.remove();
            }
        }
    }

    private static List<String> read(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                names.add(Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) ? name + "/" : name);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(KeyOrder.BY_UTF8_BYTES);
        return List.copyOf(names);
    }
}
