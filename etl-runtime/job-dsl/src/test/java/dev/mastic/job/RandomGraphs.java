package dev.mastic.job;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Graphs of every kind of step, source and expression, by a seed. */
final class RandomGraphs {
    private static final String TEXT = "aZ_0 '\"\\\n\t\u0001ß漢😀%{}[]:,";
    private final Random random;

    RandomGraphs(long seed) {
        random = new Random(seed);
    }

    JobGraph next() {
        List<Step> steps = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            String input = steps.isEmpty()
                    ? ""
                    : steps.get(random.nextInt(steps.size())).name();
            steps.add(steps.isEmpty() ? new Step.Read("s0", source()) : step("s" + i, input));
        }
        return new JobGraph(text(), steps);
    }

    private Step step(String name, String input) {
        return switch (random.nextInt(9)) {
            case 0 -> new Step.Read(name, source());
            case 1 -> new Step.Select(name, input, List.of(column(), column()));
            case 2 -> new Step.Rename(name, input, column(), column());
            case 3 -> new Step.Drop(name, input, List.of(column()));
            case 4 -> new Step.Derive(name, input, column(), expression(4));
            case 5 -> new Step.Filter(name, input, expression(4));
            case 6 ->
                new Step.Join(
                        name,
                        input,
                        "s0",
                        random.nextBoolean() ? JoinKind.INNER : JoinKind.LEFT,
                        List.of(Dsl.on(column(), column())));
            case 7 -> new Step.Aggregate(name, input, List.of(column()), List.of(aggregation()));
            default -> new Step.Write(name, input, output(name));
        };
    }

    private Source source() {
        boolean onlyNew = random.nextBoolean();
        FileOptions reading = random.nextBoolean() ? null : options();
        return switch (random.nextInt(10)) {
            case 9 ->
                new DynamoDb(
                        "t." + column(),
                        1 + random.nextInt(9),
                        1 + random.nextInt(99),
                        random.nextBoolean(),
                        List.of());
            case 8 -> jdbc();
            case 0 ->
                new Csv(
                        "s3://b/" + text(),
                        random.nextBoolean(),
                        ";",
                        "'",
                        "\\",
                        random.nextBoolean(),
                        random.nextBoolean() ? null : text(),
                        List.of(new Field(column(), "bigint")),
                        onlyNew,
                        reading);
            case 1 -> new Json("s3://b/" + text(), List.of(), random.nextBoolean(), onlyNew, reading);
            case 2 -> new Parquet("s3://b/" + text(), onlyNew, reading);
            case 3 -> new Orc("s3://b/" + text(), onlyNew, reading);
            case 4 -> new Avro("s3://b/" + text(), onlyNew, reading);
            case 5 ->
                new Xml("s3://b/" + text(), text(), List.of(new Field(column(), "array<string>")), onlyNew, reading);
            case 6 -> new TextLines("s3://b/" + text(), onlyNew, reading);
            default ->
                new CatalogTable(
                        new TableName(column(), column()), random.nextBoolean() ? null : text(), onlyNew, reading);
        };
    }

    private FileOptions options() {
        boolean column = random.nextBoolean();
        boolean files = random.nextBoolean();
        return new FileOptions(
                random.nextBoolean() ? List.of() : List.of(text(), "**/*.tmp"),
                any(FileOptions.Folders.values()),
                any(FileOptions.ChangedFiles.values()),
                files ? random.nextInt(9) : 0,
                files ? 0 : random.nextInt(9),
                random.nextBoolean() ? null : any(FileOptions.SchemaDrift.values()),
                column ? FileOptions.BadRows.COLUMN : FileOptions.BadRows.DROP,
                column ? column() : null,
                random.nextBoolean() ? null : "Europe/Berlin",
                any(FileOptions.KeysInFiles.values()));
    }

    private Jdbc jdbc() {
        JdbcConnection connection = Jdbc.connection(column());
        Jdbc source = random.nextBoolean() ? connection.table("mart." + column()) : connection.query("q" + text());
        source = switch (random.nextInt(4)) {
            case 0 -> source.partitionedBy(column(), 3);
            case 1 -> source.partitionedBy(column(), 4, text(), text());
            case 2 -> source.hashedBy(column(), 5);
            default -> source;
        };
        source = random.nextBoolean() ? source.fetchSize(10 + random.nextInt(10)) : source;
        return random.nextBoolean() ? source.newRowsBy(column(), "id").lagSeconds(random.nextInt(9)) : source;
    }

    private Target output(String name) {
        if (random.nextInt(5) == 0) {
            return DynamoDb.table("t-" + name).put().writePercent(1 + random.nextInt(99));
        }
        if (random.nextInt(3) == 0) {
            Jdbc table = Jdbc.connection("warehouse").table("mart." + name);
            JdbcOutput output = switch (random.nextInt(3)) {
                case 0 -> table.append();
                case 1 -> table.mergeOn("id", column());
                default -> table.replace();
            };
            output = random.nextBoolean() ? output.createWhenMissing() : output;
            return random.nextBoolean() ? output.refusedTo("mart.refused", 1 + random.nextInt(9)) : output;
        }
        return new FileOutput(
                "s3://out/" + name,
                format(),
                random.nextBoolean() ? List.of() : List.of("year", "month"),
                random.nextBoolean() ? null : new TableName(column(), column()),
                any(WriteMode.values()),
                any(SchemaChange.values()),
                random.nextBoolean() ? List.of() : List.of(column()),
                random.nextInt(3),
                random.nextInt(3));
    }

    private FileFormat format() {
        return switch (random.nextInt(5)) {
            case 0 -> new FileFormat.Parquet(Compression.ZSTD);
            case 1 -> new FileFormat.Orc(Compression.ZLIB);
            case 2 -> new FileFormat.Avro(Compression.XZ);
            case 3 -> new FileFormat.JsonLines(Compression.GZIP);
            default -> new FileFormat.DelimitedText(Compression.NONE, random.nextBoolean(), "\t", "'", "\\");
        };
    }

    private <E> E any(E[] values) {
        return values[random.nextInt(values.length)];
    }

    private Aggregation.Named aggregation() {
        return random.nextBoolean()
                ? Dsl.count().as(column())
                : Dsl.sum(expression(2)).as(column());
    }

    private Expression expression(int depth) {
        if (depth == 0) {
            return random.nextBoolean() ? Dsl.col(column()) : literal();
        }
        Expression a = expression(depth - 1);
        return switch (random.nextInt(10)) {
            case 0 ->
                new Expression.Binary(
                        BinaryOperator.values()[random.nextInt(BinaryOperator.values().length)],
                        a,
                        expression(depth - 1));
            case 1 -> Dsl.not(a);
            case 2 -> a.isNotNull();
            case 3 -> a.in(literal(), literal());
            case 4 -> a.like(text());
            case 5 -> a.cast("decimal(10,2)");
            case 6 ->
                new Expression.Call(Function.values()[random.nextInt(Function.values().length)], List.of(a, literal()));
            case 7 -> Dsl.when(a, literal()).when(literal(), 1).otherwise(Dsl.nothing());
            case 8 -> Dsl.expr("x" + text());
            default -> a.isNull();
        };
    }

    private Expression literal() {
        return switch (random.nextInt(7)) {
            case 0 -> Dsl.lit(text());
            case 1 -> Dsl.lit(random.nextInt());
            case 2 -> Dsl.lit(random.nextLong());
            case 3 -> Dsl.lit(random.nextGaussian());
            case 4 -> Dsl.lit(new BigDecimal(random.nextInt()).movePointLeft(3));
            case 5 -> Dsl.lit(LocalDate.ofEpochDay(random.nextInt(20_000)));
            default -> Dsl.lit(Instant.ofEpochSecond(random.nextInt()));
        };
    }

    private String column() {
        return "c" + random.nextInt(5);
    }

    private String text() {
        StringBuilder text = new StringBuilder("t");
        int[] points = TEXT.codePoints().toArray();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }
}
