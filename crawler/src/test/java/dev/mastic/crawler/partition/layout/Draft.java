package dev.mastic.crawler.partition.layout;

import dev.mastic.crawler.classify.Classifiers;
import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.Compression;
import dev.mastic.crawler.classify.FileFormat;
import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.classify.Sample;
import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.HiveTypes;
import dev.mastic.crawler.partition.GroupingOptions;
import dev.mastic.crawler.partition.layout.Layout.Truth;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A layout in the making. */
final class Draft {
    static final String BUCKET = "bucket";
    private static final List<String> ENTITIES = List.of(
            "orders",
            "customers",
            "products",
            "payments",
            "shipments",
            "clicks",
            "sessions",
            "invoices",
            "employees",
            "sensors",
            "flights",
            "tickets",
            "reviews",
            "campaigns",
            "inventory",
            "devices",
            "transactions",
            "logs");
    private static final List<String> WORDS = List.of(
            "north",
            "south",
            "east",
            "west",
            "eu",
            "us",
            "apac",
            "emea",
            "acme",
            "globex",
            "initech",
            "umbrella",
            "hooli",
            "berlin",
            "paris",
            "tokyo",
            "lima",
            "oslo",
            "retail",
            "wholesale",
            "mobile",
            "web");

    final Random random;
    private final TreeMap<String, Optional<FileProfile>> files = new TreeMap<>();
    private final TreeMap<String, Integer> sizes = new TreeMap<>();
    private final List<Truth> truths = new ArrayList<>();
    private final List<Schema> schemas = new ArrayList<>();
    private final List<String> entities;
    private int sampleSize;
    private GroupingOptions options = GroupingOptions.DEFAULT;

    Draft(Random random) {
        this.random = random;
        this.entities = new ArrayList<>(ENTITIES);
        Collections.shuffle(entities, random);
        this.sampleSize = List.of(2, 5, 64).get(random.nextInt(3));
    }

    /** How the files of a table look. */
    record Look(FileFormat format, Compression compression, String extension) {
        Look packed() {
            return new Look(format, Compression.GZIP, extension + ".gz");
        }
    }

    static final Look CSV = new Look(new FileFormat.Csv(',', true), Compression.NONE, ".csv");
    static final Look BARE_CSV = new Look(new FileFormat.Csv('|', false), Compression.NONE, ".txt");
    /** A CSV with a header of which the classifier cannot tell, because all its columns are texts. */
    static final Look LOST_HEADER = new Look(new FileFormat.Csv(',', false), Compression.NONE, ".csv");

    static final Look JSON = new Look(new FileFormat.JsonLines(), Compression.NONE, ".json");
    static final Look PARQUET = new Look(new FileFormat.Parquet(), Compression.NONE, ".parquet");

    Look look() {
        return List.of(CSV, CSV, CSV.packed(), JSON, JSON.packed(), PARQUET, PARQUET)
                .get(random.nextInt(7));
    }

    Look textLook() {
        return List.of(CSV, JSON, CSV.packed(), JSON.packed()).get(random.nextInt(4));
    }

    String entity() {
        return entities.remove(0);
    }

