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
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares what PostgreSQL selects with a straightforward evaluator, on generated partitions and expressions. */
class PartitionFilterIT {
    private static final int EXPRESSIONS = 1500;
    private static final int PARTITIONS = 400;
    private static final List<String> TYPES = List.of("string", "int", "date", "timestamp");
    private static final List<String> TEXTS =
            List.of("", "a", "A", "b%", "a_b", "é", "10", "9", "\\", "z z", "__HIVE_DEFAULT_PARTITION__");
    private static final List<String> NUMBERS =
            List.of("-5", "0", "1", "1.0", "2", "10", "99999999999", "x", "", "__HIVE_DEFAULT_PARTITION__");
    private static final List<String> DATES =
            List.of("2020-02-29", "2021-01-01", "2021-12-31", "2021-02-30", "today", "__HIVE_DEFAULT_PARTITION__");
    private static final List<String> TIMES = List.of(
            "2020-02-29 00:00:00",
            "2020-02-29",
            "2020-02-29 23:59:59.999999",
            "2021-01-01 12:00:00.5",
            "2021-01-01 25:00:00",
            "__HIVE_DEFAULT_PARTITION__");
    private static final List<List<String>> VALUES = List.of(TEXTS, NUMBERS, DATES, TIMES);

    @Test
    void selectsWhatTheEvaluatorSays() {
        long seed = Long.getLong("mastic.seed", System.nanoTime());
        System.out.println("seed of selectsWhatTheEvaluatorSays: " + seed);
        Random random = new Random(seed);
        try (TestDatabase postgres = TestPostgres.newDatabase();
                Catalog catalog = Catalog.open(postgres.dataSource(), "123456789012")) {
            GlueClient glue = new GlueDispatcher(catalog.operations()).client();
            Set<List<String>> rows = fill(glue, random);
            for (int i = 0; i < EXPRESSIONS; i++) {
                Node node = node(random, 3);
                Set<List<String>> expected = rows.stream()
                        .filter(row -> Boolean.TRUE.equals(node.test(row)))
                        .collect(Collectors.toSet());
                Set<List<String>> found = glue
                        .getPartitions(request ->
                                request.databaseName("d").tableName("t").expression(node.text()))
                        .partitions()
                        .stream()
                        .map(Partition::values)
                        .collect(Collectors.toSet());
                assertThat(found).as("%s (seed %s)", node.text(), seed).isEqualTo(expected);
            }
        }
    }

    private static Set<List<String>> fill(GlueClient glue, Random random) {
        glue.createDatabase(request -> request.databaseInput(input -> input.name("d")));
        List<Column> keys = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            keys.add(Column.builder().name("k" + i).type(TYPES.get(i)).build());
        }
        glue.createTable(request ->
                request.databaseName("d").tableInput(input -> input.name("t").partitionKeys(keys)));
        Set<List<String>> rows = new HashSet<>();
        while (rows.size() < PARTITIONS) {
            rows.add(VALUES.stream()
                    .map(values -> values.get(random.nextInt(values.size())))
                    .toList());
        }
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
        return rows;
    }

    /** An expression with its meaning: true, false or null for unknown. */
    private record Node(String text, java.util.function.Function<List<String>, @Nullable Boolean> meaning) {
        @Nullable
        Boolean test(List<String> row) {
            return meaning.apply(row);
        }
    }

    private static Node node(Random random, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return leaf(random);
        }
        Node left = node(random, depth - 1);
        Node right = node(random, depth - 1);
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

    private static Node leaf(Random random) {
        int key = random.nextInt(TYPES.size());
        String name = "k" + key;
        String one = literal(random, key);
        String two = literal(random, key);
        switch (random.nextInt(key == 0 ? 5 : 4)) {
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
                return new Node(name + " in (" + quote(one) + ", " + quote(two) + ")", row -> {
                    Integer first = compare(key, row.get(key), one);
                    Integer second = compare(key, row.get(key), two);
                    return first == null || second == null ? null : first == 0 || second == 0;
                });
            case 2:
                return new Node(name + " between " + quote(one) + " and " + quote(two), row -> {
                    Integer low = compare(key, row.get(key), one);
                    Integer high = compare(key, row.get(key), two);
                    return low == null || high == null ? null : low >= 0 && high <= 0;
                });
            case 3:
                return new Node(name + " is null", row -> row.get(key).equals("__HIVE_DEFAULT_PARTITION__"));
            default:
                String pattern =
                        List.of("%", "a%", "_", "%b%", "a_b", "\\", "%\\%", "é").get(random.nextInt(8));
                return new Node(name + " like " + quote(pattern), row -> like(row.get(0), pattern));
        }
    }

    private static @Nullable Boolean like(String value, String pattern) {
        if (value.equals("__HIVE_DEFAULT_PARTITION__")) {
            return null;
        }
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '%' ? ".*" : c == '_' ? "." : java.util.regex.Pattern.quote(String.valueOf(c)));
        }
        return value.matches(regex.toString());
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
            Object value = switch (key) {
                case 0 -> text;
                case 1 -> new BigDecimal(text);
                case 2 -> LocalDate.parse(text);
                default ->
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay()
                            : LocalDateTime.parse(text.replace(' ', 'T'));
            };
            return (Comparable<Object>) value;
        } catch (NumberFormatException | DateTimeException e) {
            return null;
        }
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
