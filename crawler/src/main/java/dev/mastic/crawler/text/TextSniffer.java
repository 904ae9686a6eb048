package dev.mastic.crawler.text;

import dev.mastic.crawler.text.Candidates.Candidate;
import dev.mastic.crawler.text.DescriptionLength.Measured;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Finds the dialect of a text: every candidate reads the first part of the text, and the one that explains it in the fewest
 * bits wins. Always answers; a text that is no table is one of a single column. Stateless.
 */
public final class TextSniffer {
    private static final int FIRST_PART = 24 << 10;
    private static final int SECOND_PART = 96 << 10;
    private static final int FINALISTS = 3;
    private static final int SHOWN = 4;

    private TextSniffer() {}

    /** A candidate and what it takes to write the text down by it. */
    record Scored(Candidate candidate, Measured measured) {
        TextDialect dialect() {
            return candidate.dialect();
        }

        double fitting() {
            return (double) measured.fitting() / Math.max(1, measured.rows());
        }

        double bits() {
            return measured.bits();
        }

        String describe() {
            return String.format(
                    Locale.ROOT,
                    "delimiter %s, %s: %.0f bits, %d columns in %.1f %% of %d rows%s",
                    dialect().delimiterWord(),
                    dialect().quoted() ? "quote " + dialect().quote() : "no quotes",
                    bits(),
                    measured.width(),
                    100 * fitting(),
                    measured.rows(),
                    measured.strays() > 0 ? ", " + measured.strays() + " stray quotes" : "");
        }
    }

    /** Finds the dialect of a file's first bytes, all of the file if {@code whole}. */
    public static SniffedText sniff(byte[] bytes, boolean whole) {
        TextEncoding encoding = TextEncoding.of(bytes);
        return sniff(encoding.decode(bytes, bytes.length), encoding, whole);
    }

    /** Finds the dialect of a text that is decoded already. */
    public static SniffedText sniff(String text, TextEncoding encoding, boolean whole) {
        List<Scored> ranked = rank(text, encoding);
        Scored best = ranked.get(0);
        TableStructure structure = TableStructure.of(text, best.dialect(), whole);
        List<String> reasons = new ArrayList<>();
        reasons.add(encoding.charset().name() + ": " + encoding.why());
        reasons.add("chosen of " + ranked.size() + " dialects: " + best.describe());
        reasons.addAll(structure.reasons());
        List<String> rejected =
                ranked.stream().skip(1).limit(SHOWN).map(Scored::describe).toList();
        double confidence = confidence(ranked) * encoding.confidence();
        return new SniffedText(
                text, structure.dialect(), structure.width(), best.fitting(), confidence, reasons, rejected);
    }

    static List<Scored> rank(String text, TextEncoding encoding) {
        LineEnd lineEnd = LineEnd.of(text.substring(0, Math.min(text.length(), SECOND_PART)));
        int limit = limit(text, FIRST_PART);
        String comment = Comments.prefix(text, limit);
        List<Candidate> candidates = Candidates.of(text, limit, encoding.charset(), lineEnd, comment);
        List<Scored> scored = score(text, limit, candidates);
        if (!comment.isEmpty() && dataStartsLikeComments(text, limit, scored.get(0))) {
            candidates = Candidates.of(text, limit, encoding.charset(), lineEnd, "");
            scored = score(text, limit, candidates);
        }
        if (limit == text.length() || scored.size() == 1) {
            return scored;
        }
        List<Candidate> finalists =
                scored.stream().limit(FINALISTS).map(Scored::candidate).toList();
        List<Scored> all = score(text, limit(text, SECOND_PART), finalists);
        all.addAll(scored.subList(Math.min(FINALISTS, scored.size()), scored.size()));
        return all;
    }

    private static List<Scored> score(String text, int limit, List<Candidate> candidates) {
        List<Scored> scored = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Measured measured = DescriptionLength.of(text, limit, candidate);
            scored.add(new Scored(candidate, measured));
            if (candidate.dialect().multiline() && measured.strays() + measured.inner() > 0) {
                Candidate inLine = candidate.inLine();
                scored.add(new Scored(inLine, DescriptionLength.of(text, limit, inLine)));
            }
        }
        // The sort is stable: of equals, the candidate that is tried first wins.
        scored.sort(Comparator.comparingDouble(Scored::bits));
        return scored;
    }

    /** Whether the lines that were taken for comments are rows as wide as the others, and not only on top. */
    private static boolean dataStartsLikeComments(String text, int limit, Scored best) {
        RowScanner comments = new RowScanner(text, 0, limit, best.dialect(), 1 << 16);
        RowScanner rows = new RowScanner(text, 0, limit, best.dialect().withComment(""), 1 << 16);
        int width = best.measured().width();
        int alike = 0;
        int all = 0;
        boolean data = false;
        boolean between = false;
        while (comments.next()) {
            if (comments.isComment()) {
                rows.reposition(comments.rowStart());
                rows.next();
                alike += rows.cells() == width ? 1 : 0;
                all++;
                between |= data;
            } else {
                data = true;
            }
        }
        return width > 1 && between && 2 * alike > all;
    }

    private static double confidence(List<Scored> ranked) {
        Scored best = ranked.get(0);
        double fit =
                (double) best.measured().fitting() / Math.max(1, best.measured().rows());
        double lead = 1;
        for (Scored other : ranked) {
            if (!other.dialect().delimiter().equals(best.dialect().delimiter())) {
                lead = 1 - Math.exp(-(other.bits() - best.bits()) / (8 + 0.01 * best.bits()));
                break;
            }
        }
        return Math.max(0, Math.min(1, (0.5 + 0.5 * fit) * (0.3 + 0.7 * lead)));
    }

    private static int limit(String text, int most) {
        if (text.length() <= most) {
            return text.length();
        }
        int end = text.lastIndexOf('\n', most);
        if (end < most / 2) {
            end = Math.max(end, text.lastIndexOf('\r', most));
        }
        return end > 0 ? end + 1 : most;
    }
}
