package dev.mastic.server;

import dev.mastic.server.cli.Mastic;
import dev.mastic.testing.TestFolders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.RecrawlBehavior;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** {@code mastic crawl} against a server, with the events of its own object store. */
class CrawlCommandIT {
    private static final StaticCredentialsProvider KEYS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("mastic", "mastic"));

    private static MasticServer server;
    private static GlueClient glue;
    private static S3Client s3;

    @BeforeAll
    static void start() throws IOException {
        server = MasticServer.start(
                ServerIT.settings(TestFolders.create("crawl-command")),
                Files.createDirectories(Path.of("target", "no-driver")));
        glue = GlueClient.builder()
                .endpointOverride(server.address())
                .region(Region.US_EAST_1)
                .credentialsProvider(KEYS)
                .build();
        s3 = S3Client.builder()
                .endpointOverride(server.s3Endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(KEYS)
                .build();
    }

    @AfterAll
    static void stop() {
        s3.close();
        glue.close();
        server.close();
    }

    @Test
    void showsAPlanAppliesItAndCrawls() {
        bucket("landing");
        put("landing", "orders/year=2026/month=01/a.csv", "id,amount,day\n1,2.50,2026-01-31\n2,3.75,2026-01-31\n");
        put("landing", "orders/year=2026/month=02/a.csv", "id,amount,day\n3,2.50,2026-02-01\n");
        createCrawler("landing", RecrawlBehavior.CRAWL_EVERYTHING);

        Called plan = call("crawl", "landing", "--plan");

        assertThat(plan.error()).isEmpty();
        assertThat(plan.status()).isZero();
        assertThat(plan.output())
                .contains("+ database landing is created")
                .contains("+ table landing.orders  is created")
                .contains("+ amount  double")
                .contains("partitioned by year, month: 2 found; 2 new")
                .contains("+ year=2026/month=01")
                .contains("Plan: 1 tables to create")
                .contains("Nothing was written.");
        assertThatThrownBy(() ->
                        glue.getTable(request -> request.databaseName("landing").name("orders")))
                .isInstanceOf(EntityNotFoundException.class);
        String id = plan.output().strip().replaceFirst("(?s).*--apply ", "");

        Called applied = call("crawl", "landing", "--apply", id);
        assertThat(applied.status()).as(applied.error()).isZero();
        assertThat(applied.output()).contains("CREATED    orders", "tables 1 created");

        Called again = call("crawl", "landing", "--apply", id);
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.error()).contains("cannot be applied any more", "make a new plan");

        Called crawled = call("crawl", "landing");
        assertThat(crawled.status()).as(crawled.error()).isZero();
        assertThat(crawled.output()).contains("UNCHANGED  orders", "2 objects listed, 0 read");

        Called json = call("crawl", "landing", "--plan", "--json");
        assertThat(json.output()).startsWith("{").contains("\"action\":\"KEEP\"", "\"confidence\":");
    }

    @Test
    void explainsWhatIsWrong() {
        assertThat(call("crawl", "none").error()).contains("Crawler none not found");
        assertThat(call("crawl", "none", "--plan", "--apply", "x").status()).isEqualTo(2);
        createCrawler("nowhere", RecrawlBehavior.CRAWL_EVERYTHING);

        Called failed = call("crawl", "nowhere");

        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.error()).contains("ended FAILED", "bucket nowhere does not exist");
    }

    @Test
    void crawlsWhereTheEventsOfTheStorePoint() {
        bucket("events");
        put("events", "t/day=1/a.csv", "id,v\n1,2\n");
        createCrawler("events", RecrawlBehavior.CRAWL_EVENT_MODE);
        call("crawl", "events");
        put("events", "t/day=2/a.csv", "id,v\n1,2\n");
        s3.deleteObject(request -> request.bucket("events").key("t/day=1/a.csv"));

        Called crawled = call("crawl", "events");

        assertThat(crawled.output()).contains("1 objects listed, 1 read", "partitions 1 created, 1 updated");
        assertThat(call("crawl", "events").output()).contains("0 objects listed, 0 read");
    }

    private static void bucket(String name) {
        s3.createBucket(request -> request.bucket(name));
    }

    private static void put(String bucket, String key, String text) {
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(text));
    }

    private static void createCrawler(String name, RecrawlBehavior behavior) {
        glue.createCrawler(request -> request.name(name)
                .role("role")
                .databaseName(name)
                .recrawlPolicy(policy -> policy.recrawlBehavior(behavior))
                .targets(targets -> targets.s3Targets(target -> target.path("s3://" + name + "/"))));
    }

    private record Called(int status, String output, String error) {}

    private static Called call(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--url");
        all.add(server.address().toString());
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();
        CommandLine commandLine =
                Mastic.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(error));
        int status = commandLine.execute(all.toArray(String[]::new));
        return new Called(status, out.toString(), error.toString());
    }
}
