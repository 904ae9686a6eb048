package dev.mastic.crawler.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generates messy files by class of difficulty; the same seed always gives the same files. */
final class MessyFiles {
    private final Random random;
    private final MessyTables tables;

    MessyFiles(long seed) {
        this.random = new Random(seed);
        this.tables = new MessyTables(random);
    }

    /** Classes of difficulty. */
    enum Difficulty {
        PLAIN,
        RARE_DELIMITERS,
        QUOTED_DELIMITERS,
        ALL_QUOTED,
        SINGLE_QUOTES,
        BACKSLASHES,
        DECIMAL_COMMAS,
        TIMES_AND_DATES,
        COMMAS_IN_PROSE,
        LISTS_IN_VALUES,
        PREAMBLE,
        COMMENTS,
        FOOTER,
        SEVERAL_HEADER_ROWS,
        NO_HEADER,
        ONE_COLUMN,
        LINES_IN_VALUES,
        RAGGED_ROWS,
        MISSING_DELIMITERS,
        STRAY_QUOTES,
        FEW_ROWS,
        SPARSE,
        SEVERAL_CHARACTERS,
        BLANKS_BESIDE,
        ENCODINGS,
        OLD_LINE_ENDS
    }

    MessyFile file(Difficulty difficulty) {
        Draft draft = new Draft();
        draft.table = tables.table(random.nextInt(3, 9), random.nextInt(8, 60), "");
        draft.delimiter = pick(",", ";", "\t", "|");
        switch (difficulty) {
            case PLAIN -> {}
            case RARE_DELIMITERS -> {
                draft.delimiter = pick("\u0001", "~", "^", "\u001f", "\u00a6");
            }
            case QUOTED_DELIMITERS -> quoted(draft, '"');
            case ALL_QUOTED -> {
                draft.quote = '"';
                draft.quoteAll = true;
            }
            case SINGLE_QUOTES -> quoted(draft, '\'');
            case BACKSLASHES -> {
                quoted(draft, '"');
                draft.backslash = true;
                tables.spoil(draft.table, "said \"yes\" twice");
            }
            case DECIMAL_COMMAS -> {
                draft.table = tables.table(random.nextInt(3, 7), random.nextInt(10, 50), "decimal comma");
                draft.delimiter = pick(";", "\t", "|");
            }
            case TIMES_AND_DATES -> draft.table = tables.table(random.nextInt(3, 7), random.nextInt(8, 50), "time");
            case COMMAS_IN_PROSE -> {
                draft.table = tables.table(random.nextInt(3, 6), random.nextInt(8, 40), "prose");
                draft.delimiter = pick("\t", "|", "~");
            }
            case LISTS_IN_VALUES -> {
                draft.table = tables.table(random.nextInt(4, 7), random.nextInt(8, 40), "list");
                draft.delimiter = pick(",", "\t");
            }
            case PREAMBLE -> {
                int lines = random.nextInt(1, 6);
                for (int i = 0; i < lines; i++) {
                    draft.above.add(pick(
                            "Report of the office",
                            "",
                            "Created 2024-03-0" + random.nextInt(1, 9),
                            "All numbers are estimates, of course"));
                }
                draft.above.set(0, "Statistics of the department");
            }
            case COMMENTS -> {
                draft.above.add("# made by a program, version 1.2");
                draft.above.add("# don't edit; it's written anew");
            }
            case FOOTER -> {
                draft.below.add("Source: department of statistics");
                if (random.nextBoolean()) {
                    draft.below.add("Figures are preliminary");
                }
            }
            case SEVERAL_HEADER_ROWS -> {
                draft.table = tables.table(random.nextInt(4, 7), random.nextInt(8, 40), "numbers");
                draft.second = true;
            }
            case NO_HEADER -> draft.header = false;
            case ONE_COLUMN -> {
                draft.table = tables.table(1, random.nextInt(8, 60), pick("numbers", "code", "date"));
                draft.delimiter = "";
            }
            case LINES_IN_VALUES -> {
                quoted(draft, '"');
                tables.spoil(draft.table, "two\nlines");
            }
            case RAGGED_ROWS -> draft.ragged = 1 + draft.table.rows().size() / 12;
            case MISSING_DELIMITERS -> {
                draft.table = tables.table(6, 40, "numbers");
                draft.missing = 2;
            }
            case STRAY_QUOTES -> {
                quoted(draft, '"');
                draft.stray = 1 + draft.table.rows().size() / 15;
            }
            case FEW_ROWS -> draft.table = tables.table(random.nextInt(3, 7), random.nextInt(2, 5), "");
            case SPARSE -> tables.empty(draft.table, 0.6);
            case SEVERAL_CHARACTERS -> draft.delimiter = pick("||", "::", "~~", ";;");
            case BLANKS_BESIDE -> draft.padding = " ";
            case ENCODINGS -> {
                draft.charset = pick(
                        Charset.forName("windows-1252"),
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_16BE,
                        StandardCharsets.UTF_8);
                tables.spoil(draft.table, "M\u00fcnchen \u00e9t\u00e9 a\u00f1o");
            }
            case OLD_LINE_ENDS -> draft.lineEnd = pick("\r", "\r\n");
        }
        return draft.file(difficulty.name());
    }

