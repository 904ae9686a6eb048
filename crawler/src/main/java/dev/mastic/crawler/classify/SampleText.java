package dev.mastic.crawler.classify;

import dev.mastic.crawler.source.UnreadableFileException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The text at the start of a file, unpacked and decoded, up to the end of its last whole line.
 *
 * @param whole whether it is the whole file
 * @param fraction which part of the file's bytes the text takes, 0 to 1
 */
record SampleText(String text, Compression compression, boolean whole, double fraction, List<String> warnings) {
    private static final int CHUNK = 8192;

    SampleText {
        warnings = List.copyOf(warnings);
    }

    /**
     * Unpacks and decodes a sample.
     *
     * @throws UnreadableFileException when it is damaged, or no text in UTF-8 or Latin script
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
        refuseBinary(bytes);
        int end = unpacked.whole() ? bytes.length : lastLineEnd(bytes);
        String text = decode(bytes, end, warnings);
        double fraction = unpacked.whole()
                ? 1
                : (double) unpacked.packedBytes()
                        / Math.max(1, sample.object().size())
                        * end
                        / Math.max(1, bytes.length);
        return new SampleText(text, gzip ? Compression.GZIP : Compression.NONE, unpacked.whole(), fraction, warnings);
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

    private static void refuseBinary(byte[] bytes) {
        if (bytes.length >= 2
                && ((bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe
                        || (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff)) {
            throw new UnreadableFileException("it is encoded in UTF-16; engines read UTF-8: convert it");
        }
        for (byte b : bytes) {
            if (b == 0) {
                throw new UnreadableFileException("its format is unknown: the content is binary");
            }
        }
    }

    private static int lastLineEnd(byte[] bytes) {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        throw new UnreadableFileException(
                "its first line is longer than " + Sample.MOST_BYTES + " bytes, which is all that is read of a file");
    }

    private static String decode(byte[] bytes, int end, List<String> warnings) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, end))
                    .toString();
        } catch (CharacterCodingException e) {
            warnings.add("it is not in UTF-8, as which engines read it; letters beyond ASCII will be spoiled");
            text = new String(Arrays.copyOf(bytes, end), StandardCharsets.ISO_8859_1);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
