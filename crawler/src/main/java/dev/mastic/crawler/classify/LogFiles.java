package dev.mastic.crawler.classify;

import dev.mastic.crawler.classify.TextFormat.GrokLines;
import dev.mastic.crawler.grok.Grok;
import dev.mastic.crawler.grok.GrokField;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Texts as lines that a grok pattern takes apart. */
final class LogFiles {
    private static final double LEAST_MATCHING = 0.9;
    private static final int MOST_LINES = 1000;

    /** Steps that are spent on a file: characters times the size of the pattern. Some seconds at the worst. */
    private static final long MOST_STEPS = 1_000_000_000L;

    private LogFiles() {}

    /**
     * How many of the first lines a pattern takes.
     *
     * @param firstOther the first line that it does not take, from 1; 0 when it takes them all
     */
    record Share(long lines, long matching, long firstOther) {
        double certainty() {
            return lines == 0 ? 0 : (double) matching / lines;
        }

        @Override
        public String toString() {
            return matching + " of " + lines + " lines match"
                    + (firstOther == 0 ? "" : ", the first that does not is line " + firstOther);
        }
    }

    /** How texts are compared with a pattern. */
    enum Match {
        /** The pattern is found in the line. */
        FOUND,
        /** The pattern takes the line from its first to its last character. */
        WHOLE
    }

    /** The known log that a text is. */
    static Optional<FileProfile> find(Sample sample, SampleText text) {
        for (LogFormat log : LogFormat.ALL) {
            Share share = share(log.grok(), text.text(), Match.WHOLE);
            if (share.certainty() >= LEAST_MATCHING) {
                return Optional.of(profile(sample, text, log.format(), log.grok(), share));
            }
        }
        return Optional.empty();
    }

    /** Compares the first lines, as many as the steps for a file allow. */
    static Share share(Grok grok, String text, Match match) {
        long steps = 0;
        long lines = 0;
        long matching = 0;
        long firstOther = 0;
        long number = 0;
        for (Iterator<String> all = text.lines().iterator(); all.hasNext() && lines < MOST_LINES; ) {
            String line = all.next();
            number++;
            if (line.isBlank()) {
                continue;
            }
            steps += (long) line.length() * grok.size();
            if (steps > MOST_STEPS) {
                break;
            }
            lines++;
            if (match == Match.WHOLE
                    ? grok.matchesWhole(line)
                    : grok.match(line).isPresent()) {
                matching++;
            } else if (firstOther == 0) {
                firstOther = number;
            }
            if (match == Match.WHOLE && tooFew(lines, matching)) {
                break;
            }
        }
        return new Share(lines, matching, firstOther);
    }

    /** A text whose first lines are something else is not read on: every text is compared with every log. */
    private static boolean tooFew(long lines, long matching) {
        return lines >= 10 && matching < lines / 2;
    }

    static FileProfile profile(Sample sample, SampleText text, GrokLines format, Grok grok, Share share) {
        List<String> warnings = new ArrayList<>(text.warnings());
        if (share.firstOther() > 0) {
            warnings.add((share.lines() - share.matching()) + " of " + share.lines() + " lines do not match "
                    + format.classification() + ", the first is line " + share.firstOther()
                    + ": their columns are null");
        }
        long lines = text.text().lines().filter(line -> !line.isBlank()).count();
        return new FileProfile(
                sample.object(),
                format,
                text.compression(),
                columns(grok),
                false,
                Math.round(lines / Math.max(text.fraction(), 1e-9)),
                text.whole(),
                sample.bytes().length,
                List.of(String.format(Locale.ROOT, "%s: %s of %s", format.classification(), share, format.pattern())),
                warnings);
    }

    private static List<ColumnProfile> columns(Grok grok) {
        List<ColumnProfile> columns = new ArrayList<>();
        for (GrokField field : grok.columns()) {
            columns.add(new ColumnProfile(field.name(), field.type(), null));
        }
        return columns;
    }
}
