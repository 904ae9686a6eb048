package dev.mastic.examples.whole;

import dev.mastic.testing.TestPostgres;
import dev.mastic.testing.TestPostgres.TestDatabase;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** New rows of a table of PostgreSQL, added to another table there, by the job {@code NewOrders}. */
final class TableToTable implements Load {
    private static final int ROWS = 400;

    private final String name;
    private final S3Client s3;
    private final TestDatabase database = TestPostgres.newDatabase();
    private int rows;

    /** @param s3 of the store itself, which no harm is done to */
    TableToTable(String name, S3Client s3) {
        this.name = name;
        this.s3 = s3;
    }

    @Override
    public String job() {
        return name;
    }

    @Override
    public void create(MortalServer server) throws Exception {
        execute("create table orders (id bigint primary key, quantity int not null, price int not null)");
        execute("create table revenues (id bigint, quantity int, price int, revenue int)");
        s3.createBucket(request -> request.bucket(name));
        try (InputStream script = TableToTable.class.getResourceAsStream("/jobs/NewOrders.java")) {
            byte[] source = script.readAllBytes();
            s3.putObject(request -> request.bucket(name).key("NewOrders.java"), RequestBody.fromBytes(source));
        }
        server.glue()
                .createConnection(request -> request.connectionInput(input -> input.name(name)
                        .connectionType(ConnectionType.JDBC)
                        .connectionProperties(Map.of(
                                ConnectionPropertyKey.JDBC_CONNECTION_URL, database.jdbcUrl(),
                                ConnectionPropertyKey.USERNAME, database.user(),
                                ConnectionPropertyKey.PASSWORD, database.password()))));
        server.glue()
                .createJob(request -> request.name(name)
                        .role("any")
                        .maxRetries(10)
                        .command(command -> command.name("glueetl").scriptLocation("s3://" + name + "/NewOrders.java"))
                        .defaultArguments(
                                Map.of("--job-bookmark-option", "job-bookmark-enable", "--connection", name)));
    }

    @Override
    public void addInput() throws Exception {
        execute("insert into orders select n, n % 4, 10 + n from generate_series(" + rows + ", " + (rows + ROWS - 1)
                + ") n");
        rows += ROWS;
    }

    @Override
    public List<String> truth() {
        List<String> truth = new ArrayList<>();
        for (int n = 0; n < rows; n++) {
            if (n % 4 > 0) {
                truth.add(n + " " + n % 4 + " " + (10 + n) + " " + n % 4 * (10 + n));
            }
        }
        return truth;
    }

    @Override
    public List<String> target() throws Exception {
        return texts("select id || ' ' || quantity || ' ' || price || ' ' || revenue from revenues");
    }

    @Override
    public List<String> leftovers() throws Exception {
        return texts("select 'staging table ' || table_name from information_schema.tables"
                + " where table_name ~ '^mastic_[0-9]+'");
    }

    @Override
    public void close() {
        database.close();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> texts(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        }
    }
}