    private void quoted(Draft draft, char quote) {
        draft.quote = quote;
        draft.table = tables.table(random.nextInt(3, 7), random.nextInt(8, 50), "delimiter " + draft.delimiter);
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** A file that is being made. */
    private final class Draft {
        private MessyTables.Table table = new MessyTables.Table(List.of(), List.of());
        private String delimiter = ",";
        private char quote;
        private boolean quoteAll;
        private boolean backslash;
        private boolean header = true;
        private boolean second;
        private int ragged;
        private int missing;
        private int stray;
        private String padding = "";
        private String lineEnd = "\n";
        private Charset charset = StandardCharsets.UTF_8;
        private final List<String> above = new ArrayList<>();
        private final List<String> below = new ArrayList<>();

        MessyFile file(String difficulty) {
            StringBuilder text = new StringBuilder();
            above.forEach(line -> text.append(line).append(lineEnd));
            List<String> names = new ArrayList<>(header ? table.names() : List.of());
            if (header) {
                row(text, names, false);
            }
            if (second) {
                List<String> units = names.stream()
                        .map(name -> pick("unit", "value", "kg", "EUR"))
                        .toList();
                row(text, units, false);
                for (int i = 0; i < names.size(); i++) {
                    names.set(i, names.get(i) + " " + units.get(i));
                }
            }
            int every = Math.max(1, table.rows().size() / Math.max(1, ragged + missing + stray));
            for (int i = 0; i < table.rows().size(); i++) {
                boolean hit = i % every == every / 2;
                row(text, table.rows().get(i), hit && ragged + missing + stray > 0);
            }
            below.forEach(line -> text.append(line).append(lineEnd));
            boolean needed = quote != 0 && (quoteAll || text.indexOf(String.valueOf(quote)) >= 0);
            return new MessyFile(
                    difficulty,
                    text.toString().getBytes(charset),
                    delimiter,
                    needed ? quote : 0,
                    above.size(),
                    header ? second ? 2 : 1 : 0,
                    below.size(),
                    names,
                    table.rows());
        }

        private void row(StringBuilder text, List<String> values, boolean hit) {
            int cut = hit && missing > 0 ? 2 : -1;
            int spoiled = hit && stray > 0 ? random.nextInt(values.size()) : -1;
            for (int i = 0; i < values.size(); i++) {
                if (i > 0 && i != cut) {
                    text.append(delimiter).append(padding);
                }
                if (i == spoiled) {
                    // A quote that nothing closes is a part of the value.
                    values.set(i, quote + values.get(i).replace(delimiter, ""));
                    text.append(values.get(i));
                } else {
                    text.append(written(values.get(i)));
                }
            }
            if (hit && ragged > 0) {
                text.append(delimiter.repeat(random.nextInt(1, 3)));
            }
            text.append(lineEnd);
        }

        private String written(String value) {
            boolean needs = quote != 0
                    && (quoteAll || value.contains(delimiter) || value.indexOf('\n') >= 0 || value.indexOf(quote) >= 0);
            if (!needs) {
                return value;
            }
            String one = String.valueOf(quote);
            return one + value.replace(one, backslash ? "\\" + one : one + one) + one;
        }
    }
}
