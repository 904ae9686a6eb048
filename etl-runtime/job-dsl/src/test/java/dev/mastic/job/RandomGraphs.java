package dev.mastic.job;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Graphs of every kind of step, source, target and expression, by a seed. */
final class RandomGraphs {
    private final Random random;
    private final RandomExpressions expressions;

    RandomGraphs(long seed) {
        random = new Random(seed);
        expressions = new RandomExpressions(random);
    }

    JobGraph next() {
        List<Step> steps = new ArrayList<>(List.of(new Step.Read("s0", source())));
        List<String> frames = new ArrayList<>(List.of("s0"));
        StepNames names = new StepNames();
        names.add("s0");
        for (int i = 1 + random.nextInt(14); i > 0; i--) {
            Function<String, Step> maker = step(one(frames), frames);
            Step probe = maker.apply("probe");
            String name = "s" + steps.size() + (random.nextBoolean() ? "" : "_class");
            if (!probe.kind().isEmpty() && random.nextInt(4) > 0) {
                name = names.after(probe.inputs().get(0), probe.kind());
            }
            Step step = maker.apply(name);
            names.add(step.name());
            steps.add(step);
            if (step instanceof BranchStep branch) {
                List<String> outputs = branch.outputs().isEmpty() ? List.of("root", "root_a.val.b") : branch.outputs();
                for (String output : outputs.subList(0, 1 + random.nextInt(outputs.size()))) {
                    steps.add(new Step.Output(name + "." + output, name, output));
                    frames.add(name + "." + output);
                    names.add(name + "." + output);
                }
            } else if (!(step instanceof Step.Write)) {
                frames.add(name);
            }
        }
        return new JobGraph(text(), steps);
    }

    private Function<String, Step> step(String input, List<String> frames) {
        String other = one(frames);
        List<SortKey> keys = keys();
        Expression e = expressions.next(3);
        Expression f = expressions.next(2);
        List<String> columns = columns();
        String text = text();
        boolean coin = random.nextBoolean();
        List<Aggregation.Named> aggregations = aggregations();
        Source source = source();
        Over over = over();
        JoinKind kind = JoinKind.values()[random.nextInt(JoinKind.values().length)];
        Choice choice = choice();
        return switch (random.nextInt(28)) {
            case 0 -> name -> new Step.Read(name, source);
            case 1 -> name -> new ColumnStep.Select(name, input, columns);
            case 2 -> name -> new ColumnStep.Rename(name, input, text, "c1");
            case 3 -> name -> new ColumnStep.Drop(name, input, columns);
            case 4, 5 -> name -> new ColumnStep.Derive(name, input, text, e);
            case 6, 7 -> name -> new RowStep.Filter(name, input, e);
            case 8, 9 ->
                name -> new CombineStep.Join(
                        name, input, other, kind, kind == JoinKind.CROSS ? List.of() : List.of(Dsl.on("a", text)));
            case 10 -> name -> new GroupStep.Aggregate(name, input, columns, aggregations);
            case 11 -> name -> new GroupStep.Pivot(name, input, columns, "p", List.of(Dsl.lit(text), f), aggregations);
            case 12 -> name -> new GroupStep.Unpivot(name, input, "k", "v", columns);
            case 13 -> name -> new GroupStep.Window(name, input, over, windowColumns(aggregations));
            case 14 -> name -> new ColumnStep.CastColumns(name, input, List.of(new Field("c0", "decimal(10,2)")));
            case 15 -> name -> new ColumnStep.FillNulls(name, input, "c0", f);
            case 16 -> name -> coin ? new ColumnStep.DropNullColumns(name, input) : new RowStep.Distinct(name, input);
            case 17 -> name -> new ColumnStep.ResolveChoice(name, input, List.of(choice));
            case 18 ->
                name -> new RowStep.Deduplicate(
                        name, input, columns, keys, coin ? RowStep.Keep.FIRST : RowStep.Keep.LAST);
            case 19 -> name -> coin ? new RowStep.Sort(name, input, keys) : new RowStep.Limit(name, input, 7);
            case 20 ->
                name -> new RowStep.DropNullRows(name, input, columns, coin ? RowStep.Nulls.ANY : RowStep.Nulls.ALL);
            case 21 ->
                name -> new CombineStep.Union(
                        name, List.of(input, other), coin ? CombineStep.Columns.SAME : CombineStep.Columns.ANY);
            case 22 ->
                name -> new NestedStep.Explode(
                        name,
                        input,
                        text,
                        coin ? NestedStep.Empty.DROP : NestedStep.Empty.KEEP,
                        text.length() > 3 ? "p" : null);
            case 23 -> name -> new NestedStep.Flatten(name, input, coin ? "_" : ".");
            case 24 -> name -> branch(name, input, e, text, coin);
            case 25 ->
                name -> new CodeStep.Sql(
                        name,
                        coin ? "select a,\n  b\nfrom x" : "select " + text + "\nfrom x",
                        List.of(new CodeStep.Sql.Frames("x", input), new CodeStep.Sql.Frames("y", other)));
            case 26 ->
                name -> new CodeStep.Transform(
                        name, input, text, List.of(Dsl.option("a", 1), Dsl.option("b", text), Dsl.option("c", 0.5)));
            default -> {
                Target target = output("o" + random.nextInt(1_000_000));
                yield name -> new Step.Write(name, input, target);
            }
        };
    }

