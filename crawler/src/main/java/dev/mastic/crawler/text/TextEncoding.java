package dev.mastic.crawler.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The encoding of a text, by its byte order mark, by what is valid at all, and by which letters come out.
 *
 * @param charset characters by bytes
 * @param markLength bytes of the byte order mark, 0 when there is none
 * @param confidence 0 to 1
 * @param why what decided
 */
public record TextEncoding(Charset charset, int markLength, double confidence, String why) {
    private static final int MOST_LOOKED_AT = 1 << 16;
    private static final int LEAST_WIDE = 8;

    /**
     * Finds the encoding of the first bytes of a text. A text that is valid UTF-8 is taken for that; one of single bytes for
     * the code page whose letters fit, windows-1252 when none stands out.
     */
    public static TextEncoding of(byte[] bytes) {
        if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
            return new TextEncoding(StandardCharsets.UTF_8, 3, 1, "byte order mark of UTF-8");
        } else if (startsWith(bytes, 0xff, 0xfe)) {
            return new TextEncoding(StandardCharsets.UTF_16LE, 2, 1, "byte order mark of UTF-16LE");
        } else if (startsWith(bytes, 0xfe, 0xff)) {
            return new TextEncoding(StandardCharsets.UTF_16BE, 2, 1, "byte order mark of UTF-16BE");
        }
        int length = Math.min(bytes.length, MOST_LOOKED_AT);
        int[] zeros = new int[2];
        int high = 0;
        for (int i = 0; i < length; i++) {
            zeros[i & 1] += bytes[i] == 0 ? 1 : 0;
            high += bytes[i] < 0 ? 1 : 0;
        }
        if (zeros[0] + zeros[1] > length / 5 && wideText(bytes, zeros, length)) {
            return wide(zeros, length);
        }
        if (high == 0) {
            return new TextEncoding(StandardCharsets.UTF_8, 0, 1, "nothing but ASCII");
        }
        return narrow(bytes, length);
    }

    /** Zeros stand on one side of the pairs alone, and signs that texts have on the other. */
    private static boolean wideText(byte[] bytes, int[] zeros, int length) {
        int side = zeros[1] > zeros[0] ? 1 : 0;
        int controls = 0;
        for (int i = 1 - side; i < length; i += 2) {
            controls += bytes[i] > 3 && bytes[i] < '\t' || bytes[i] > '\r' && bytes[i] < 0x1b ? 1 : 0;
        }
        return length >= LEAST_WIDE && zeros[side] > 4 * zeros[1 - side] && controls * 50 < length;
    }

    private static TextEncoding wide(int[] zeros, int length) {
        boolean little = zeros[1] > zeros[0];
        double clear = Math.abs(zeros[1] - zeros[0]) / Math.max(1.0, length / 2.0);
        return new TextEncoding(
                little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE,
                0,
                Math.min(0.99, clear),
                "every other byte is zero, as in UTF-16 of Latin letters");
    }

    private static TextEncoding narrow(byte[] bytes, int length) {
        int invalid = invalidUtf8(bytes, length);
        if (invalid == 0) {
            return new TextEncoding(StandardCharsets.UTF_8, 0, 0.99, "valid UTF-8 beyond ASCII");
        }
        int high = 0;
        for (int i = 0; i < length; i++) {
            high += bytes[i] < 0 ? 1 : 0;
        }
        if (invalid * 20 < high) {
            return new TextEncoding(
                    StandardCharsets.UTF_8,
                    0,
                    0.8,
                    "UTF-8 but for " + invalid + " damaged places of " + high + " bytes");
        }
        return CodePages.best(bytes, length);
    }

    /** Places that are no UTF-8; a character that is cut by the end counts as none. */
    private static int invalidUtf8(byte[] bytes, int length) {
        int invalid = 0;
        int i = 0;
        while (i < length) {
            int first = bytes[i] & 0xff;
            int more = first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : 3;
            if (first >= 0x80 && (first < 0xc2 || first > 0xf4)) {
                invalid++;
                i++;
                continue;
            }
            int n = 0;
            while (n < more && i + 1 + n < length && (bytes[i + 1 + n] & 0xc0) == 0x80) {
                n++;
            }
            if (n < more && i + 1 + n < length) {
                invalid++;
            }
            i += 1 + n;
        }
        return invalid;
    }

    /**
     * Decodes bytes; what is no character of the encoding becomes U+FFFD.
     *
     * @param bytes of the text, with its byte order mark
     * @param end behind the last byte that counts
     */
    public String decode(byte[] bytes, int end) {
        if (end <= markLength) {
            return "";
        }
        try {
            CharBuffer text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(bytes, markLength, end - markLength));
            return text.toString();
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new IllegalStateException("A decoder that replaces does not fail", e);
        }
    }

    /** Whether readers that expect UTF-8 read the text right. */
    public boolean utf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** The encodings that are told apart, for documents and tests. */
    public static List<String> known() {
        List<String> names = new ArrayList<>(List.of("UTF-8", "UTF-16LE", "UTF-16BE"));
        CodePages.all().forEach(page -> names.add(page.name()));
        return List.copyOf(names);
    }
}
