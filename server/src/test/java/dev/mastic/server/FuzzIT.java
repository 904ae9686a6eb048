package dev.mastic.server;

import dev.mastic.server.config.Setting;
import dev.mastic.testing.TestPostgres;
import dev.mastic.testing.TestPostgres.TestDatabase;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server takes any request without a fault. The seed of a run is printed; {@code
 * -Dtest.jvm.args=-Dmastic.fuzz.seed=} repeats one, and {@code -Dtest.jvm.args=-Dmastic.fuzz.requests=} makes it shorter
 * or longer. Its server has an empty driver folder and one driver at a time, and few of the requests that can start a run
 * name what is there.
 */
class FuzzIT {
    private static final int REQUESTS = Integer.getInteger("mastic.fuzz.requests", 100_000);
    private static final int HEAP_MEGABYTES = 384;
    /** Code, threads, and the buffers of the network are not on the heap. */
    private static final int MOST_MEGABYTES = HEAP_MEGABYTES + 640;

    private static final int LARGE = 60;
    private static final int LARGE_AT_ONCE = 30;

    /** What they ask for is made by a job that has committed, and no driver runs here. */
    private static final Set<String> NEED_A_COMMIT = Set.of("GetJobBookmark", "ResetJobBookmark");

    /** Of over a hundred and ten; by chance some find nothing that they can be done to. */
    private static final int MOST_UNMET = 17;

    private static final int STARTS = 15;
    private static final int MOST_DRIVERS = 60;

    @Test
    void answersAnyRequestWithoutAFault() throws Exception {
        long seed = Long.getLong("mastic.fuzz.seed", new Random().nextInt(1_000_000));
        System.out.println("Seed of the fuzz: " + seed);
        try (TestDatabase postgres = TestPostgres.newDatabase();
                ServerProcess server = ServerProcess.launch(
                        "fuzz",
                        HEAP_MEGABYTES,
                        Map.of(
                                Setting.POSTGRES, postgres.jdbcUrl(),
                                Setting.POSTGRES_USER, postgres.user(),
                                Setting.POSTGRES_PASSWORD, postgres.password(),
                                Setting.MAX_DRIVERS, "1"))) {
            Fuzz fuzz = new Fuzz(server.address(), "mastic", "mastic", Set.of(), STARTS, seed);
            long start = System.nanoTime();
            fuzz.run(REQUESTS);
            fuzz.runLarge(LARGE, LARGE_AT_ONCE);
            long millis = (System.nanoTime() - start) / 1_000_000;

            Set<String> unmet = new TreeSet<>(fuzz.supported);
            unmet.removeAll(fuzz.succeeded);
            unmet.removeAll(NEED_A_COMMIT);
            unmet.forEach(operation -> System.out.println(operation + ": " + fuzz.refusals.get(operation)));
            System.out.println((REQUESTS + LARGE) + " requests in " + millis + " ms over " + fuzz.supported.size()
                    + " operations; answers by status: " + new TreeMap<>(fuzz.answers) + "; most memory: "
                    + server.mostMegabytes() + " MB; its processor time: " + server.processorTime()
                    + "; operations without a success: " + unmet);
            assertThat(fuzz.faults).as("faults, of seed %d", seed).isEmpty();
            assertThat(server.isAlive()).isTrue();
            assertThat(server.readLog()).doesNotContain(" ERROR ");
            server.mostMegabytes()
                    .ifPresent(most ->
                            assertThat(most).as("megabytes of the server").isLessThan(MOST_MEGABYTES));
            assertThat(unmet)
                    .as("operations that took no request: what this has sent did not reach much")
                    .hasSizeLessThanOrEqualTo(MOST_UNMET);
            assertThat(launches(postgres)).as("drivers that were started").isLessThanOrEqualTo(MOST_DRIVERS);
            try (WireConnection connection = new WireConnection(server.address(), 30_000)) {
                assertThat(connection
                                .send("GET", "/health", Map.of(), new byte[0])
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    private static int launches(TestDatabase postgres) throws Exception {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet sum =
                        statement.executeQuery("select coalesce(sum(launches), 0) from orchestration.job_run")) {
            sum.next();
            return sum.getInt(1);
        }
    }
}
