package dev.mastic.crawler.crawl;

import dev.mastic.crawler.crawl.ClassifierStore.Named;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Classifier;
import software.amazon.awssdk.services.glue.model.CreateClassifierRequest;
import software.amazon.awssdk.services.glue.model.CreateClassifierResponse;
import software.amazon.awssdk.services.glue.model.CreateCsvClassifierRequest;
import software.amazon.awssdk.services.glue.model.CreateGrokClassifierRequest;
import software.amazon.awssdk.services.glue.model.CreateJsonClassifierRequest;
import software.amazon.awssdk.services.glue.model.CreateXMLClassifierRequest;
import software.amazon.awssdk.services.glue.model.CsvClassifier;
import software.amazon.awssdk.services.glue.model.DeleteClassifierRequest;
import software.amazon.awssdk.services.glue.model.DeleteClassifierResponse;
import software.amazon.awssdk.services.glue.model.GetClassifierRequest;
import software.amazon.awssdk.services.glue.model.GetClassifierResponse;
import software.amazon.awssdk.services.glue.model.GetClassifiersRequest;
import software.amazon.awssdk.services.glue.model.GetClassifiersResponse;
import software.amazon.awssdk.services.glue.model.GrokClassifier;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.JsonClassifier;
import software.amazon.awssdk.services.glue.model.UpdateClassifierRequest;
import software.amazon.awssdk.services.glue.model.UpdateClassifierResponse;
import software.amazon.awssdk.services.glue.model.UpdateCsvClassifierRequest;
import software.amazon.awssdk.services.glue.model.UpdateGrokClassifierRequest;
import software.amazon.awssdk.services.glue.model.UpdateJsonClassifierRequest;
import software.amazon.awssdk.services.glue.model.UpdateXMLClassifierRequest;
import software.amazon.awssdk.services.glue.model.XMLClassifier;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The operations of the Glue API on classifiers. Thread-safe. */
public final class ClassifierOperations implements GlueClient {
    private static final int DEFAULT_PAGE = 100;

    private final ClassifierStore classifiers;

    ClassifierOperations(ClassifierStore classifiers) {
        this.classifiers = classifiers;
    }

    @Override
    public CreateClassifierResponse createClassifier(CreateClassifierRequest request) {
        Classifier.Builder classifier = Classifier.builder();
        CreateGrokClassifierRequest grok = request.grokClassifier();
        CreateCsvClassifierRequest csv = request.csvClassifier();
        CreateJsonClassifierRequest json = request.jsonClassifier();
        CreateXMLClassifierRequest xml = request.xmlClassifier();
        one(grok, csv, json, xml);
        String name;
        if (grok != null) {
            name = name(grok.name());
            classifier.grokClassifier(GrokClassifier.builder()
                    .name(name)
                    .classification(grok.classification())
                    .grokPattern(grok.grokPattern())
                    .customPatterns(grok.customPatterns())
                    .build());
        } else if (csv != null) {
            name = name(csv.name());
            classifier.csvClassifier(CsvClassifier.builder()
                    .name(name)
                    .delimiter(csv.delimiter())
                    .quoteSymbol(csv.quoteSymbol())
                    .containsHeader(csv.containsHeaderAsString())
                    .header(csv.hasHeader() ? csv.header() : null)
                    .disableValueTrimming(csv.disableValueTrimming())
                    .allowSingleColumn(csv.allowSingleColumn())
                    .customDatatypeConfigured(csv.customDatatypeConfigured())
                    .customDatatypes(csv.hasCustomDatatypes() ? csv.customDatatypes() : null)
                    .serde(csv.serdeAsString())
                    .build());
        } else if (json != null) {
            name = name(json.name());
            classifier.jsonClassifier(JsonClassifier.builder()
                    .name(name)
                    .jsonPath(json.jsonPath())
                    .build());
        } else {
            name = name(xml.name());
            classifier.xmlClassifier(XMLClassifier.builder()
                    .name(name)
                    .classification(xml.classification())
                    .rowTag(xml.rowTag())
                    .build());
        }
        Classifier built = classifier.build();
        ClassifierRules.compile(built);
        classifiers.create(name, built);
        return CreateClassifierResponse.builder().build();
    }

