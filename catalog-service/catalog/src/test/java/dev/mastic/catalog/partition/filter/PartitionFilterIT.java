package dev.mastic.catalog.partition.filter;

import dev.mastic.catalog.Catalog;
import dev.mastic.testing.TestPostgres;
import dev.mastic.testing.TestPostgres.TestDatabase;
import dev.mastic.wire.GlueDispatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares what PostgreSQL selects with a straightforward evaluator, on generated partitions and expressions. */
class PartitionFilterIT {
    private static final int EXPRESSIONS = 3000;
    private static final int EXPRESSIONS_OF_GLUE = 1500;
    private static final int PARTITIONS = 600;
    private static final List<String> TYPES =
            List.of("string", "date", "int", "timestamp", "decimal(38,10)", "boolean");
    /** Of the length of a sort key. */
    private static final String LONG = "y".repeat(100);

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "A",
            "b%",
            "a_b",
            "é",
            "\uFFFD",
            "\uD83D\uDE00",
            "10",
            "9",
            "\\",
            "z z",
            LONG,
            LONG + "a",
            LONG + "b",
            "__HIVE_DEFAULT_PARTITION__");
    private static final List<String> NUMBERS = List.of(
            "-5",
            "+3",
            "0",
            "1",
            "01",
            "1.0",
            "10",
            "99999999999",
            "0009223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "x",
            "1\n",
            "",
            "__HIVE_DEFAULT_PARTITION__");
    private static final List<String> DATES = List.of(
            "0001-01-01",
            "2020-02-29",
            "2000-02-29",
            "1900-02-29",
            "2021-02-29",
            "2021-01-01",
            "2021-12-31",
            "2021-04-30",
            "2021-04-31",
            "2021-02-30",
            "2021-00-01",
            "2021-1-1",
            "today",
            "9999-12-31",
            "__HIVE_DEFAULT_PARTITION__");
    private static final List<String> TIMES = List.of(
            "2020-02-29 00:00:00",
            "2020-02-29",
            "2020-02-29 23:59:59.999999",
            "2020-02-29 23:59:59.999999001",
            "2020-02-29T23:59:59",
            "2021-02-29 00:00:00",
            "2021-01-01 12:00:00.5",
            "2021-01-01 25:00:00",
            "__HIVE_DEFAULT_PARTITION__");
    private static final List<String> DECIMALS = List.of(
            "0",
            "-0.0",
            "1.50",
            "1.5",
            ".5",
            "15e-1",
            "2.",
            "1e99",
            "-7",
            "1e1000",
            ".",
            "1.2.3",
            "__HIVE_DEFAULT_PARTITION__");
    private static final List<String> BOOLEANS = List.of("true", "FALSE", "yes", "", "__HIVE_DEFAULT_PARTITION__");
    private static final List<List<String>> VALUES = List.of(TEXTS, DATES, NUMBERS, TIMES, DECIMALS, BOOLEANS);

    @Test
    void selectsWhatTheEvaluatorSays() throws Exception {
        long seed = seed("selectsWhatTheEvaluatorSays");
        Random random = new Random(seed);
        List<List<String>> rows = List.copyOf(rows(random));
        try (TestDatabase postgres = TestPostgres.newDatabase();
                Connection connection = postgres.dataSource().getConnection()) {
            prepare(connection, rows);
            for (int i = 0; i < EXPRESSIONS; i++) {
                Node node = random.nextInt(4) == 0 ? conjunction(random) : node(random, 4);
                Set<List<String>> expected = selected(rows, node);
                CompiledFilter filter = PartitionFilter.compile(node.text(), keys());
                assertThat(query(connection, filter))
                        .as("%s -> %s (seed %s)", node.text(), filter, seed)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void selectsTheSameThroughGlue() {
        long seed = seed("selectsTheSameThroughGlue");
        Random random = new Random(seed);
        try (TestDatabase postgres = TestPostgres.newDatabase();
                Catalog catalog = Catalog.open(postgres.dataSource(), "123456789012")) {
            GlueClient glue = new GlueDispatcher(catalog.operations()).client();
            Set<List<String>> rows = rows(random);
            fill(glue, rows);
            for (int i = 0; i < EXPRESSIONS_OF_GLUE; i++) {
                Node node = random.nextBoolean() ? node(random, 3) : node(random, 3, random.nextInt(TYPES.size()));
                int pageSize = 1 + random.nextInt(30);
                List<List<String>> found = glue
                        .getPartitionsPaginator(request -> request.databaseName("d")
                                .tableName("t")
                                .expression(node.text())
                                .maxResults(pageSize))
                        .stream()
                        .flatMap(page -> page.partitions().stream())
                        .map(Partition::values)
                        .toList();
                assertThat(found)
                        .as("%s in pages of %s (seed %s)", node.text(), pageSize, seed)
                        .containsExactlyInAnyOrderElementsOf(selected(rows, node));
            }
        }
    }

    /** More values than are looked at one by one, so that all partitions are. */
    @Test
    void findsWhatIsLikeAPatternAmongVeryManyValues() {
        try (TestDatabase postgres = TestPostgres.newDatabase();
                Catalog catalog = Catalog.open(postgres.dataSource(), "123456789012")) {
            GlueClient glue = new GlueDispatcher(catalog.operations()).client();
            List<String> rest = List.of("2020-01-01", "1", "2020-01-01 00:00:00", "1", "true");
            Set<List<String>> rows = new LinkedHashSet<>();
            for (int i = 0; i < 10_200; i++) {
                rows.add(Stream.concat(Stream.of(String.format("v%05d", i)), rest.stream())
                        .toList());
            }
            fill(glue, rows);
            for (String pattern : List.of("%99", "v%99", "v101%9")) {
                Pattern expected = Pattern.compile(pattern.replace("%", ".*"));
                List<List<String>> found = glue
                        .getPartitionsPaginator(request -> request.databaseName("d")
                                .tableName("t")
                                .expression(keys().get(0).name() + " like '" + pattern + "'")
                                .maxResults(40))
                        .stream()
                        .flatMap(page -> page.partitions().stream())
                        .map(Partition::values)
                        .toList();
                assertThat(found)
                        .as(pattern)
                        .containsExactlyInAnyOrderElementsOf(rows.stream()
                                .filter(row -> expected.matcher(row.get(0)).matches())
                                .toList());
            }
        }
    }

    private static long seed(String test) {
        long seed = Long.getLong("mastic.seed", System.nanoTime());
        System.out.println("seed of " + test + ": " + seed);
        return seed;
    }

    private static Set<List<String>> selected(Collection<List<String>> rows, Node node) {
        return rows.stream().filter(row -> Boolean.TRUE.equals(node.test(row))).collect(Collectors.toSet());
    }

    private static void prepare(Connection connection, List<List<String>> rows) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create temporary table \"partition\" (values text[] collate \"C\" not null,"
                    + " keys text[] collate \"C\" not null)");
        }
        SortKeys keys = SortKeys.of(keys());
        try (PreparedStatement insert = connection.prepareStatement("insert into \"partition\" values (?, ?)")) {
            for (List<String> row : rows) {
                insert.setArray(1, connection.createArrayOf("text", row.toArray()));
                insert.setArray(
                        2, connection.createArrayOf("text", keys.encode(row).toArray()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Set<List<String>> query(Connection connection, CompiledFilter filter) throws SQLException {
        Set<List<String>> found = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement("select p.values from \"partition\" p where " + filter.sql())) {
            for (int i = 0; i < filter.parameters().size(); i++) {
                select.setString(i + 1, filter.parameters().get(i));
            }
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    found.add(List.of((String[]) result.getArray(1).getArray()));
                }
            }
        }
        return found;
    }

    private static List<Column> keys() {
        List<Column> keys = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            keys.add(Column.builder().name("k" + i).type(TYPES.get(i)).build());
        }
        return keys;
    }

    private static Set<List<String>> rows(Random random) {
        Set<List<String>> rows = new LinkedHashSet<>();
        while (rows.size() < PARTITIONS) {
            rows.add(VALUES.stream()
                    .map(values -> values.get(random.nextInt(values.size())))
                    .toList());
        }
        return rows;
    }

    private static void fill(GlueClient glue, Set<List<String>> rows) {
        glue.createDatabase(request -> request.databaseInput(input -> input.name("d")));
        glue.createTable(request ->
                request.databaseName("d").tableInput(input -> input.name("t").partitionKeys(keys())));
        List<List<String>> all = new ArrayList<>(rows);
        for (int from = 0; from < all.size(); from += 100) {
            List<PartitionInput> batch = all.subList(from, from + 100).stream()
                    .map(values -> PartitionInput.builder().values(values).build())
                    .toList();
            assertThat(glue.batchCreatePartition(request ->
                                    request.databaseName("d").tableName("t").partitionInputList(batch))
                            .errors())
                    .isEmpty();
        }
    }

    /** An expression with its meaning: true, false or null for unknown. */
    private record Node(String text, Function<List<String>, @Nullable Boolean> meaning) {
        @Nullable
        Boolean test(List<String> row) {
            return meaning.apply(row);
        }
    }

    private static Node node(Random random, int depth) {
        return node(random, depth, () -> leaf(random));
    }

    private static Node node(Random random, int depth, int key) {
        return node(random, depth, () -> leaf(random, key));
    }

    private static Node node(Random random, int depth, Supplier<Node> leaf) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return leaf.get();
        }
        Node left = node(random, depth - 1, leaf);
        Node right = node(random, depth - 1, leaf);
        return switch (random.nextInt(3)) {
            case 0 ->
                new Node("(" + left.text() + " AND " + right.text() + ")", row -> and(left.test(row), right.test(row)));
            case 1 ->
                new Node(
                        "(" + left.text() + " or " + right.text() + ")",
                        row -> not(and(not(left.test(row)), not(right.test(row)))));
            default -> new Node("NOT (" + left.text() + ")", row -> not(left.test(row)));
        };
    }

    /** Conditions on the first keys above all, for which bounds are derived. */
    private static Node conjunction(Random random) {
        Node all = leaf(random, 0);
        for (int more = random.nextInt(4); more > 0; more--) {
            Node left = all;
            Node right = leaf(random, random.nextInt(3));
            all = new Node(left.text() + " and " + right.text(), row -> and(left.test(row), right.test(row)));
        }
        return all;
    }

    private static Node leaf(Random random) {
        return leaf(random, random.nextInt(TYPES.size()));
    }

    private static Node leaf(Random random, int key) {
        Node leaf = positiveLeaf(random, key);
        return random.nextInt(4) == 0 ? new Node("not " + leaf.text(), row -> not(leaf.test(row))) : leaf;
    }

    private static Node positiveLeaf(Random random, int key) {
        String name = "k" + key;
        String one = literal(random, key);
        String two = literal(random, key);
        boolean negated = random.nextBoolean();
        String not = negated ? " not" : "";
        switch (random.nextInt(key == 0 ? 6 : 5)) {
            case 0:
                List<String> operators = List.of("=", "<>", "<", "<=", ">", ">=");
                String operator = operators.get(random.nextInt(operators.size()));
                return new Node(name + " " + operator + " " + quote(one), row -> {
                    Integer order = compare(key, row.get(key), one);
                    return order == null
                            ? null
                            : switch (operator) {
                                case "=" -> order == 0;
                                case "<>" -> order != 0;
                                case "<" -> order < 0;
                                case "<=" -> order <= 0;
                                case ">" -> order > 0;
                                default -> order >= 0;
                            };
                });
            case 1:
                return new Node(name + not + " in (" + quote(one) + ", " + quote(two) + ")", row -> {
                    Integer first = compare(key, row.get(key), one);
                    Integer second = compare(key, row.get(key), two);
                    return negateIf(negated, first == null || second == null ? null : first == 0 || second == 0);
                });
            case 2:
                return new Node(name + not + " between " + quote(one) + " and " + quote(two), row -> {
                    Integer low = compare(key, row.get(key), one);
                    Integer high = compare(key, row.get(key), two);
                    return negateIf(negated, low == null || high == null ? null : low >= 0 && high <= 0);
                });
            case 3:
                return new Node(
                        name + " is" + not + " null",
                        row -> row.get(key).equals("__HIVE_DEFAULT_PARTITION__") != negated);
            case 4:
                return new Node(
                        name + (negated ? " <> " : " = ") + "'__HIVE_DEFAULT_PARTITION__'",
                        row -> row.get(key).equals("__HIVE_DEFAULT_PARTITION__") != negated);
            default:
                String pattern = List.of(
                                "%", "a%", "_", "%b%", "a_b", "\\", "%\\%", "é", "\uD83D\uDE00%", LONG + "a%", "y%b")
                        .get(random.nextInt(11));
                return new Node(
                        name + not + " like " + quote(pattern), row -> negateIf(negated, like(row.get(0), pattern)));
        }
    }

    private static @Nullable Boolean like(String value, String pattern) {
        if (value.equals("__HIVE_DEFAULT_PARTITION__")) {
            return null;
        }
        StringBuilder regex = new StringBuilder();
        pattern.codePoints()
                .mapToObj(Character::toString)
                .map(c -> c.equals("%") ? ".*" : c.equals("_") ? "." : Pattern.quote(c))
                .forEach(regex::append);
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(value).matches();
    }

    private static String literal(Random random, int key) {
        while (true) {
            String value = VALUES.get(key).get(random.nextInt(VALUES.get(key).size()));
            if (parse(key, value) != null) {
                return value;
            }
        }
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static @Nullable Integer compare(int key, String stored, String literal) {
        Comparable<Object> value = parse(key, stored);
        Comparable<Object> other = parse(key, literal);
        return value == null || other == null ? null : Integer.signum(value.compareTo(other));
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Comparable<Object> parse(int key, String text) {
        if (text.equals("__HIVE_DEFAULT_PARTITION__")) {
            return null;
        }
        try {
            @Nullable
            Object value = switch (key) {
                // Code points sort as their UTF-8 bytes do; the chars of Java do not.
                case 0 -> text.codePoints().mapToObj("%08x"::formatted).collect(Collectors.joining());
                case 2 -> {
                    BigInteger integer = new BigInteger(text);
                    yield integer.bitLength() < Long.SIZE ? integer : null;
                }
                case 4 -> {
                    BigDecimal decimal = new BigDecimal(text);
                    yield decimal.precision() - decimal.scale() <= 1000 ? decimal : null;
                }
                case 5 ->
                    text.equalsIgnoreCase("true")
                            ? Boolean.TRUE
                            : text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
                case 1 -> LocalDate.parse(text);
                default ->
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay()
                            : LocalDateTime.parse(text.replace(' ', 'T'));
            };
            return (@Nullable Comparable<Object>) value;
        } catch (NumberFormatException | DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Boolean negateIf(boolean negated, @Nullable Boolean value) {
        return negated ? not(value) : value;
    }

    private static @Nullable Boolean not(@Nullable Boolean value) {
        return value == null ? null : !value;
    }

    private static @Nullable Boolean and(@Nullable Boolean left, @Nullable Boolean right) {
        if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
            return false;
        }
        return left == null || right == null ? null : Boolean.TRUE;
    }
}
