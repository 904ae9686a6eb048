package dev.mastic.crawler.classify.format;

import dev.mastic.crawler.source.UnreadableFileException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;

/** Refuses archives that unpack to more than memory should hold, by unpacking them into nothing. */
final class ZipLimits {
    private static final long MOST_UNPACKED = 64L << 20;
    private static final long MOST_RATIO = 200;
    private static final long FREE_OF_RATIO = 4L << 20;
    private static final int MOST_ENTRIES = 10_000;
    private static final int CHUNK = 1 << 16;

    private ZipLimits() {}

    /** @throws UnreadableFileException when the archive is damaged, or a bomb */
    static void check(byte[] file) {
        long total = 0;
        int entries = 0;
        byte[] chunk = new byte[CHUNK];
        try (ZipFile zip = ZipFile.builder().setByteArray(file).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                entries++;
                try (InputStream in = zip.getInputStream(entry)) {
                    for (int read = 0; read >= 0; read = in.read(chunk)) {
                        total += read;
                        boolean bomb = total > MOST_UNPACKED
                                || total > FREE_OF_RATIO && total > MOST_RATIO * file.length
                                || entries > MOST_ENTRIES;
                        if (bomb) {
                            throw new UnreadableFileException("its " + file.length + " bytes unpack to more than "
                                    + Math.min(total, MOST_UNPACKED) + ": it is left out as a decompression bomb;"
                                    + " save its data as CSV or Parquet");
                        }
                    }
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableFileException(
                    "its zip archive is damaged: " + e.getMessage() + "; put the whole file there again", e);
        }
        if (entries == 0) {
            throw new UnreadableFileException("its zip archive is damaged: it has no entries");
        }
    }
}
