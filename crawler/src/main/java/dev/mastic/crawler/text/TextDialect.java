package dev.mastic.crawler.text;

import java.nio.charset.Charset;

/**
 * How a text spells a table. Lines are counted as physical lines of the text, rows as logical ones: a value in quotes may go
 * over several lines.
 *
 * @param encoding characters by bytes; a byte order mark is no part of the text
 * @param lineEnd how lines end
 * @param delimiter between two values, one character or more; empty for a table of one column
 * @param collapse whether several delimiters in a row count as one, as in columns that are lined up by blanks
 * @param padded whether blanks beside a delimiter are no part of the values
 * @param quote around values; 0 when no value is quoted
 * @param escape how a quote inside of quotes is written
 * @param multiline whether values in quotes may go over several lines
 * @param comment start of lines that are no data; empty when there are none
 * @param preambleLines lines above the header (or above the data, without one), comments and blank lines among them
 * @param headerRows rows that name the columns, 0 when there is none
 * @param footerLines lines below the data that are notes
 */
public record TextDialect(
        Charset encoding,
        LineEnd lineEnd,
        String delimiter,
        boolean collapse,
        boolean padded,
        char quote,
        Escape escape,
        boolean multiline,
        String comment,
        int preambleLines,
        int headerRows,
        int footerLines) {

    /** How a quote inside of quotes is written. */
    public enum Escape {
        /** Twice: {@code "said ""yes"""}. Also said of texts in which no value needs an escape. */
        DOUBLED,
        /** Behind a backslash: {@code "said \"yes\""}. */
        BACKSLASH
    }

    /** Whether values are quoted at all. */
    public boolean quoted() {
        return quote != 0;
    }

    /** The same spelling of values in a text with other lines above and below the data. */
    TextDialect withLines(int preamble, int header, int footer) {
        return new TextDialect(
                encoding, lineEnd, delimiter, collapse, padded, quote, escape, multiline, comment, preamble, header,
                footer);
    }

    /** The same with another start of comments. */
    TextDialect withComment(String prefix) {
        return new TextDialect(
                encoding,
                lineEnd,
                delimiter,
                collapse,
                padded,
                quote,
                escape,
                multiline,
                prefix,
                preambleLines,
                headerRows,
                footerLines);
    }

    TextDialect withDelimiter(String other, boolean several) {
        return new TextDialect(
                encoding,
                lineEnd,
                other,
                several,
                padded,
                quote,
                escape,
                multiline,
                comment,
                preambleLines,
                headerRows,
                footerLines);
    }

    TextDialect withQuote(char other, Escape how, boolean blanks) {
        return new TextDialect(
                encoding,
                lineEnd,
                delimiter,
                collapse,
                blanks,
                other,
                how,
                multiline,
                comment,
                preambleLines,
                headerRows,
                footerLines);
    }

    /** The same with blanks beside delimiters. */
    TextDialect withPadding() {
        return new TextDialect(
                encoding,
                lineEnd,
                delimiter,
                collapse,
                true,
                quote,
                escape,
                multiline,
                comment,
                preambleLines,
                headerRows,
                footerLines);
    }

    /** The same with values that end with their line. */
    TextDialect inLine() {
        return new TextDialect(
                encoding,
                lineEnd,
                delimiter,
                collapse,
                padded,
                quote,
                escape,
                false,
                comment,
                preambleLines,
                headerRows,
                footerLines);
    }

    /** The delimiter as people read it: {@code ','}, tab, blank, {@code \\u0001}, none. */
    public String delimiterWord() {
        return switch (delimiter) {
            case "" -> "none";
            case "\t" -> "tab";
            case " " -> collapse ? "blanks" : "blank";
            default -> quotedForPeople(delimiter);
        };
    }

    private static String quotedForPeople(String delimiter) {
        StringBuilder shown = new StringBuilder("'");
        for (int i = 0; i < delimiter.length(); i++) {
            char c = delimiter.charAt(i);
            if (c < ' ' || c == 0x7f) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.append('\'').toString();
    }

    /** The dialect in one line. */
    public String describe() {
        StringBuilder text = new StringBuilder(encoding.name()).append(", ").append(lineEnd);
        text.append(", delimiter ").append(delimiterWord());
        text.append(quoted() ? ", quote " + quote : ", no quotes");
        if (escape == Escape.BACKSLASH) {
            text.append(", escape \\");
        }
        if (padded) {
            text.append(", blanks beside delimiters");
        }
        if (!comment.isEmpty()) {
            text.append(", comments by ").append(comment);
        }
        if (preambleLines > 0) {
            text.append(", ").append(preambleLines).append(" lines above the table");
        }
        text.append(", ").append(headerRows).append(headerRows == 1 ? " header row" : " header rows");
        if (footerLines > 0) {
            text.append(", ").append(footerLines).append(" lines below the table");
        }
        return text.toString();
    }
}
