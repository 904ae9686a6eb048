package dev.mastic.crawler.classify;

import dev.mastic.crawler.source.UnreadableFileException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The chain of classifiers of texts, asked in Glue's order: JSON, XML, logs, then CSV. Parquet is told by its footer. */
public final class Classifiers {
    private Classifiers() {}

    /**
     * What the first bytes of a file say.
     *
     * @throws UnreadableFileException when no classifier knows the format, or the file is damaged
     */
    public static FileProfile classify(Sample sample) {
        return classify(sample, List.of());
    }

    /**
     * What the first bytes of a file say when custom classifiers are asked before the built-in ones. The first that is
     * certain wins; then a built-in one that knows the format; then the one that is the most certain.
     *
     * @param custom in the order in which they are asked
     * @throws UnreadableFileException when no classifier knows the format, or the file is damaged
     */
    public static FileProfile classify(Sample sample, List<CustomClassifier> custom) {
        SampleText text = SampleText.of(sample);
        if (text.text().isBlank()) {
            throw new UnreadableFileException("it holds nothing but blanks");
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (CustomClassifier classifier : custom) {
            Verdict verdict = Verdict.of(classifier, sample, text);
            verdicts.add(verdict);
            if (verdict.certainty() == 1 && verdict.profile() != null) {
                return explained(verdict.profile(), verdicts, "classifier " + verdict.classifier() + " is certain");
            }
        }
        try {
            FileProfile profile = builtIn(sample, text);
            return explained(profile, verdicts, "no custom classifier is certain, a built-in one knows the format");
        } catch (UnreadableFileException e) {
            return mostCertain(verdicts, e);
        }
    }

    private static FileProfile mostCertain(List<Verdict> verdicts, UnreadableFileException otherwise) {
        @Nullable Verdict best = null;
        for (Verdict verdict : verdicts) {
            if (verdict.certainty() > (best == null ? 0 : best.certainty())) {
                best = verdict;
            }
        }
        if (best == null || best.profile() == null) {
            throw verdicts.isEmpty()
                    ? otherwise
                    : new UnreadableFileException(
                            otherwise.getMessage() + "; "
                                    + verdicts.stream().map(Verdict::toString).collect(Collectors.joining("; ")),
                            otherwise);
        }
        return explained(
                best.profile(),
                verdicts,
                "classifier " + best.classifier() + " is the most certain, and no built-in one knows the format");
    }

    private static FileProfile explained(FileProfile profile, List<Verdict> verdicts, String decision) {
        if (verdicts.isEmpty()) {
            return profile;
        }
        List<String> evidence = new ArrayList<>();
        verdicts.forEach(verdict -> evidence.add(verdict.toString()));
        evidence.add(decision);
        evidence.addAll(profile.evidence());
        return profile.withEvidence(evidence);
    }

    private static FileProfile builtIn(Sample sample, SampleText text) {
        if (JsonFiles.looksLikeJson(text)) {
            return JsonFiles.profile(sample, text);
        } else if (XmlFiles.looksLikeXml(text)) {
            return XmlFiles.profile(sample, text, "xml", "");
        }
        return LogFiles.find(sample, text).orElseGet(() -> CsvFiles.profile(sample, text));
    }
}
