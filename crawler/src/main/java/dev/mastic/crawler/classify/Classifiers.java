package dev.mastic.crawler.classify;

import dev.mastic.crawler.classify.format.AvroFiles;
import dev.mastic.crawler.classify.format.IonFiles;
import dev.mastic.crawler.classify.format.OrcTail;
import dev.mastic.crawler.classify.unpack.Unpacked;
import dev.mastic.crawler.classify.unpack.Unpacker;
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
        Unpacked content = Unpacker.unpack(sample);
        byte[] bytes = content.bytes();
        if (AvroFiles.startsAsAvro(bytes)) {
            return AvroFiles.profile(sample, content);
        } else if (IonFiles.startsAsIon(bytes)) {
            return IonFiles.profile(sample, content);
        } else if (ParquetFooter.startsAsParquet(bytes) || OrcTail.startsAsOrc(bytes)) {
            throw new UnreadableFileException("it is a Parquet or ORC file packed by "
                    + content.compression().word()
                    + ", which no engine reads: unpack it, such files are packed inside");
        }
        SampleText text = SampleText.of(sample, content);
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
            FileProfile profile = builtIn(sample, content, text);
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

    private static FileProfile builtIn(Sample sample, Unpacked content, SampleText text) {
        if (JsonFiles.looksLikeJson(text)) {
            return json(sample, content, text);
        } else if (XmlFiles.looksLikeXml(text)) {
            return XmlFiles.profile(sample, text, "xml", "");
        }
        return LogFiles.find(sample, text).orElseGet(() -> CsvFiles.profile(sample, text));
    }

    /** JSON is a part of Ion: what is no JSON but is called Ion may be that. */
    private static FileProfile json(Sample sample, Unpacked content, SampleText text) {
        if (!sample.object().key().contains(".ion")) {
            return JsonFiles.profile(sample, text);
        }
        return IonFiles.profile(sample, content);
    }
}
