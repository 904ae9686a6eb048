package dev.mastic.benchmarks.catalog;

import com.sun.net.httpserver.HttpServer;
import dev.mastic.benchmarks.Clients;
import dev.mastic.catalog.partition.filter.CompiledFilter;
import dev.mastic.catalog.partition.filter.PageQuery;
import dev.mastic.catalog.partition.filter.PartitionFilter;
import dev.mastic.catalog.partition.filter.ValuesQuery;
import org.postgresql.PGStatement;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Filters that select 100 partitions of very many, by each operator on each key. The bare SQL asks a plain table with
 * typed, indexed columns that has the same rows.
 */
final class FilterBlock {
    private static final int ROUNDS = 51;
    private static final int SELECTED = 100;
    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";
    private static final Pattern READ =
            Pattern.compile("(?:Index|Heap|Seq|Only) Scan.* on partition .*rows=([0-9.]+) loops=([0-9]+)|"
                    + "Rows Removed by (?:Filter|Index Recheck): ([0-9]+)");
    private static final int MOST_VALUES = 10_000;
    private static final LocalDate FIRST_DAY = LocalDate.of(1990, 1, 1);

    private final GlueClient glue;
    private final Connection sql;
    private final int partitions;
    private final int groups;
    private final Path plans;
    private final RawGlue raw;

    /** @param plans the file that the query plans are appended to */
    FilterBlock(GlueClient glue, RawGlue raw, Connection sql, int partitions, Path plans) {
        this.plans = plans;
        this.glue = glue;
        this.raw = raw;
        this.sql = sql;
        this.partitions = partitions;
        this.groups = partitions / SELECTED;
    }

    private record Question(String expression, String bare) {}

    private static final Question WARM_UP = new Question("number = 7", "number = 7");

    void run() throws Exception {
        prepare();
        Figures.warmUp(6000, round -> {
            bySdk("large", WARM_UP);
            raw.call("GetPartitions", request("large", WARM_UP));
            bare("large", WARM_UP);
        });
        Figures.title(
                String.format("Filters that select %d of %,d partitions, median milliseconds", SELECTED, partitions),
                "expression",
                "AWS SDK",
                "on the wire",
                "bare SQL",
                "SDK/SQL",
                "wire/SQL",
                "rows read");
        String day = FIRST_DAY.plusDays(7).toString();
        String second = FIRST_DAY.plusDays(1).toString();
        String last = FIRST_DAY.plusDays(groups - 1L).toString();
        for (Question question : List.of(
                new Question("region = 'r000007'", "region = 'r000007'"),
                new Question("region < 'r000002'", "region < 'r000002'"),
                new Question("region <= 'r000001'", "region <= 'r000001'"),
                new Question(
                        String.format("region > 'r%06d'", groups - 2), String.format("region > 'r%06d'", groups - 2)),
                new Question(
                        String.format("region >= 'r%06d'", groups - 1), String.format("region >= 'r%06d'", groups - 1)),
                new Question("region in ('r000007', 'none')", "region in ('r000007', 'none')"),
                new Question("region between 'r000007' and 'r0000070'", "region between 'r000007' and 'r0000070'"),
                new Question("region like 'r000007%'", "region like 'r000007%'"),
                new Question("region like '%000007'", "region like '%000007'"),
                new Question("region like 'r%00007'", "region like 'r%00007'"),
                new Question("region is null", "region is null"),
                new Question("not region >= 'r000002'", "region < 'r000002'"),
                new Question("region = 'none' or region = 'r000007'", "region = 'none' or region = 'r000007'"),
                new Question("day = '" + day + "'", "day = '" + day + "'"),
                new Question("day < '" + FIRST_DAY.plusDays(2) + "'", "day < '" + FIRST_DAY.plusDays(2) + "'"),
                new Question("day <= '" + second + "'", "day <= '" + second + "'"),
                new Question("day >= '" + last + "'", "day >= '" + last + "'"),
                new Question(
                        "day > '" + FIRST_DAY.plusDays(groups - 2L) + "'",
                        "day > '" + FIRST_DAY.plusDays(groups - 2L) + "'"),
                new Question("day in ('" + day + "', '1900-01-01')", "day in ('" + day + "', '1900-01-01')"),
                new Question(
                        "day between '" + day + "' and '" + day + "'", "day between '" + day + "' and '" + day + "'"),
                new Question("day is null", "day is null"),
                new Question("number = 7", "number = 7"),
                new Question("number < 2", "number < 2"),
                new Question("number <= 1", "number <= 1"),
                new Question("number > " + (groups - 2), "number > " + (groups - 2)),
                new Question("number >= " + (groups - 1), "number >= " + (groups - 1)),
                new Question("number in (7, -1)", "number in (7, -1)"),
                new Question("number between 7 and 7", "number between 7 and 7"),
                new Question("number is null", "number is null"),
                new Question(
                        "number = 7 or (region = 'r000007' and number < 0)",
                        "number = 7 or (region = 'r000007' and number < 0)"),
                new Question("not (number > 1 or number < 1)", "number = 1"))) {
            measure("large", question);
        }
        printFloor();
        measure("skewed", new Question("state <> 'done'", "state <> 'done'"));
        measure("skewed", new Question("state not in ('done', 'gone')", "state not in ('done', 'gone')"));
        measure("skewed", new Question("not state = 'done'", "state <> 'done'"));
        measure("skewed", new Question("state not like 'do%'", "state not like 'do%'"));
        measure("skewed", new Question("not state like '%ne'", "state not like '%ne'"));
    }

