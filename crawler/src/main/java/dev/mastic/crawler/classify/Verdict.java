package dev.mastic.crawler.classify;

import dev.mastic.crawler.classify.CustomClassifier.Csv;
import dev.mastic.crawler.classify.CustomClassifier.Grok;
import dev.mastic.crawler.classify.CustomClassifier.Json;
import dev.mastic.crawler.classify.CustomClassifier.Xml;
import dev.mastic.crawler.source.UnreadableFileException;
import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * What a custom classifier says of a file.
 *
 * @param certainty 0, the file is something else, to 1, it is what the classifier describes
 * @param profile null when the certainty is 0
 */
record Verdict(
        String classifier, double certainty, @Nullable FileProfile profile, String why) {

    static Verdict of(CustomClassifier classifier, Sample sample, SampleText text) {
        try {
            if (classifier instanceof Grok grok) {
                return grok(grok, sample, text);
            } else if (classifier instanceof Csv csv) {
                return CustomCsvFiles.classify(csv.settings(), sample, text);
            } else if (classifier instanceof Json json) {
                return CustomJsonFiles.classify(json, sample, text);
            }
            return xml((Xml) classifier, sample, text);
        } catch (UnreadableFileException e) {
            return none(classifier.name(), String.valueOf(e.getMessage()));
        }
    }

    static Verdict none(String classifier, String why) {
        return new Verdict(classifier, 0, null, why);
    }

    private static Verdict grok(Grok grok, Sample sample, SampleText text) {
        LogFiles.Share share = LogFiles.share(grok.grok(), text.text(), LogFiles.Match.FOUND);
        return share.matching() == 0
                ? none(grok.name(), share.toString())
                : new Verdict(
                        grok.name(),
                        share.certainty(),
                        LogFiles.profile(sample, text, grok.format(), grok.grok(), share),
                        share.toString());
    }

    private static Verdict xml(Xml xml, Sample sample, SampleText text) {
        if (!XmlFiles.looksLikeXml(text)) {
            return none(xml.name(), "it does not start as XML does");
        }
        FileProfile profile = XmlFiles.profile(sample, text, xml.classification(), xml.rowTag());
        return new Verdict(xml.name(), 1, profile, String.join("; ", profile.evidence()));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "classifier %s: certainty %.3f, %s", classifier, certainty, why);
    }
}