    Schema schema() {
        Schema schema = Schema.unlike(random, schemas);
        schemas.add(schema);
        return schema;
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** Somewhere below the bucket: the root, or a folder or two. */
    String place() {
        return List.of("", "data/", "raw/landing/", "lake/").get(random.nextInt(4));
    }

    List<String> words(int count) {
        List<String> words = new ArrayList<>(WORDS);
        Collections.shuffle(words, random);
        return words.subList(0, count);
    }

    /** Days in order, with gaps. */
    List<LocalDate> days(int count) {
        LocalDate start = LocalDate.of(2019 + random.nextInt(7), 1 + random.nextInt(12), 1 + random.nextInt(28));
        return IntStream.range(0, count)
                .mapToObj(i -> start.plusDays(i < 5 ? i : i + 9L))
                .toList();
    }

    void sampleAll() {
        sampleSize = 64;
    }

    void options(GroupingOptions given) {
        options = given;
    }

    Table table(String root, Look look, Schema schema, String... keys) {
        Truth truth = new Truth(root, List.of(keys), new TreeMap<>());
        truths.add(truth);
        return new Table(truth, look, schema);
    }

    /** A table in the making. */
    final class Table {
        private final Truth truth;
        private Look look;
        private Schema schema;

        private Table(Truth truth, Look look, Schema schema) {
            this.truth = truth;
            this.look = look;
            this.schema = schema;
        }

        Schema schema() {
            return schema;
        }

        /** From now on the files have another schema. */
        Table evolve(Schema newer) {
            schema = newer;
            return this;
        }

        Table look(Look other) {
            look = other;
            return this;
        }

        /** Some files in a folder below the root. */
        Table files(int count, String folder, String... values) {
            String stem = List.of("part-", "data_", "export-", "f").get(random.nextInt(4));
            for (int i = 0; i < count; i++) {
                String key = truth.root()
                        + folder
                        + stem
                        + String.format(Locale.ROOT, "%05d", i)
                        + (random.nextBoolean() ? "-" + Integer.toHexString(random.nextInt()) : "")
                        + look.extension();
                file(key, List.of(values));
            }
            return this;
        }

        /** The table's single file, at its root or at a name below it. */
        Table file(String key, List<String> values) {
            put(key, 1000 + random.nextInt(1_000_000), Optional.of(look), schema);
            truth.values().put(key, values);
            return this;
        }

        /** A file of many megabytes. */
        Table bigFile(String key, List<String> values) {
            put(key, 50_000_000 + random.nextInt(1_000_000), Optional.of(look), schema);
            truth.values().put(key, values);
            return this;
        }
    }

    private void put(String key, int size, Optional<Look> look, Schema schema) {
        StoredObject object = new StoredObject(BUCKET, key, size, Instant.EPOCH.plusSeconds(random.nextInt(1_000_000)));
        sizes.put(key, size);
        files.put(key, look.map(each -> profile(object, each, schema)));
    }

    /** What a classifier says of a file: with the doubts that samples leave. */
    private FileProfile profile(StoredObject object, Look look, Schema schema) {
        boolean text = !(look.format() instanceof FileFormat.Parquet);
        boolean bare = look.format() instanceof FileFormat.Csv csv && !csv.header();
        List<ColumnProfile> columns = new ArrayList<>();
        for (String column : schema.columns()) {
            int space = column.indexOf(' ');
            String name = bare ? "col" + columns.size() : column.substring(0, space);
            columns.add(new ColumnProfile(name, seen(HiveTypes.parse(column.substring(space + 1)), text), null));
        }
        if (look.format() instanceof FileFormat.JsonLines) {
            if (columns.size() > 4 && random.nextInt(3) == 0) {
                columns.remove(1 + random.nextInt(columns.size() - 1));
            }
            Collections.shuffle(columns, random);
        }
        return new FileProfile(
                object, look.format(), look.compression(), columns, false, 10, true, 1000, List.of(), List.of());
    }

    private ColumnType seen(ColumnType type, boolean text) {
        if (text && random.nextInt(30) == 0) {
            return Plain.UNKNOWN;
        } else if (text && type == Plain.BIGINT && random.nextInt(20) == 0) {
            return Plain.DOUBLE;
        } else if (text && type == Plain.TIMESTAMP && random.nextInt(20) == 0) {
            return Plain.STRING;
        }
        return type;
    }

    /** A file that is no data, with its real content, through the real classifiers. */
    void stray(String key, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        StoredObject object = new StoredObject(BUCKET, key, bytes.length, Instant.EPOCH);
        sizes.put(key, bytes.length);
        Optional<FileProfile> profile = Optional.empty();
        if (bytes.length > 0) {
            try {
                profile = Optional.of(Classifiers.classify(new Sample(object, bytes, true)));
            } catch (UnreadableFileException e) {
                profile = Optional.empty();
            }
        }
        files.put(key, profile);
    }

    /** Puts what is no data into some of the folders: the truth stays the same. */
    void sprinkle() {
        List<String> strays = List.of(
                "_SUCCESS",
                "_started_77",
                ".part-0.crc",
                "part-0.csv.md5",
                "README.md",
                "core.bin",
                "empty.csv",
                "x_$folder$");
        for (String key : List.copyOf(files.keySet())) {
            if (random.nextInt(4) == 0) {
                String name = strays.get(random.nextInt(strays.size()));
                String stray = key.substring(0, key.lastIndexOf('/') + 1) + name;
                if (!files.containsKey(stray)) {
                    stray(stray, name.equals("core.bin") ? "x\0\1\2y" : name.equals("empty.csv") ? "" : "a note\n");
                }
            }
        }
    }

    Layout layout(String kind, long seed) {
        return new Layout(kind, seed, files, sizes, List.copyOf(truths), sampleSize, options);
    }
}