    private void prepare() throws Exception {
        create("large");
        Entries.fill(glue, "large", partitions, this::values);
        create("skewed");
        int skewed = partitions / 10;
        Entries.fill(
                glue,
                "skewed",
                skewed,
                number -> List.of(Integer.toString(number), number % (skewed / SELECTED) == 0 ? "open" : "done"));
        try (Statement statement = sql.createStatement()) {
            statement.execute("create schema bare");
            statement.execute("create table bare.large as select p.values, p.definition,"
                    + " nullif(p.values[1], '" + NULL + "') collate \"C\" region,"
                    + " cast(nullif(p.values[2], '" + NULL + "') as date) as day,"
                    + " cast(nullif(p.values[3], '" + NULL + "') as integer) number from catalog.partition p"
                    + " join catalog.table_entry t on t.id = p.table_id where t.name = 'large'");
            statement.execute("create index on bare.large (region, values)");
            statement.execute("create index on bare.large (day, values)");
            statement.execute("create index on bare.large (number, values)");
            statement.execute("create table bare.skewed as select p.values, p.definition,"
                    + " p.values[2] collate \"C\" state from catalog.partition p"
                    + " join catalog.table_entry t on t.id = p.table_id where t.name = 'skewed'");
            statement.execute("create index on bare.skewed (state, values)");
            // What autovacuum does within a minute.
            statement.execute("vacuum analyze");
        }
    }

    private void create(String table) {
        glue.createTable(request -> request.databaseName("bench")
                .tableInput(Entries.table(table, keys(table).toArray(Column[]::new))));
    }

    private static List<Column> keys(String table) {
        return table.equals("large")
                ? List.of(Entries.key("region", "string"), Entries.key("day", "date"), Entries.key("number", "int"))
                : List.of(Entries.key("number", "int"), Entries.key("state", "string"));
    }

    /** Each key is in groups of a hundred partitions, and different ones for each key. */
    private List<String> values(int number) {
        int region = number / SELECTED;
        int day = number % groups;
        int third = (int) ((long) number * 7919 % partitions) / SELECTED;
        return List.of(
                region == 0 ? NULL : String.format("r%06d", region),
                day == 0 ? NULL : FIRST_DAY.plusDays(day).toString(),
                third == 0 ? NULL : Integer.toString(third));
    }

    private void measure(String table, Question question) throws Exception {
        double mastic = Figures.median(ROUNDS, round -> bySdk(table, question));
        double bare = Figures.median(ROUNDS, round -> bare(table, question));
        double wire = Figures.median(ROUNDS, round -> raw.call("GetPartitions", request(table, question)));
        Figures.row(
                "%-52s",
                question.expression(), mastic, wire, bare, mastic / bare, wire / bare, rowsRead(table, question));
    }