    private BranchStep branch(String name, String input, Expression condition, String text, boolean coin) {
        Random choice = new Random(text.hashCode());
        return switch (choice.nextInt(3)) {
            case 0 -> new BranchStep.Split(name, input, List.of(Dsl.route("eu", condition)));
            case 1 ->
                new BranchStep.Check(
                        name,
                        input,
                        coin ? new Tolerance.All() : coin(choice, text),
                        List.of(Dsl.rule(text, condition), Dsl.complete("a", "b"), Dsl.oneOf("c", 1, "x")));
            default -> new BranchStep.Relationalize(name, input);
        };
    }

    private static Tolerance coin(Random choice, String text) {
        return choice.nextBoolean() ? Dsl.atMostRows(text.length()) : Dsl.atMostRatio(0.125);
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

    private List<Aggregation.Named> aggregations() {
        Aggregation.Kind kind = Aggregation.Kind.values()[random.nextInt(Aggregation.Kind.values().length)];
        Aggregation aggregation = new Aggregation(kind, expressions.arguments(kind.signature()), null);
        return List.of(
                (random.nextBoolean() ? aggregation : aggregation.where(expressions.next(2))).as("x"),
                Dsl.count().as("y"));
    }

    private List<WindowColumn> windowColumns(List<Aggregation.Named> aggregations) {
        Ranking.Kind kind = Ranking.Kind.values()[random.nextInt(Ranking.Kind.values().length)];
        return List.of(aggregations.get(0), new Ranking(kind, expressions.arguments(kind.signature())).as("z"));
    }

    private Over over() {
        Over over = Dsl.over(columns().toArray(String[]::new)).orderBy(keys().toArray(SortKey[]::new));
        return switch (random.nextInt(6)) {
            case 0 -> over;
            case 1 -> Dsl.over();
            case 2 -> over.rowsFromStart();
            case 3 -> over.rowsToEnd();
            case 4 -> over.allRows();
            default -> over.rowsBetween(-3, random.nextBoolean() ? 1 : Integer.MAX_VALUE);
        };
    }

    private Choice choice() {
        Choice.Of of = Dsl.choice("c1");
        return switch (random.nextInt(4)) {
            case 0 -> of.cast("double");
            case 1 -> of.project("int");
            case 2 -> of.makeColumns("int", "string");
            default -> of.makeStruct("int", "string");
        };
    }

    private List<SortKey> keys() {
        SortKey key = random.nextBoolean() ? Dsl.asc(text()) : Dsl.desc(expressions.next(2));
        return List.of(Dsl.asc("c1"), random.nextBoolean() ? key.nullsFirst() : key.nullsLast());
    }

    private List<String> columns() {
        return random.nextBoolean() ? List.of("c1", "c2") : List.of("t" + random.nextInt(9));
    }

    private String column() {
        return "c" + random.nextInt(5);
    }

    private String one(List<String> frames) {
        return frames.get(random.nextInt(frames.size()));
    }

    private String text() {
        return expressions.text();
    }

    /** Expressions by the same random numbers. */
    private static final class RandomExpressions {
        private static final String TEXT = "aZ_0 '\"\\\n\t\u0001\u007f\u0085\u2028ß漢😀%{}[]:,";
        private final Random random;

        RandomExpressions(Random random) {
            this.random = random;
        }

        Expression next(int depth) {
            if (depth == 0) {
                return random.nextBoolean() ? Dsl.col(text()) : literal();
            }
            Expression a = next(depth - 1);
            return switch (random.nextInt(13)) {
                case 0, 1 -> binary(a, next(depth - 1));
                case 2 -> Dsl.not(a);
                case 3 -> a.isNotNull();
                case 4 -> a.in(literal(), next(depth - 1));
                case 5 -> a.like(text());
                case 6 -> random.nextBoolean() ? a.cast("decimal(10,2)") : a.tryCast("date");
                case 7, 8, 9 -> call();
                case 10 -> Dsl.when(a, literal()).when(literal(), 1).otherwise(Dsl.nothing());
                case 11 -> random.nextBoolean() ? Dsl.expr("x" + text()) : a.member("f");
                default -> a.isNull();
            };
        }

        private Expression binary(Expression a, Expression b) {
            BinaryOperator operator = BinaryOperator.values()[random.nextInt(BinaryOperator.values().length)];
            return new Expression.Binary(operator, a, b);
        }

        private Expression call() {
            dev.mastic.job.Function[] all = dev.mastic.job.Function.values();
            dev.mastic.job.Function function = all[random.nextInt(all.length)];
            return new Expression.Call(function, arguments(function.signature()));
        }

        List<Expression> arguments(Signature signature) {
            String way = signature.ways().get(random.nextInt(signature.ways().size()));
            List<Expression> arguments = new ArrayList<>();
            for (char kind : way.toCharArray()) {
                switch (kind) {
                    case 'T' -> arguments.add(Dsl.lit(text()));
                    case 'I' -> arguments.add(Dsl.lit(random.nextInt()));
                    case 'D' -> arguments.add(Dsl.lit(random.nextDouble()));
                    case 'E', 'V' -> arguments.add(next(random.nextInt(2)));
                    default -> {
                        for (int i = random.nextInt(3); i > 0; i--) {
                            arguments.add(next(random.nextInt(2)));
                        }
                    }
                }
            }
            return arguments;
        }

        private Expression literal() {
            return switch (random.nextInt(9)) {
                case 0 -> Dsl.lit(text());
                case 1 -> Dsl.lit(random.nextInt());
                case 2 -> Dsl.lit(random.nextLong());
                case 3 -> Dsl.lit(random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian());
                case 4 -> Dsl.lit(new BigDecimal(random.nextInt()).movePointLeft(3));
                case 5 -> Dsl.lit(LocalDate.ofEpochDay(random.nextInt(20_000)));
                case 6 -> Dsl.nothing();
                case 7 -> Dsl.lit(random.nextBoolean());
                default -> Dsl.lit(Instant.ofEpochSecond(random.nextInt()));
            };
        }

        String text() {
            StringBuilder text = new StringBuilder("t");
            int[] points = TEXT.codePoints().toArray();
            for (int i = random.nextInt(8); i > 0; i--) {
                text.appendCodePoint(points[random.nextInt(points.length)]);
            }
            return text.toString();
        }
    }
}
