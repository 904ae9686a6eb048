package dev.mastic.crawler.classify;

import dev.mastic.crawler.classify.CustomClassifier.Json;
import dev.mastic.crawler.classify.TextFormat.JsonRecords;
import dev.mastic.wire.rest.JsonValues;
import dev.mastic.wire.rest.JsonValues.End;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Texts as JSON of which a path selects the records. */
final class CustomJsonFiles {
    /** The column of records that are no objects, as Glue calls it. */
    private static final String RECORD = "record";

    /** JSON that breaks off somewhere is as likely something else. */
    private static final double BROKEN = 0.5;

    private CustomJsonFiles() {}

    static Verdict classify(Json classifier, Sample sample, SampleText text) {
        if (!text.text().stripLeading().startsWith("{")
                && !text.text().stripLeading().startsWith("[")) {
            return Verdict.none(classifier.name(), "it does not start as JSON does");
        }
        Read read = read(text);
        List<@Nullable Object> records = new ArrayList<>();
        read.values.forEach(value -> records.addAll(classifier.path().select(value)));
        if (read.cut && records.size() > 1) {
            // The last one lacks what comes after the break.
            records.remove(records.size() - 1);
        }
        JsonTypes.Columns columns = new JsonTypes.Columns();
        for (Object record : records) {
            if (record instanceof Map<?, ?> object) {
                columns.add(object);
            } else if (record != null) {
                columns.add(RECORD, record);
            }
        }
        List<ColumnProfile> profiles = columns.profiles();
        if (profiles.isEmpty()) {
            return Verdict.none(
                    classifier.name(),
                    classifier.path() + " selects nothing" + (read.problem.isEmpty() ? "" : "; " + read.problem));
        }
        String why = classifier.path() + " selects " + records.size() + " records";
        List<String> warnings = new ArrayList<>(text.warnings());
        if (!read.problem.isEmpty()) {
            warnings.add(read.problem);
        }
        FileProfile profile = new FileProfile(
                sample.object(),
                new JsonRecords(classifier.path().toString()),
                text.compression(),
                profiles,
                false,
                Math.round(records.size() / Math.max(text.fraction(), 1e-9)),
                text.whole(),
                sample.bytes().length,
                List.of(why),
                warnings);
        return new Verdict(classifier.name(), read.certainty, profile, why);
    }

    private record Read(List<@Nullable Object> values, double certainty, boolean cut, String problem) {}

    private static Read read(SampleText text) {
        JsonValues all = JsonValues.read(text.text(), JsonFiles.DEEPEST);
        boolean broken = all.end() == End.BROKEN || (all.end() == End.CUT_OFF && text.whole());
        if (!broken) {
            return new Read(all.values(), 1, all.end() == End.CUT_OFF, "");
        }
        List<@Nullable Object> objects = new ArrayList<>();
        long lines = 0;
        for (String line : (Iterable<String>) text.text().lines()::iterator) {
            Map<?, ?> object = JsonFiles.parse(line);
            lines += line.isBlank() ? 0 : 1;
            if (object != null) {
                objects.add(object);
            }
        }
        String problem = "its JSON is broken: " + all.problem();
        return objects.size() > all.values().size()
                ? new Read(objects, (double) objects.size() / lines, false, problem + "; that line was left out")
                : new Read(all.values(), BROKEN, true, problem + "; only what stands before that was looked at");
    }
}
