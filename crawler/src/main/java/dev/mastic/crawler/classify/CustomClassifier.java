package dev.mastic.crawler.classify;

import dev.mastic.crawler.classify.TextFormat.GrokLines;

/** A classifier that somebody made. Immutable. */
public sealed interface CustomClassifier {

    /** The classifier's name. */
    String name();

    /** Lines that a grok pattern takes apart. */
    record Grok(String name, GrokLines format, dev.mastic.crawler.grok.Grok grok) implements CustomClassifier {
        /**
         * Compiles the pattern.
         *
         * @throws dev.mastic.crawler.grok.GrokSyntaxException naming what cannot be read in it
         */
        public static Grok of(String name, String classification, String pattern, String customPatterns) {
            return new Grok(
                    name,
                    new GrokLines(classification, pattern, customPatterns),
                    dev.mastic.crawler.grok.Grok.compile(pattern, customPatterns));
        }
    }

    /** Values between delimiters. */
    record Csv(CsvClassifierSettings settings) implements CustomClassifier {
        @Override
        public String name() {
            return settings.name();
        }
    }

    /** What a path selects in JSON. */
    record Json(String name, JsonPath path) implements CustomClassifier {}

    /**
     * Elements of XML.
     *
     * @param rowTag empty when it is to be guessed
     */
    record Xml(String name, String classification, String rowTag) implements CustomClassifier {}
}
