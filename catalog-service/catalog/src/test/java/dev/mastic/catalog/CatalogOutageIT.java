package dev.mastic.catalog;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mastic.catalog.store.Outcome;
import dev.mastic.embedded.postgres.EmbeddedPostgres;
import dev.mastic.testing.TestFolders;
import dev.mastic.testing.TestPostgres;
import dev.mastic.testing.TestPostgres.TestDatabase;
import dev.mastic.wire.GlueDispatcher;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** What callers see when PostgreSQL goes away, gives a transaction up, or comes back. */
class CatalogOutageIT extends CatalogOnPostgres {
    @Test
    void namesTheAddressWhenPostgresIsStopped() {
        EmbeddedPostgres stopped =
                EmbeddedPostgres.start(TestFolders.create("postgres"), TestFolders.postgresBinaries());
        try (HikariDataSource dataSource =
                        new HikariDataSource(config(stopped.jdbcUrl(), stopped.user(), stopped.password()));
                Catalog own = Catalog.open(dataSource, "123456789012")) {
            GlueClient client = new GlueDispatcher(own.operations()).client();
            client.createDatabase(request -> request.databaseInput(input -> input.name("d")));
            stopped.close();

            assertThatThrownBy(() -> client.getDatabase(request -> request.name("d")))
                    .isInstanceOf(CatalogUnavailableException.class)
                    .hasMessageContaining("PostgreSQL at 127.0.0.1:")
                    .hasMessageContaining("/mastic does not answer")
                    .hasMessageContaining("send the request again")
                    .hasMessageNotContaining(stopped.password());
            GlueDispatcher.Answer answer = new GlueDispatcher(own.operations())
                    .dispatch("AWSGlue.GetDatabase", "{\"Name\":\"d\"}".getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).as("status on the wire").isEqualTo(503);
        } finally {
            stopped.close();
        }
    }

    @Test
    void doesNotOpenWithoutPostgres() {
        HikariConfig config = config("jdbc:postgresql://127.0.0.1:1/mastic", "mastic", "secret");
        config.setInitializationFailTimeout(-1);
        try (HikariDataSource dataSource = new HikariDataSource(config)) {
            assertThatThrownBy(() -> Catalog.open(dataSource, "123456789012"))
                    .isInstanceOf(CatalogUnavailableException.class)
                    .hasMessageContaining("the configured address")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void answersAgainWhenPostgresDoes() throws Exception {
        TestDatabase away = TestPostgres.newDatabase();
        String name = away.jdbcUrl().replaceFirst(".*/", "");
        String other = away.jdbcUrl().replaceFirst("/[^/]*$", "/postgres");
        HikariConfig config = config(away.jdbcUrl(), away.user(), away.password());
        try (HikariDataSource dataSource = new HikariDataSource(config);
                Catalog own = Catalog.open(dataSource, "123456789012");
                Connection connection = DriverManager.getConnection(other, away.user(), away.password());
                Statement statement = connection.createStatement()) {
            GlueClient client = new GlueDispatcher(own.operations()).client();
            client.createDatabase(request -> request.databaseInput(input -> input.name("d")));
            statement.execute("alter database " + name + " allow_connections false");
            try {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name
                        + "' and pid <> pg_backend_pid()");
                assertThatThrownBy(() -> client.getDatabase(request -> request.name("d")))
                        .isInstanceOf(CatalogUnavailableException.class);
            } finally {
                statement.execute("alter database " + name + " allow_connections true");
            }
            await().atMost(Duration.ofMinutes(3))
                    .ignoreExceptionsMatching(failure -> failure instanceof CatalogUnavailableException)
                    .untilAsserted(() -> assertThat(client.getDatabase(request -> request.name("d"))
                                    .database()
                                    .name())
                            .isEqualTo("d"));
        }
    }

    @Test
    void knowsThatNothingChangedWhenAConnectionIsLostBeforeTheCommit() throws Exception {
        execute("create function cut() returns trigger language plpgsql as"
                + " 'begin perform pg_terminate_backend(pg_backend_pid()); return new; end'");
        execute("create trigger cut after insert on catalog.database for each row when (new.name = 'cut')"
                + " execute function cut()");

        CatalogUnavailableException failure = catchThrowableOfType(
                CatalogUnavailableException.class,
                () -> glue.createDatabase(request -> request.databaseInput(input -> input.name("cut"))));

        assertThat(failure.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
        assertThat(failure).hasMessageContaining("Nothing was changed");
        assertThat(glue.getDatabases(request -> {}).databaseList())
                .extracting(found -> found.name())
                .contains(database)
                .doesNotContain("cut");
    }

    @Test
    void doesNotKnowWhatACommitThatWasCutDid() throws Exception {
        execute("create function cut_commit() returns trigger language plpgsql as"
                + " 'begin perform pg_terminate_backend(pg_backend_pid()); return new; end'");
        execute("create constraint trigger cut_commit after insert on catalog.database deferrable initially deferred"
                + " for each row when (new.name = 'cut-commit') execute function cut_commit()");

        CatalogUnavailableException failure = catchThrowableOfType(
                CatalogUnavailableException.class,
                () -> glue.createDatabase(request -> request.databaseInput(input -> input.name("cut-commit"))));

        assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(failure).hasMessageContaining("is not known: read before you repeat it");
    }

    @Test
    void runsATransactionAgainThatPostgresGaveUp() throws Exception {
        execute("create sequence tries");
        execute("create function give_up() returns trigger language plpgsql as 'begin"
                + " if nextval(''tries'') < tg_argv[0]::int then"
                + " raise exception ''given up'' using errcode = tg_argv[1]; end if; return new; end'");
        execute("create trigger passing after insert on catalog.database for each row when (new.name = 'passing')"
                + " execute function give_up('4', '40P01')");
        execute("create trigger endless after insert on catalog.database for each row when (new.name = 'endless')"
                + " execute function give_up('1000', '40001')");

        glue.createDatabase(request -> request.databaseInput(input -> input.name("passing")));
        assertThat(tries()).as("tries until it was made").isEqualTo(4);
        assertThatThrownBy(() -> glue.createDatabase(request -> request.databaseInput(input -> input.name("endless"))))
                .hasRootCauseInstanceOf(SQLException.class)
                .hasRootCauseMessage("ERROR: given up\n  Where: PL/pgSQL function give_up() line 1 at RAISE");
        assertThat(tries()).as("tries in all").isEqualTo(4 + 8);
    }

    private static long tries() throws SQLException {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select last_value from tries")) {
            result.next();
            return result.getLong(1);
        }
    }

    private static HikariConfig config(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setConnectionTimeout(1000);
        return config;
    }
}
