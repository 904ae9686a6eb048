package dev.mastic.crawler.classify;

import dev.mastic.crawler.source.UnreadableFileException;

/** The chain of classifiers of texts, asked in Glue's order: JSON, then CSV. Parquet is told by its footer. */
public final class Classifiers {
    private Classifiers() {}

    /**
     * What the first bytes of a file say.
     *
     * @throws UnreadableFileException when no classifier knows the format, or the file is damaged
     */
    public static FileProfile classify(Sample sample) {
        SampleText text = SampleText.of(sample);
        if (text.text().isBlank()) {
            throw new UnreadableFileException("it holds nothing but blanks");
        }
        return JsonFiles.looksLikeJson(text) ? JsonFiles.profile(sample, text) : CsvFiles.profile(sample, text);
    }
}
