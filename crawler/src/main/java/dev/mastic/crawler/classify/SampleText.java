package dev.mastic.crawler.classify;

import dev.mastic.crawler.classify.unpack.Unpacked;
import dev.mastic.crawler.source.UnreadableFileException;
import dev.mastic.crawler.text.TextEncoding;

import java.util.ArrayList;
import java.util.List;

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
    private static final double MOST_ZEROS = 0.001;
    private static final double MOST_CONTROLS = 0.02;

    SampleText {
        warnings = List.copyOf(warnings);
    }

    /**
     * Decodes the start of a file.
     *
     * @throws UnreadableFileException when it is no text
     */
    static SampleText of(Sample sample, Unpacked content) {
        List<String> warnings = new ArrayList<>(content.warnings());
        byte[] bytes = content.bytes();
        TextEncoding encoding = TextEncoding.of(bytes);
        refuseBinary(bytes, encoding, warnings);
        String decoded = encoding.decode(bytes, bytes.length);
        String text = content.whole() ? decoded : decoded.substring(0, lastLineEnd(decoded));
        double fraction = content.whole()
                ? 1
                : content.fraction(sample.object().size()) * text.length() / Math.max(1, decoded.length());
        return new SampleText(text, encoding, content.compression(), content.whole(), fraction, warnings);
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
