package dev.mastic.crawler.crawl;

import dev.mastic.crawler.classify.CsvClassifierSettings;
import dev.mastic.crawler.classify.CsvClassifierSettings.ContainsHeader;
import dev.mastic.crawler.classify.CsvClassifierSettings.Serde;
import dev.mastic.crawler.classify.CustomClassifier;
import dev.mastic.crawler.classify.CustomDatatype;
import dev.mastic.crawler.classify.JsonPath;
import dev.mastic.crawler.grok.GrokSyntaxException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Classifier;
import software.amazon.awssdk.services.glue.model.CsvClassifier;
import software.amazon.awssdk.services.glue.model.GrokClassifier;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.JsonClassifier;
import software.amazon.awssdk.services.glue.model.XMLClassifier;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a classifier's definition must hold to, and what a crawl makes of it. */
final class ClassifierRules {
    /** Names of XML elements, as far as people use them. */
    private static final Pattern XML_NAME =
            Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.-]*+(?::[\\p{L}_][\\p{L}\\p{N}_.-]*+)?");

    private ClassifierRules() {}

    /** @throws InvalidInputException naming the classifier, the member at fault and what to do */
    static List<CustomClassifier> compile(List<Classifier> classifiers) {
        return classifiers.stream().map(ClassifierRules::compile).toList();
    }

    /** @throws InvalidInputException naming the classifier, the member at fault and what to do */
    static CustomClassifier compile(Classifier classifier) {
        if (classifier.grokClassifier() != null) {
            return grok(classifier.grokClassifier());
        } else if (classifier.csvClassifier() != null) {
            return new CustomClassifier.Csv(csv(classifier.csvClassifier()));
        } else if (classifier.jsonClassifier() != null) {
            return json(classifier.jsonClassifier());
        }
        return xml(classifier.xmlClassifier());
    }

    private static CustomClassifier grok(GrokClassifier grok) {
        String name = grok.name();
        try {
            return CustomClassifier.Grok.of(
                    name,
                    required(grok.classification(), name, "Classification"),
                    required(grok.grokPattern(), name, "GrokPattern"),
                    grok.customPatterns() == null ? "" : grok.customPatterns());
        } catch (GrokSyntaxException e) {
            throw invalid(name, String.valueOf(e.getMessage()));
        }
    }

    private static CustomClassifier json(JsonClassifier json) {
        try {
            return new CustomClassifier.Json(
                    json.name(), JsonPath.parse(required(json.jsonPath(), json.name(), "JsonPath")));
        } catch (IllegalArgumentException e) {
            throw invalid(json.name(), String.valueOf(e.getMessage()));
        }
    }

    private static CustomClassifier xml(XMLClassifier xml) {
        String rowTag = xml.rowTag() == null ? "" : xml.rowTag().strip();
        if (!rowTag.isEmpty() && !XML_NAME.matcher(rowTag).matches()) {
            throw invalid(
                    xml.name(),
                    "RowTag '" + rowTag + "' is no name of an element; write it without < > and attributes");
        }
        return new CustomClassifier.Xml(
                xml.name(), required(xml.classification(), xml.name(), "Classification"), rowTag);
    }

    private static CsvClassifierSettings csv(CsvClassifier csv) {
        String name = csv.name();
        @Nullable Character delimiter = character(csv.delimiter(), name, "Delimiter");
        @Nullable Character quote = character(csv.quoteSymbol(), name, "QuoteSymbol");
        char quoteSymbol = quote == null ? '"' : quote;
        if (delimiter != null && delimiter == quoteSymbol) {
            throw invalid(name, "Delimiter and QuoteSymbol are both '" + delimiter + "'; use different ones");
        }
        Set<String> names = new HashSet<>();
        for (String column : csv.header()) {
            if (column.isBlank() || !names.add(column.strip().toLowerCase(Locale.ROOT))) {
                throw invalid(
                        name,
                        "Header has '" + column + "', which is empty or there twice; name each column differently");
            }
        }
        return new CsvClassifierSettings(
                name,
                delimiter,
                quoteSymbol,
                containsHeader(csv),
                csv.header().stream().map(String::strip).toList(),
                Boolean.FALSE.equals(csv.disableValueTrimming()),
                Boolean.TRUE.equals(csv.allowSingleColumn()),
                types(csv),
                serde(csv));
    }

    private static ContainsHeader containsHeader(CsvClassifier csv) {
        if (csv.containsHeader() == null) {
            return ContainsHeader.UNKNOWN;
        }
        return switch (csv.containsHeader()) {
            case PRESENT -> ContainsHeader.PRESENT;
            case ABSENT -> ContainsHeader.ABSENT;
            case UNKNOWN -> ContainsHeader.UNKNOWN;
            case UNKNOWN_TO_SDK_VERSION ->
                throw invalid(
                        csv.name(),
                        "ContainsHeader is " + csv.containsHeaderAsString() + "; use UNKNOWN, PRESENT or ABSENT");
        };
    }

    private static Serde serde(CsvClassifier csv) {
        if (csv.serde() == null) {
            return Serde.AS_SEEN;
        }
        return switch (csv.serde()) {
            case OPEN_CSV_SER_DE -> Serde.OPEN_CSV;
            case LAZY_SIMPLE_SER_DE -> Serde.LAZY_SIMPLE;
            case NONE -> Serde.AS_SEEN;
            case UNKNOWN_TO_SDK_VERSION ->
                throw invalid(
                        csv.name(), "Serde is " + csv.serdeAsString() + "; use OpenCSVSerDe, LazySimpleSerDe or None");
        };
    }

    private static List<String> types(CsvClassifier csv) {
        List<String> known =
                Arrays.stream(CustomDatatype.values()).map(Enum::name).toList();
        for (String type : csv.customDatatypes()) {
            if (!known.contains(type.strip().toUpperCase(Locale.ROOT))) {
                throw invalid(csv.name(), "CustomDatatypes has '" + type + "'; use " + String.join(", ", known));
            }
        }
        return Boolean.TRUE.equals(csv.customDatatypeConfigured()) ? csv.customDatatypes() : List.of();
    }

    private static @Nullable Character character(@Nullable String text, String name, String member) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() != 1 || text.equals("\n") || text.equals("\r")) {
            throw invalid(name, member + " is '" + text + "'; use one character that is no line break");
        }
        return text.charAt(0);
    }

    private static String required(@Nullable String value, String name, String member) {
        if (value == null || value.isBlank()) {
            throw invalid(name, member + " is missing");
        }
        return value;
    }

    static InvalidInputException invalid(String name, String what) {
        return InvalidInputException.builder()
                .message("Classifier " + name + ": " + what)
                .build();
    }
}
