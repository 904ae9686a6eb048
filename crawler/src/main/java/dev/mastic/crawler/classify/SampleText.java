package dev.mastic.crawler.classify;

import dev.mastic.crawler.source.UnreadableFileException;
import dev.mastic.crawler.text.TextEncoding;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The text at the start of a file, unpacked and decoded, up to the end of its last whole line.
 *
 * @param text without byte order mark
 * @param whole whether it is the whole file
 * @param fraction which part of the file's bytes the text takes, 0 to 1
 */
record SampleText(
        String text,
        TextEncoding encoding,
        Compression compression,
        boolean whole,
        double fraction,
        List<String> warnings) {
    private static final int CHUNK = 8192;
    private static final double MOST_ZEROS = 0.001;
    private static final double MOST_CONTROLS = 0.02;

    SampleText {
        warnings = List.copyOf(warnings);
    }

    /**
     * Unpacks and decodes a sample.
     *
     * @throws UnreadableFileException when it is damaged, or no text
     */
    static SampleText of(Sample sample) {
        List<String> warnings = new ArrayList<>();
        boolean gzip = sample.startsWith(0x1f, 0x8b);
        Unpacked unpacked = gzip ? unpack(sample) : new Unpacked(sample.bytes(), sample.whole(), sample.bytes().length);
        if (gzip && !sample.object().key().endsWith(".gz")) {
            warnings.add("its content is gzip, but its name does not end with .gz, by which engines tell");
        } else if (!gzip && sample.object().key().endsWith(".gz")) {
            warnings.add("its name ends with .gz, but its content is not gzip: engines will fail on it");
        }
        byte[] bytes = unpacked.bytes();
        TextEncoding encoding = TextEncoding.of(bytes);
        refuseBinary(bytes, encoding, warnings);
        String decoded = encoding.decode(bytes, bytes.length);
        String text = unpacked.whole() ? decoded : decoded.substring(0, lastLineEnd(decoded));
        double fraction = unpacked.whole()
                ? 1
                : (double) unpacked.packedBytes()
                        / Math.max(1, sample.object().size())
                        * text.length()
                        / Math.max(1, decoded.length());
        return new SampleText(
                text, encoding, gzip ? Compression.GZIP : Compression.NONE, unpacked.whole(), fraction, warnings);
    }

    private record Unpacked(byte[] bytes, boolean whole, long packedBytes) {}

    private static Unpacked unpack(Sample sample) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CountingStream packed = new CountingStream(sample.bytes());
        try (InputStream in = new GZIPInputStream(packed, CHUNK)) {
            byte[] chunk = new byte[CHUNK];
            while (out.size() < Sample.MOST_BYTES) {
                int read = in.read(chunk);
                if (read < 0) {
                    return new Unpacked(out.toByteArray(), sample.whole(), sample.bytes().length);
                }
                out.write(chunk, 0, read);
            }
        } catch (EOFException e) {
            if (sample.whole()) {
                throw new UnreadableFileException(
                        "its gzip content ends too early: the file was cut off; put the whole file there again", e);
            }
        } catch (IOException e) {
            throw new UnreadableFileException("its gzip content is damaged: " + e.getMessage(), e);
        }
        return new Unpacked(out.toByteArray(), false, packed.count());
    }

    /** Counts what was read, to tell how much of a packed file its first megabyte of text takes. */
    private static final class CountingStream extends ByteArrayInputStream {
        CountingStream(byte[] bytes) {
            super(bytes);
        }

        long count() {
            return pos;
        }
    }

    /** A few NUL bytes are dirt in a text; many, or other controls, are the mark of a program's own format. */
    private static void refuseBinary(byte[] bytes, TextEncoding encoding, List<String> warnings) {
        boolean wide = encoding.charset().name().startsWith("UTF-16");
        int zeros = 0;
        int controls = 0;
        for (byte b : bytes) {
            zeros += b == 0 ? 1 : 0;
            controls += b > 3 && b < '\t' || b > '\r' && b < 0x1b ? 1 : 0;
        }
        if ((!wide && zeros > MOST_ZEROS * bytes.length) || controls > MOST_CONTROLS * bytes.length) {
            throw new UnreadableFileException("its format is unknown: the content is binary");
        }
        if (zeros > 0 && !wide) {
            warnings.add(
                    zeros + " bytes of it are NUL, which is no character of a text; write the file again without them");
        }
    }

    /** Behind the last whole line. */
    private static int lastLineEnd(String text) {
        int end = text.lastIndexOf('\n');
        end = end < 0 ? text.lastIndexOf('\r', text.length() - 2) : end;
        if (end < 0 && markup(text)) {
            // Not the last character, which may be half of one.
            return Math.max(0, text.length() - 1);
        } else if (end < 0) {
            throw new UnreadableFileException("its first line is longer than " + Sample.MOST_BYTES
                    + " bytes, which is all that is read of a file");
        }
        return end + 1;
    }

    /** Whether lines mean nothing in a text, as in JSON and XML. */
    private static boolean markup(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[") || start.startsWith("<");
    }
}
