package dev.mastic.server;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.mastic.server.config.Setting;
import dev.mastic.server.config.Settings;
import dev.mastic.server.slow.SlowQueryLog;
import dev.mastic.testing.TestFolders;
import dev.mastic.testing.TestPostgres;
import dev.mastic.testing.TestPostgres.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is logged of slow statements, on a real PostgreSQL. */
class SlowQueriesIT {
    private static final String CANARY = "canary6c1f";
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.mastic.server.slow");

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        LOG.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        LOG.detachAppender(lines);
    }

    @Test
    void logsTheStatementOfAnOperationThatWaitedForALock() throws Exception {
        try (TestDatabase postgres = TestPostgres.newDatabase()) {
            try (MasticServer server = MasticServer.start(
                            settings(postgres), Files.createDirectories(Path.of("target", "no-driver")));
                    GlueClient glue = client(server)) {
                glue.createDatabase(request -> request.databaseInput(input -> input.name(CANARY)));
                // What starting took is none of the test's business.
                lines.list.clear();
                glue.getDatabase(request -> request.name(CANARY));

                updateWhileLocked(postgres, glue);

                assertThat(metrics(server)).containsPattern("mastic_sql_slow_total [1-9]");
            }
            // The server is closed, so all that was slow is logged.
            List<String> told =
                    lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
            assertThat(told)
                    .filteredOn(line -> line.contains("operation=GetDatabase "))
                    .isEmpty();
            assertThat(told)
                    .filteredOn(line -> line.contains("operation=UpdateDatabase "))
                    .singleElement()
                    .asString()
                    .containsPattern("requestId=[0-9a-f-]{36} ")
                    .containsPattern("millis=[0-9]{3,} ")
                    .containsPattern("planId=[0-9a-f]{12} ")
                    .contains("on database")
                    .contains("sql=\"select");
            assertThat(told).noneMatch(line -> line.contains(CANARY));
        }
    }

    /** Holds the database's row until the update waits for it, and for longer than a slow query takes. */
    private static void updateWhileLocked(TestDatabase postgres, GlueClient glue) throws Exception {
        try (Connection holder = postgres.dataSource().getConnection();
                Statement statement = holder.createStatement();
                Connection watcher = postgres.dataSource().getConnection();
                Statement watching = watcher.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select * from catalog.database for update");
            CompletableFuture<Void> update =
                    CompletableFuture.runAsync(() -> glue.updateDatabase(request -> request.name(CANARY)
                            .databaseInput(input -> input.name(CANARY).description(CANARY))));
            boolean waits = false;
            while (!waits) {
                try (ResultSet rows = watching.executeQuery("select exists (select 1 from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock'), pg_sleep(0.05)")) {
                    waits = rows.next() && rows.getBoolean(1);
                }
            }
            statement.execute("select pg_sleep(2.3)");
            holder.commit();
            update.get();
        }
    }

    @Test
    void logsEachSlowStatementWithItsPlan() throws Exception {
        try (TestDatabase postgres = TestPostgres.newDatabase()) {
            SimpleMeterRegistry metrics = new SimpleMeterRegistry();
            try (SlowQueryLog log = new SlowQueryLog(postgres.dataSource(), Duration.ofMillis(500), metrics);
                    Connection connection = log.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table item (tags text[])");
                for (int i = 0; i < 3; i++) {
                    insert(connection, i == 1 ? 0 : 0.6);
                }
                statement.execute("do $$ begin perform pg_sleep(0.6); end $$");
                statement.execute("set statement_timeout = 600");
                assertThatThrownBy(() -> statement.execute("select pg_sleep(5)"))
                        .isInstanceOf(SQLException.class);
            }
            assertThat(metrics.counter("mastic.sql.slow").count()).isEqualTo(4);
        }
        assertThat(lines.list)
                .map(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains("operation=- ", " rows=1 outcome=Success ", "Insert ModifyTable on item")
                                .containsPattern("planId=[0-9a-f]{12} "),
                        second -> assertThat(second).isNotNull().contains("Insert ModifyTable on item"),
                        block -> assertThat(block).contains("planId=- ", "sql=\"do $$"),
                        failed -> assertThat(failed).contains("outcome=Failure planId=", "sql=\"select pg_sleep(5)\""));
        assertThat(lines.list).noneMatch(line -> line.getFormattedMessage().contains(CANARY));
    }

    private static void insert(Connection connection, double seconds) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into item select t from (select cast(? as text[]), pg_sleep(?)) as s (t, slept)")) {
            insert.setArray(1, connection.createArrayOf("text", new String[] {CANARY, "b"}));
            insert.setDouble(2, seconds);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    private static String metrics(MasticServer server) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.address().resolve("/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static Settings settings(TestDatabase postgres) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        values.put(Setting.DATA, TestFolders.create("slow").toString());
        values.put(Setting.PORT, "0");
        values.put(Setting.S3_PORT, "0");
        values.put(Setting.POSTGRES, postgres.jdbcUrl());
        values.put(Setting.POSTGRES_USER, postgres.user());
        values.put(Setting.POSTGRES_PASSWORD, postgres.password());
        values.put(Setting.SLOW_QUERY_MILLIS, "2000");
        return Settings.read(values, Map.of(), Optional.empty());
    }

    private static GlueClient client(MasticServer server) {
        return GlueClient.builder()
                .endpointOverride(server.address())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("mastic", "mastic")))
                .build();
    }
}
