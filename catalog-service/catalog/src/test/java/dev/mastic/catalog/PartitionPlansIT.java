package dev.mastic.catalog;

import dev.mastic.catalog.partition.filter.CompiledFilter;
import dev.mastic.catalog.partition.filter.PageQuery;
import dev.mastic.catalog.partition.filter.PartitionFilter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGStatement;
import software.amazon.awssdk.services.glue.model.Column;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What PostgreSQL reads for a filter grows with the answer and not with the table. */
class PartitionPlansIT extends CatalogOnPostgres {
    private static final int PARTITIONS = 50_000;
    private static final Pattern READ = Pattern.compile(
            "(?:Index|Heap|Seq|Only) Scan.* on partition .*rows=([0-9.]+)|Rows Removed by (?:Filter|Index Recheck): ([0-9]+)");
    private static final List<Column> KEYS = List.of(keyOf("s", "string"), keyOf("d", "date"), keyOf("n", "int"));

    private static Column keyOf(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }

    @BeforeAll
    static void fill() throws SQLException {
        glue.createDatabase(request -> request.databaseInput(input -> input.name("plans")));
        glue.createTable(request -> request.databaseName("plans")
                .tableInput(input -> input.name("t").partitionKeys(KEYS)));
        // The sort keys of the integer are those of SortKeys: sixteen digits of the number with its sign turned.
        execute("insert into catalog.partition (table_id, values, keys, definition) select t.id,"
                + " array['s' || lpad((n / 100)::text, 6, '0'), (date '2000-01-01' + n % 500)::text, (n / 7 % 500)::text],"
                + " array['s' || lpad((n / 100)::text, 6, '0'), (date '2000-01-01' + n % 500)::text,"
                + " '8' || lpad(to_hex(n / 7 % 500), 15, '0')], '{}'"
                + " from catalog.table_entry t, generate_series(0, " + (PARTITIONS - 1) + ") n where t.name = 't'");
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("analyze catalog.partition");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s = 's000007'",
                "s >= 's000499'",
                "s in ('s000007', 's000400')",
                "s like 's000007%'",
                "not s > 's000000'",
                "d = '2000-01-08'",
                "d < '2000-01-02'",
                "d between '2000-01-08' and '2000-01-08'",
                "d = '2000-01-08' or d = '2000-01-09'",
                "n = 7",
                "n < 1",
                "n >= 499",
                "n in (7, 8)",
                "n is null",
                "d is null",
                "d <> '2000-01-08' and d < '2000-01-10'",
                "n not in (0, 1, 2) and n < 4",
                "not (n >= 2 and n <= 498)",
                "d = '2000-01-08' and n = 7"
            })
    void readsNoMoreThanAFewTimesTheAnswer(String expression) throws SQLException {
        CompiledFilter filter = PartitionFilter.compile(expression, KEYS);
        long read = 0;
        long answer = 0;
        StringBuilder plan = new StringBuilder();
        try (Connection connection = postgres.dataSource().getConnection()) {
            for (PageQuery query : filter.pages(null, List.of())) {
                read += explain(connection, query, plan);
            }
        }
        answer = partitions("t", expression, "plans").size();
        assertThat(read).as("rows read for an answer of %s:%n%s", answer, plan).isLessThanOrEqualTo(2 * answer + 200);
    }

    private static long explain(Connection connection, PageQuery query, StringBuilder plan) throws SQLException {
        long read = 0;
        try (PreparedStatement explain =
                connection.prepareStatement("explain (analyze, costs off, timing off, summary off)"
                        + " select p.values, p.definition from catalog.partition p where p.table_id ="
                        + " (select id from catalog.table_entry where name = 't') and " + query.condition()
                        + " order by " + query.order() + " limit 1001")) {
            explain.unwrap(PGStatement.class).setPrepareThreshold(0);
            for (int i = 0; i < query.parameters().size(); i++) {
                explain.setObject(i + 1, query.parameters().get(i));
            }
            try (ResultSet lines = explain.executeQuery()) {
                while (lines.next()) {
                    String line = lines.getString(1);
                    plan.append(line).append('\n');
                    Matcher rows = READ.matcher(line);
                    if (rows.find()) {
                        read += Math.round(Double.parseDouble(rows.group(1) == null ? rows.group(2) : rows.group(1)));
                    }
                }
            }
        }
        return read;
    }

    private static List<software.amazon.awssdk.services.glue.model.Partition> partitions(
            String table, String expression, String database) {
        return glue
                .getPartitionsPaginator(request ->
                        request.databaseName(database).tableName(table).expression(expression))
                .stream()
                .flatMap(page -> page.partitions().stream())
                .toList();
    }
}
