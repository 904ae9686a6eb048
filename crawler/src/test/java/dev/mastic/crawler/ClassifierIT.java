package dev.mastic.crawler;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Classifier;
import software.amazon.awssdk.services.glue.model.CsvHeaderOption;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetClassifiersResponse;
import software.amazon.awssdk.services.glue.model.GrokClassifier;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.List;
import java.util.Map;

import static dev.mastic.crawler.CrawlFixture.warnings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClassifierIT {
    private static final String APACHE =
            "127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /a.gif HTTP/1.0\" 200 2326"
                    + " \"http://www.example.com/start.html\" \"Mozilla/4.08\"\n";

    private CrawlFixture fixture;

    @BeforeEach
    void open() {
        fixture = new CrawlFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void keepsClassifiersWithTheirVersions() {
        fixture.glue.createClassifier(request -> request.grokClassifier(grok -> grok.name("app")
                .classification("app-log")
                .grokPattern("%{LEVEL:level} %{GREEDYDATA:message}")
                .customPatterns("LEVEL (INFO|WARN)")));
        GrokClassifier made = fixture.glue
                .getClassifier(request -> request.name("app"))
                .classifier()
                .grokClassifier();

        fixture.glue.updateClassifier(
                request -> request.grokClassifier(grok -> grok.name("app").classification("app-logs")));

        GrokClassifier changed = fixture.glue
                .getClassifier(request -> request.name("app"))
                .classifier()
                .grokClassifier();
        assertThat(made.version()).isEqualTo(1);
        assertThat(made.lastUpdated()).isEqualTo(made.creationTime());
        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.classification()).isEqualTo("app-logs");
        assertThat(changed.grokPattern()).isEqualTo(made.grokPattern());
        assertThat(changed.customPatterns()).isEqualTo("LEVEL (INFO|WARN)");
        assertThat(changed.creationTime()).isEqualTo(made.creationTime());
        assertThat(changed.lastUpdated()).isAfter(made.lastUpdated());
    }

    @Test
    void listsClassifiersOfAllKindsByPages() {
        fixture.glue.createClassifier(request ->
                request.xmlClassifier(xml -> xml.name("d").classification("xml").rowTag("row")));
        fixture.glue.createClassifier(
                request -> request.jsonClassifier(json -> json.name("c").jsonPath("$[*]")));
        fixture.glue.createClassifier(request -> request.csvClassifier(csv -> csv.name("b")
                .delimiter("|")
                .quoteSymbol("'")
                .containsHeader(CsvHeaderOption.PRESENT)
                .header("x", "y")
                .allowSingleColumn(true)
                .disableValueTrimming(false)));
        fixture.glue.createClassifier(request -> request.grokClassifier(
                grok -> grok.name("a").classification("log").grokPattern("%{GREEDYDATA:line}")));

        GetClassifiersResponse first = fixture.glue.getClassifiers(request -> request.maxResults(3));
        GetClassifiersResponse second =
                fixture.glue.getClassifiers(request -> request.maxResults(3).nextToken(first.nextToken()));

        assertThat(first.classifiers()).hasSize(3);
        assertThat(first.classifiers().get(0).grokClassifier().name()).isEqualTo("a");
        assertThat(first.classifiers().get(1).csvClassifier().header()).containsExactly("x", "y");
        assertThat(first.classifiers().get(1).csvClassifier().disableValueTrimming())
                .isFalse();
        assertThat(first.classifiers().get(2).jsonClassifier().jsonPath()).isEqualTo("$[*]");
        assertThat(second.classifiers().stream().map(Classifier::xmlClassifier).map(xml -> xml.name()))
                .containsExactly("d");
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void refusesWhatCannotBe() {
        fixture.glue.createClassifier(
                request -> request.jsonClassifier(json -> json.name("taken").jsonPath("$")));

        assertThatThrownBy(() -> fixture.glue.createClassifier(request -> request.xmlClassifier(
                        xml -> xml.name("taken").classification("xml").rowTag("r"))))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("Classifier taken already exists");
        assertThatThrownBy(() -> fixture.glue.createClassifier(request -> {}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Give one of GrokClassifier");
        assertThatThrownBy(() -> fixture.glue.createClassifier(request -> request.grokClassifier(
                        grok -> grok.name("g").classification("x").grokPattern("(%{WORD:w}"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Classifier g: GrokPattern is no regular expression: missing closing )");
        assertThatThrownBy(() -> fixture.glue.updateClassifier(request ->
                        request.xmlClassifier(xml -> xml.name("taken").rowTag("r"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Classifier taken: it is no XML classifier");
        assertThatThrownBy(() -> fixture.glue.updateClassifier(request ->
                        request.jsonClassifier(json -> json.name("taken").jsonPath("x"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("does not start with $");
        assertThatThrownBy(() -> fixture.glue.getClassifier(request -> request.name("nope")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> fixture.glue.deleteClassifier(request -> request.name("nope")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> fixture.createCrawler(crawler -> crawler.classifiers("taken", "nope")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Classifier nope not found");
        fixture.createCrawler();
        assertThatThrownBy(() -> fixture.glue.updateCrawler(
                        request -> request.name("crawler").classifiers("nope")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Classifier nope not found");
        assertThat(fixture.glue
                        .getClassifier(request -> request.name("taken"))
                        .classifier()
                        .jsonClassifier()
                        .version())
                .isEqualTo(1);
    }

    @Test
    void failsACrawlWhoseClassifierIsGone() {
        fixture.put("t/a.csv", "id,v\n1,2\n");
        fixture.glue.createClassifier(
                request -> request.jsonClassifier(json -> json.name("gone").jsonPath("$")));
        fixture.createCrawler(crawler -> crawler.classifiers("gone"));
        fixture.glue.deleteClassifier(request -> request.name("gone"));

        LastCrawlInfo last = fixture.crawlToEnd();

        assertThat(last.statusAsString()).isEqualTo("FAILED");
        assertThat(last.errorMessage())
                .contains("Classifier gone not found; create it by CreateClassifier, or take its name out");
    }

    @Test
    void makesTablesOfEveryFormat() {
        fixture.put("array/a.json", "[{\"id\":1},{\"id\":2}]");
        fixture.put("objects/a.json", "{\n\"id\": 1\n}\n{\n\"id\": 2\n}\n");
        fixture.put("xml/day=1/a.xml", "<r><row id='1'><v>x</v></row><row id='2'><v>y</v></row></r>");
        fixture.put("xml/day=2/a.xml", "<r><row id='3'><v>x</v></row><row id='4'><v>y</v><w>1</w></row></r>");
        fixture.put("apache/access.log", APACHE.repeat(3));
        fixture.put("syslog/messages", "Feb  1 06:25:43 host sshd[12]: in\nFeb 11 06:25:44 host su: out, or not\n");
        fixture.createCrawler();

        List<String> warnings = warnings(fixture.crawl());

        assertThat(fixture.tables()).containsExactly("apache", "array", "objects", "syslog", "xml");
        Table array = fixture.table("array");
        assertThat(fixture.columns("array")).isEqualTo("id bigint");
        assertThat(array.parameters())
                .containsEntry("classification", "json")
                .containsEntry("multiLine", "true")
                .containsEntry("mastic.json-layout", "array");
        assertThat(fixture.table("objects").parameters())
                .containsEntry("mastic.json-layout", "objects")
                .doesNotContainKey("multiLine");
        assertThat(fixture.columns("xml")).isEqualTo("_id bigint, v string, w bigint");
        assertThat(fixture.partitions("xml")).hasSize(2);
        assertThat(fixture.table("xml").parameters())
                .containsEntry("classification", "xml")
                .containsEntry("rowTag", "row");
        Table apache = fixture.table("apache");
        assertThat(apache.parameters())
                .containsEntry("classification", "combined_apache")
                .containsEntry("grokPattern", "%{COMBINEDAPACHELOG}")
                .containsEntry("recordCount", "3");
        assertThat(apache.storageDescriptor().serdeInfo().serializationLibrary())
                .isEqualTo("com.amazonaws.glue.serde.GrokSerDe");
        assertThat(apache.storageDescriptor().serdeInfo().parameters())
                .containsEntry("input.format", "%{COMBINEDAPACHELOG}");
        assertThat(fixture.table("syslog").parameters()).containsEntry("classification", "syslog");
        assertThat(warnings)
                .anyMatch(warning -> warning.startsWith(fixture.uri("array/") + ": its files are JSON arrays"))
                .anyMatch(warning -> warning.startsWith(fixture.uri("objects/") + ": the JSON objects"))
                .anyMatch(warning -> warning.startsWith(fixture.uri("xml/") + ": its files are XML"))
                .hasSize(3);

        Table before = fixture.table("xml");
        fixture.crawl();
        assertThat(fixture.table("xml")).isEqualTo(before);
    }

    @Test
    void asksTheCrawlersClassifiers() {
        fixture.glue.createClassifier(request -> request.grokClassifier(grok -> grok.name("app")
                .classification("app-log")
                .grokPattern("^%{LEVEL:level} %{INT:took:int} %{GREEDYDATA:message}")
                .customPatterns("LEVEL (INFO|WARN)")));
        fixture.glue.createClassifier(request -> request.csvClassifier(csv -> csv.name("carets")
                .delimiter("^")
                .quoteSymbol("'")
                .containsHeader(CsvHeaderOption.ABSENT)
                .header("id", "name")));
        fixture.glue.createClassifier(
                request -> request.jsonClassifier(json -> json.name("trail").jsonPath("$.Records[*]")));
        fixture.glue.createClassifier(request -> request.xmlClassifier(
                xml -> xml.name("books").classification("book-list").rowTag("book")));
        fixture.put("app/a.log", "INFO 5 all, well\nWARN 7 all, but\n");
        fixture.put("carets/a.txt", "1^'a^b'\n2^c\n");
        fixture.put("trail/a.json", "{\"Records\":[{\"eventName\":\"x\"},{\"eventName\":\"y\"}]}");
        fixture.put("books/a.xml", "<c><shelf><book id='1'><t>a</t></book></shelf></c>");
        fixture.put("plain/a.csv", "id,v\n1,2\n");
        fixture.createCrawler(crawler -> crawler.classifiers("app", "carets", "trail", "books"));

        Map<String, Object> report = fixture.crawl();

        assertThat(fixture.columns("app")).isEqualTo("level string, took int, message string");
        Table app = fixture.table("app");
        assertThat(app.parameters()).containsEntry("classification", "app-log");
        assertThat(app.storageDescriptor().serdeInfo().parameters())
                .containsEntry("input.grokCustomPatterns", "LEVEL (INFO|WARN)");
        assertThat(fixture.columns("carets")).isEqualTo("id bigint, name string");
        Table carets = fixture.table("carets");
        assertThat(carets.storageDescriptor().serdeInfo().serializationLibrary())
                .endsWith("OpenCSVSerde");
        assertThat(carets.storageDescriptor().serdeInfo().parameters())
                .containsEntry("separatorChar", "^")
                .containsEntry("quoteChar", "'");
        assertThat(carets.parameters())
                .containsEntry("areColumnsQuoted", "true")
                .doesNotContainKey("skip.header.line.count");
        assertThat(fixture.columns("trail")).isEqualTo("eventname string");
        assertThat(fixture.table("trail").parameters()).containsEntry("jsonPath", "$.Records[*]");
        assertThat(fixture.columns("books")).isEqualTo("_id bigint, t string");
        assertThat(fixture.table("books").parameters()).containsEntry("classification", "book-list");
        assertThat(fixture.columns("plain")).isEqualTo("id bigint, v bigint");
        assertThat(report.get("files").toString())
                .contains("classifier app: certainty 1.000, 2 of 2 lines match")
                .contains("classifier carets is certain");

        fixture.glue.updateClassifier(request -> request.grokClassifier(
                grok -> grok.name("app").grokPattern("^%{LEVEL:level} %{INT:took:long} %{GREEDYDATA:message}")));

        fixture.crawl();

        assertThat(fixture.columns("app"))
                .as("files that did not change are read again by a classifier that did")
                .isEqualTo("level string, took bigint, message string");
    }
}
