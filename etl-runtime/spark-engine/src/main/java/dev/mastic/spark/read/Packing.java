package dev.mastic.spark.read;

import dev.mastic.spark.failure.JobFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the text files of a read step are packed, as their names say. */
final class Packing {
    private static final Logger LOG = LoggerFactory.getLogger(Packing.class);
    private static final long LARGE = 512L << 20;
    private static final List<String> IN_ONE_PIECE = List.of(".gz", ".deflate", ".snappy", ".lz4", ".zst");

    /** Names whose packing nothing here unpacks, and its name. */
    private static final Map<String, String> UNKNOWN = Map.ofEntries(
            Map.entry(".zip", "ZIP"),
            Map.entry(".xz", "XZ"),
            Map.entry(".7z", "7-Zip"),
            Map.entry(".rar", "RAR"),
            Map.entry(".lzo", "LZO"),
            Map.entry(".lzma", "LZMA"),
            Map.entry(".br", "Brotli"),
            Map.entry(".z", "compress"),
            Map.entry(".tar", "tar"),
            Map.entry(".tgz", "tar"),
            Map.entry(".tar.gz", "tar"),
            Map.entry(".tar.bz2", "tar"));

    private Packing() {}

    /**
     * Says which large files one task must read alone.
     *
     * @throws JobFailure when a file is packed in a way that is not unpacked
     */
    static void check(SourceSpec spec, List<InputFile> files) {
        if (!spec.kind().isText()) {
            return;
        }
        for (InputFile file : files) {
            String name = file.object().key().toLowerCase(Locale.ROOT);
            UNKNOWN.forEach((ending, packing) -> {
                if (name.endsWith(ending)) {
                    throw new JobFailure(spec.place() + file.object().uri() + " is packed by " + packing
                            + ", which is not unpacked; upload it plain or packed by gzip or bzip2, or leave it out"
                            + " by .excluding(\"**" + ending + "\")");
                }
            });
            boolean whole = IN_ONE_PIECE.stream().anyMatch(name::endsWith)
                    || "true".equals(spec.options().get("multiLine"));
            if (whole && file.object().size() >= LARGE) {
                LOG.warn(
                        "{}: {} of {} MB cannot be read in parallel pieces; one task reads all of it",
                        spec.step(),
                        file.object().uri(),
                        file.object().size() >> 20);
            }
        }
    }
}