    @Override
    public UpdateClassifierResponse updateClassifier(UpdateClassifierRequest request) {
        UpdateGrokClassifierRequest grok = request.grokClassifier();
        UpdateCsvClassifierRequest csv = request.csvClassifier();
        UpdateJsonClassifierRequest json = request.jsonClassifier();
        UpdateXMLClassifierRequest xml = request.xmlClassifier();
        one(grok, csv, json, xml);
        if (grok != null) {
            update(
                    grok.name(),
                    before -> before.toBuilder()
                            .grokClassifier(updated(same(before.grokClassifier(), grok.name(), "grok"), grok))
                            .build());
        } else if (csv != null) {
            update(
                    csv.name(),
                    before -> before.toBuilder()
                            .csvClassifier(updated(same(before.csvClassifier(), csv.name(), "CSV"), csv))
                            .build());
        } else if (json != null) {
            update(
                    json.name(),
                    before -> before.toBuilder()
                            .jsonClassifier(same(before.jsonClassifier(), json.name(), "JSON").toBuilder()
                                    .jsonPath(or(
                                            json.jsonPath(),
                                            before.jsonClassifier().jsonPath()))
                                    .build())
                            .build());
        } else {
            update(
                    xml.name(),
                    before -> before.toBuilder()
                            .xmlClassifier(updated(same(before.xmlClassifier(), xml.name(), "XML"), xml))
                            .build());
        }
        return UpdateClassifierResponse.builder().build();
    }

    @Override
    public GetClassifierResponse getClassifier(GetClassifierRequest request) {
        return GetClassifierResponse.builder()
                .classifier(classifiers.load(name(request.name())))
                .build();
    }

    @Override
    public GetClassifiersResponse getClassifiers(GetClassifiersRequest request) {
        int size = Page.size(request.maxResults(), DEFAULT_PAGE);
        Page<Named> page = Page.of(classifiers.list(Page.place(request.nextToken()), size + 1), size, Named::name);
        return GetClassifiersResponse.builder()
                .classifiers(page.items().stream().map(Named::classifier).toList())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public DeleteClassifierResponse deleteClassifier(DeleteClassifierRequest request) {
        classifiers.delete(name(request.name()));
        return DeleteClassifierResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Holds nothing of its own: whoever opened the crawlers closes them.
    }

    private void update(@Nullable String name, UnaryOperator<Classifier> change) {
        classifiers.update(name(name), before -> {
            Classifier after = change.apply(before);
            ClassifierRules.compile(after);
            return after;
        });
    }

    private static GrokClassifier updated(GrokClassifier before, UpdateGrokClassifierRequest request) {
        return before.toBuilder()
                .classification(or(request.classification(), before.classification()))
                .grokPattern(or(request.grokPattern(), before.grokPattern()))
                .customPatterns(or(request.customPatterns(), before.customPatterns()))
                .build();
    }

    private static XMLClassifier updated(XMLClassifier before, UpdateXMLClassifierRequest request) {
        return before.toBuilder()
                .classification(or(request.classification(), before.classification()))
                .rowTag(or(request.rowTag(), before.rowTag()))
                .build();
    }

    private static CsvClassifier updated(CsvClassifier before, UpdateCsvClassifierRequest request) {
        return before.toBuilder()
                .delimiter(or(request.delimiter(), before.delimiter()))
                .quoteSymbol(or(request.quoteSymbol(), before.quoteSymbol()))
                .containsHeader(or(request.containsHeaderAsString(), before.containsHeaderAsString()))
                .header(list(request.hasHeader(), request.header(), before.hasHeader(), before.header()))
                .disableValueTrimming(or(request.disableValueTrimming(), before.disableValueTrimming()))
                .allowSingleColumn(or(request.allowSingleColumn(), before.allowSingleColumn()))
                .customDatatypeConfigured(or(request.customDatatypeConfigured(), before.customDatatypeConfigured()))
                .customDatatypes(list(
                        request.hasCustomDatatypes(),
                        request.customDatatypes(),
                        before.hasCustomDatatypes(),
                        before.customDatatypes()))
                .serde(or(request.serdeAsString(), before.serdeAsString()))
                .build();
    }

    private static @Nullable List<String> list(boolean given, List<String> value, boolean had, List<String> before) {
        return given ? value : had ? before : null;
    }

    private static <T> @Nullable T or(@Nullable T value, @Nullable T otherwise) {
        return value == null ? otherwise : value;
    }

    private static <T> T same(@Nullable T before, String name, String kind) {
        if (before == null) {
            throw ClassifierRules.invalid(
                    name, "it is no " + kind + " classifier; a classifier's kind stays, delete it and make it anew");
        }
        return before;
    }

    private static void one(@Nullable Object... kinds) {
        if (Stream.of(kinds).filter(Objects::nonNull).count() != 1) {
            throw InvalidInputException.builder()
                    .message("Give one of GrokClassifier, CsvClassifier, JsonClassifier and XMLClassifier")
                    .build();
        }
    }

    private static String name(@Nullable String name) {
        if (name == null || name.isBlank()) {
            throw InvalidInputException.builder().message("Name is missing").build();
        }
        return name;
    }
}
