package dev.mastic.crawler.text;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.util.List;

/** Tells encodings of single bytes, and those of East Asia, by the letters that come out of them. */
final class CodePages {
    /** Below, windows-1252 is taken, which is what most such files are. */
    private static final double LEAST_LEAD = 1.15;

    /** An encoding and the letters that its languages use most. */
    private record Page(Charset charset, String common) {}

    private static final List<Page> PAGES = List.of(
            new Page(
                    Charset.forName("windows-1252"),
                    "\u00e4\u00f6\u00fc\u00df\u00e9\u00e8\u00ea\u00e0\u00e2\u00e7\u00f1\u00f3\u00ed\u00e1\u00fa\u00f4\u00ee\u00fb\u00e3\u00f5\u00e5\u00f8\u00e6\u00c4\u00d6\u00dc\u00c9\u00d1\u00c7\u00eb\u00ef\u00d3\u00c1\u00cd\u00a3\u20ac\u00b0\u00ba\u00aa\u2019\u2013\u201c\u201d\u00a0\u00b5\u00b2"),
            new Page(
                    Charset.forName("windows-1250"),
                    "\u0105\u0107\u0119\u0142\u0144\u015b\u017a\u017c\u0141\u015a\u017b\u010d\u010f\u011b\u0148\u0159\u0161\u0165\u016f\u017e\u010c\u0158\u0160\u017d\u0151\u0171\u0103\u0219\u021b\u00e1\u00e9\u00ed\u00f3\u00fa\u00fd\u00f6\u00fc\u00f4\u0111\u013e"),
            new Page(
                    Charset.forName("windows-1251"),
                    "\u0430\u0431\u0432\u0433\u0434\u0435\u0436\u0437\u0438\u0439\u043a\u043b\u043c\u043d\u043e\u043f\u0440\u0441\u0442\u0443\u0444\u0445\u0446\u0447\u0448\u0449\u044a\u044b\u044c\u044d\u044e\u044f\u0456\u0457\u0454"),
            new Page(
                    Charset.forName("KOI8-R"),
                    "\u0430\u0431\u0432\u0433\u0434\u0435\u0436\u0437\u0438\u0439\u043a\u043b\u043c\u043d\u043e\u043f\u0440\u0441\u0442\u0443\u0444\u0445\u0446\u0447\u0448\u0449\u044a\u044b\u044c\u044d\u044e\u044f"),
            new Page(
                    Charset.forName("windows-1253"),
                    "\u03b1\u03b2\u03b3\u03b4\u03b5\u03b6\u03b7\u03b8\u03b9\u03ba\u03bb\u03bc\u03bd\u03be\u03bf\u03c0\u03c1\u03c3\u03c2\u03c4\u03c5\u03c6\u03c7\u03c8\u03c9\u03ac\u03ad\u03ae\u03af\u03cc\u03cd\u03ce"),
            new Page(
                    Charset.forName("windows-1254"),
                    "\u0131\u011f\u015f\u0130\u011e\u015e\u00fc\u00f6\u00e7\u00dc\u00d6\u00c7"));

    private static final List<Charset> EAST_ASIAN =
            List.of(Charset.forName("Shift_JIS"), Charset.forName("GB18030"), Charset.forName("EUC-KR"));

    private CodePages() {}

    static List<Charset> all() {
        return java.util.stream.Stream.concat(PAGES.stream().map(Page::charset), EAST_ASIAN.stream())
                .toList();
    }

    /** The page that fits best. */
    static TextEncoding best(byte[] bytes, int length) {
        @Nullable Charset asian = null;
        double most = 0;
        for (Charset charset : EAST_ASIAN) {
            double fit = eastAsian(new String(bytes, 0, length, charset));
            if (fit > most) {
                most = fit;
                asian = charset;
            }
        }
        Page usual = PAGES.get(0);
        double western = fit(new String(bytes, 0, length, usual.charset()), usual.common());
        double best = western;
        double second = 0;
        Page winner = usual;
        for (Page page : PAGES.subList(1, PAGES.size())) {
            double fit = fit(new String(bytes, 0, length, page.charset()), page.common());
            if (fit > best) {
                second = best;
                best = fit;
                winner = page;
            } else if (fit > second) {
                second = fit;
            }
        }
        if (asian != null && most > 0.85 && best < 0.9) {
            return new TextEncoding(asian, 0, most * 0.9, "its bytes make common characters of " + asian.name());
        }
        if (!winner.equals(usual) && best < LEAST_LEAD * western) {
            return new TextEncoding(
                    usual.charset(), 0, 0.5, "no UTF-8; windows-1252 as no other code page fits clearly better");
        }
        double confidence = Math.max(0.5, Math.min(0.95, best * (1 - 0.5 * second / Math.max(best, 1e-9))));
        return new TextEncoding(
                winner.charset(),
                0,
                confidence,
                "no UTF-8; its letters are those of " + winner.charset().name());
    }

    /**
     * Share of the characters beyond ASCII that are common and stand where they should: a small letter beside other letters,
     * none inside of a word that is a sign, and no letter of another alphabet in one word.
     */
    private static double fit(String text, String common) {
        int beyond = 0;
        double good = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128) {
                continue;
            }
            beyond++;
            char before = i > 0 ? text.charAt(i - 1) : ' ';
            char after = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            boolean letter = Character.isLetter(c);
            boolean known = common.indexOf(Character.toLowerCase(c)) >= 0 || common.indexOf(c) >= 0;
            double value = known ? 1 : letter ? 0.3 : 0.1;
            if (c == '\ufffd' || Character.isISOControl(c)) {
                value = -1;
            } else if (letter && mixed(c, before, after)) {
                value *= 0.2;
            } else if (letter && latin(c) && (letterBeyondAscii(before) || letterBeyondAscii(after))) {
                // Languages in Latin script have two of them side by side now and then, others always.
                value *= 0.6;
            } else if (letter && Character.isUpperCase(c) && Character.isLowerCase(before)) {
                value *= 0.2;
            } else if (!letter && Character.isLetter(before) && Character.isLetter(after) && c != '\u2019') {
                value *= 0.2;
            }
            good += value;
        }
        return beyond == 0 ? 0 : good / beyond;
    }

    private static boolean latin(char c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN;
    }

    private static boolean letterBeyondAscii(char c) {
        return c > 127 && Character.isLetter(c);
    }

    private static boolean mixed(char c, char before, char after) {
        boolean latin = latin(c);
        return other(before, latin) || other(after, latin);
    }

    private static boolean other(char neighbour, boolean latin) {
        return Character.isLetter(neighbour) && latin != latin(neighbour);
    }

    private static double eastAsian(String text) {
        int beyond = 0;
        int good = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128) {
                continue;
            }
            beyond++;
            boolean neighbour =
                    i > 0 && text.charAt(i - 1) >= 0x2e80 || i + 1 < text.length() && text.charAt(i + 1) >= 0x2e80;
            boolean kana = c >= 0x3040 && c < 0x3100;
            boolean word = c >= 0x4e00 && c < 0xa000 || c >= 0xac00 && c < 0xd7b0 || c >= 0x3000 && c < 0x3040;
            boolean halfwidth = c >= 0xff61 && c <= 0xff9f;
            good += c == '\ufffd' || halfwidth ? -1 : (kana || word || c >= 0xff00) && neighbour ? 1 : 0;
        }
        return beyond < 4 ? 0 : Math.max(0, (double) good / beyond);
    }
}
