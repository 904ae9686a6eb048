package dev.mastic.crawler.classify.unpack;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.jspecify.annotations.Nullable;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of the first file in a zip archive. When it was read to its end, files beside it are looked for and told
 * of: engines that read zip at all read archives of one file.
 */
final class ZipEntryStream extends FilterInputStream {
    private static final int MOST_NAMED = 5;

    /** There is no file of data in the archive. */
    static final class EmptyArchiveException extends IOException {
        private static final long serialVersionUID = 1L;

        EmptyArchiveException() {
            super("it holds no file of data");
        }
    }

    private final ZipArchiveInputStream zip;
    private final List<String> warnings;
    private final String name;
    private boolean done;

    ZipEntryStream(InputStream packed, List<String> warnings) throws IOException {
        super(new ZipArchiveInputStream(packed, StandardCharsets.UTF_8.name(), true, true));
        this.zip = (ZipArchiveInputStream) in;
        this.warnings = warnings;
        ZipArchiveEntry entry = next();
        if (entry == null) {
            throw new EmptyArchiveException();
        }
        this.name = entry.getName();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (done) {
            return -1;
        }
        int read = zip.read(buffer, offset, length);
        if (read < 0) {
            done = true;
            others();
        }
        return read;
    }

    private @Nullable ZipArchiveEntry next() throws IOException {
        ZipArchiveEntry entry = zip.getNextEntry();
        while (entry != null && ignored(entry)) {
            entry = zip.getNextEntry();
        }
        return entry;
    }

    private void others() {
        List<String> names = new ArrayList<>();
        try {
            ZipArchiveEntry entry = next();
            while (entry != null && names.size() < MOST_NAMED) {
                names.add(entry.getName());
                entry = next();
            }
        } catch (IOException e) {
            // The sample ends inside of the next file: there is one, and its name is not known.
            names.add("...");
        }
        if (!names.isEmpty()) {
            warnings.add("the archive holds several files; " + name + " was read, " + String.join(", ", names)
                    + " were not: put each file into an archive of its own");
        }
    }

    private static boolean ignored(ZipArchiveEntry entry) {
        String path = entry.getName();
        String file = path.substring(path.lastIndexOf('/') + 1);
        return entry.isDirectory() || file.startsWith(".") || file.startsWith("_") || path.startsWith("__MACOSX/");
    }
}
