package dev.mastic.crawler.text;

import java.util.List;

/**
 * A generated file and what is true of it.
 *
 * @param difficulty name of its class
 * @param quote 0 when no value is quoted
 * @param names of the columns, empty without a header
 * @param rows values as they are meant
 */
record MessyFile(
        String difficulty,
        byte[] bytes,
        String delimiter,
        char quote,
        int preambleLines,
        int headerRows,
        int footerLines,
        List<String> names,
        List<List<String>> rows) {}
