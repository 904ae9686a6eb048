package dev.mastic.crawler.classify.unpack;

import dev.mastic.crawler.classify.Compression;
import dev.mastic.crawler.classify.Sample;
import dev.mastic.crawler.classify.unpack.ZipEntryStream.EmptyArchiveException;
import dev.mastic.crawler.source.UnreadableFileException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Unpacks the start of a file. The codec is told by the content; by the name alone where the codec has no mark, as raw
 * Snappy and Hadoop's blocks. At most {@link Sample#MOST_BYTES} are unpacked, whatever the file says of its size.
 */
public final class Unpacker {
    /** Texts that people keep are packed to a hundredth at best. */
    private static final int LARGEST_RATIO = 2000;

    private static final int CHUNK = 8192;

    private Unpacker() {}

    /**
     * Unpacks a sample.
     *
     * @throws UnreadableFileException when the content is damaged, cut off or encrypted
     */
    public static Unpacked unpack(Sample sample) {
        List<String> warnings = new ArrayList<>();
        String name = sample.object().key().toLowerCase(Locale.ROOT);
        Codec codec = Codec.of(sample.bytes(), name);
        Unpacked unpacked = codec == Codec.NONE
                ? new Unpacked(sample.bytes(), Compression.NONE, sample.whole(), sample.bytes().length, List.of())
                : unpack(sample, codec, warnings);
        if (!codec.readers().isEmpty()) {
            warnings.add(codec.readers());
        }
        warnOfName(name, unpacked.compression(), warnings);
        if (unpacked.packedBytes() * LARGEST_RATIO < unpacked.bytes().length) {
            warnings.add("it unpacks to more than " + LARGEST_RATIO + " times its size; its first "
                    + unpacked.bytes().length + " bytes were read: make sure that it is no decompression bomb");
        }
        return new Unpacked(
                unpacked.bytes(), unpacked.compression(), unpacked.whole(), unpacked.packedBytes(), warnings);
    }

    private static Unpacked unpack(Sample sample, Codec codec, List<String> warnings) {
        String word = codec.compression().word();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CountingStream packed = new CountingStream(sample.bytes());
        boolean whole = false;
        try (InputStream in = codec.open(packed, warnings)) {
            byte[] chunk = new byte[CHUNK];
            int read = 0;
            while (out.size() < Sample.MOST_BYTES && read >= 0) {
                read = in.read(chunk);
                out.write(chunk, 0, Math.max(0, read));
            }
            whole = read < 0 && (sample.whole() || codec == Codec.ZIP);
        } catch (IOException | RuntimeException e) {
            boolean cutSample = !sample.whole() && packed.available() == 0;
            if (!cutSample || (out.size() == 0 && codec != Codec.BZIP2)) {
                throw damaged(word, packed, e);
            } else if (out.size() == 0) {
                throw new UnreadableFileException(
                        "its first block of bzip2 is longer than the " + Sample.MOST_BYTES + " bytes that are read", e);
            }
        }
        return new Unpacked(out.toByteArray(), codec.compression(), whole, packed.count(), List.of());
    }

    private static UnreadableFileException damaged(String word, CountingStream packed, Exception e) {
        String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (e instanceof EmptyArchiveException) {
            return new UnreadableFileException("its " + word + " archive holds no file of data; delete it", e);
        } else if (text.contains("encrypt")) {
            return new UnreadableFileException(
                    "its " + word + " content is encrypted; put it there without password", e);
        } else if (e instanceof EOFException || packed.available() == 0) {
            return new UnreadableFileException(
                    "its " + word + " content ends too early: the file was cut off; put the whole file there again", e);
        }
        return new UnreadableFileException("its " + word + " content is damaged: " + text, e);
    }

    private static void warnOfName(String name, Compression compression, List<String> warnings) {
        String suffix = compression.suffix();
        if (compression != Compression.NONE && !name.endsWith(suffix) && !(suffix + "d").equals(tail(name))) {
            warnings.add("its content is " + compression.word() + ", but its name does not end with " + suffix
                    + ", by which engines tell");
        }
        for (Compression other : Compression.values()) {
            if (other != Compression.NONE && other != compression && name.endsWith(other.suffix())) {
                warnings.add("its name ends with " + other.suffix() + ", but its content is not " + other.word()
                        + ": engines will fail on it");
            }
        }
    }

    private static String tail(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot);
    }

    /** Counts what was read, to tell how much of a packed file its first megabyte of content takes. */
    private static final class CountingStream extends ByteArrayInputStream {
        CountingStream(byte[] bytes) {
            super(bytes);
        }

        long count() {
            return pos;
        }
    }
}