    /** What the SDK and HTTP cost by themselves: the same answer, from memory. */
    private void printFloor() throws Exception {
        byte[] answer = raw.call("GetPartitions", request("large", WARM_UP));
        HttpServer memory = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        memory.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        memory.start();
        try (GlueClient client = Clients.glue(
                URI.create("http://127.0.0.1:" + memory.getAddress().getPort()))) {
            Figures.warmUp(2000, round -> bySdk(client, "large", WARM_UP));
            Figures.row(
                    "%-52s",
                    "(the same answer from memory, nobody asked)",
                    Figures.median(ROUNDS, round -> bySdk(client, "large", WARM_UP)));
        } finally {
            memory.stop(0);
        }
    }

    private void bySdk(String table, Question question) {
        bySdk(glue, table, question);
    }

    private static void bySdk(GlueClient client, String table, Question question) {
        int found = client.getPartitions(request -> request.databaseName("bench")
                        .tableName(table)
                        .expression(question.expression())
                        .maxResults(1000))
                .partitions()
                .size();
        Figures.require(found == SELECTED, SELECTED + " partitions by " + question.expression() + ", found " + found);
    }

    private static String request(String table, Question question) {
        return String.format(
                "{\"DatabaseName\":\"bench\",\"TableName\":\"%s\",\"Expression\":\"%s\",\"MaxResults\":1000}",
                table, question.expression());
    }

    private void bare(String table, Question question) throws SQLException {
        try (PreparedStatement select = sql.prepareStatement("select values, definition from bare." + table + " where "
                + question.bare() + " order by values limit 1001")) {
            int found = 0;
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    rows.getArray(1).getArray();
                    rows.getString(2);
                    found++;
                }
            }
            Figures.require(found == SELECTED, SELECTED + " rows by " + question.bare() + ", found " + found);
        }
    }

    private long tableId(String table) throws SQLException {
        try (PreparedStatement select =
                sql.prepareStatement("select t.id from catalog.table_entry t join catalog.database"
                        + " d on d.id = t.database_id where d.name = 'bench' and t.name = ?")) {
            select.setString(1, table);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Of the partitions, by the plan of the query that the catalog sends; the plan is kept in the plans' file. */
    private long rowsRead(String table, Question question) throws SQLException, IOException {
        StringBuilder plan = new StringBuilder();
        long rows = 0;
        CompiledFilter filter = PartitionFilter.compile(question.expression(), keys(table));
        Optional<ValuesQuery> values = filter.values(tableId(table), List.of(), MOST_VALUES);
        if (values.isPresent()) {
            rows += explain(values.get().sql(), values.get().parameters(), plan);
            filter = filter.only(found(values.get()));
        }
        for (PageQuery query : filter.pages(null, List.of())) {
            List<Object> parameters = new ArrayList<>(List.of(tableId(table)));
            parameters.addAll(query.parameters());
            rows += explain(
                    "select p.values, p.definition from catalog.partition p where p.table_id = ? and "
                            + query.condition() + " order by " + query.order() + " limit 1001",
                    parameters,
                    plan);
        }
        Files.writeString(
                plans,
                question.expression() + "\n" + plan + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return rows;
    }

    private List<String> found(ValuesQuery query) throws SQLException {
        try (PreparedStatement select = sql.prepareStatement(query.sql())) {
            set(select, query.parameters());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                Figures.require(row.getLong(1) < MOST_VALUES, "fewer than " + MOST_VALUES + " values of the key");
                return List.of((String[]) row.getArray(2).getArray());
            }
        }
    }

    private static void set(PreparedStatement statement, List<Object> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            Object parameter = parameters.get(i);
            statement.setObject(
                    i + 1,
                    parameter instanceof String[] values
                            ? statement.getConnection().createArrayOf("text", values)
                            : parameter);
        }
    }

    private long explain(String statement, List<Object> parameters, StringBuilder plan) throws SQLException {
        long rows = 0;
        try (PreparedStatement explain =
                sql.prepareStatement("explain (analyze, costs off, timing off, summary off) " + statement)) {
            explain.unwrap(PGStatement.class).setPrepareThreshold(0);
            set(explain, parameters);
            try (ResultSet lines = explain.executeQuery()) {
                while (lines.next()) {
                    String line = lines.getString(1);
                    plan.append("    ").append(line).append('\n');
                    Matcher read = READ.matcher(line);
                    if (read.find()) {
                        rows += read.group(1) == null
                                ? Long.parseLong(read.group(3))
                                : Math.round(Double.parseDouble(read.group(1)) * Long.parseLong(read.group(2)));
                    }
                }
            }
        }
        return rows;
    }
}
