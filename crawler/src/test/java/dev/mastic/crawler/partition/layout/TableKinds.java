package dev.mastic.crawler.partition.layout;

import dev.mastic.crawler.partition.GroupingOptions;
import dev.mastic.crawler.partition.layout.Draft.Look;
import dev.mastic.crawler.partition.layout.Draft.Table;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Layouts of several tables in one bucket. */
final class TableKinds {
    private TableKinds() {}

    static Map<String, Consumer<Draft>> all() {
        Map<String, Consumer<Draft>> kinds = new LinkedHashMap<>();
        kinds.put("flat tables side by side", TableKinds::flatTables);
        kinds.put("tables with audit columns in common", TableKinds::auditedTables);
        kinds.put("partitioned tables side by side", TableKinds::partitionedTables);
        kinds.put("tables of one key side by side", TableKinds::sameKey);
        kinds.put("partitioned beside flat tables", TableKinds::mixedTables);
        kinds.put("layers of a lake", TableKinds::layers);
        kinds.put("the same tables in each region", TableKinds::tablesPerRegion);
        kinds.put("one file per table", TableKinds::filePerTable);
        kinds.put("many files, one table each", TableKinds::manyFilesPerTable);
        kinds.put("lookup files beside tables", TableKinds::lookups);
        kinds.put("one data set in several formats", TableKinds::formats);
        kinds.put("one data set in several formats, by day", TableKinds::formatsByDay);
        kinds.put("a compressed copy beside", TableKinds::compressedCopy);
        kinds.put("most folders alike, one other", TableKinds::mostAlike);
        kinds.put("another table beside date folders", TableKinds::besideDates);
        kinds.put("archive beside hive partitions", TableKinds::besideHive);
        kinds.put("too few alike", TableKinds::tooFewAlike);
        kinds.put("CombineCompatibleSchemas", TableKinds::combined);
        kinds.put("TableLevelConfiguration", TableKinds::level);
        kinds.put("a table in a deep folder", TableKinds::deep);
        return kinds;
    }

    /** One table in the form of flat files, days by key, or dates as folders. */
    private static void fill(Draft draft, String root, Schema schema, int form) {
        Look look = draft.look();
        switch (form) {
            case 0 -> draft.table(root, look, schema).files(draft.between(1, 6), "");
            case 1 -> {
                Table table = draft.table(root, look, schema, "dt");
                draft.days(draft.between(2, 8)).forEach(day -> table.files(1, "dt=" + day + "/", day.toString()));
            }
            case 2 -> {
                Table table = draft.table(root, look, schema, "partition_0", "partition_1", "partition_2");
                for (LocalDate day : draft.days(draft.between(2, 8))) {
                    String path = DateTimeFormatter.ofPattern("yyyy/MM/dd").format(day);
                    table.files(1, path + "/", path.split("/"));
                }
            }
            default -> {
                Table table = draft.table(root, look, schema, "year", "region");
                for (int year = 2020; year < 2020 + draft.between(2, 4); year++) {
                    for (String word : draft.words(2)) {
                        table.files(1, "year=" + year + "/region=" + word + "/", String.valueOf(year), word);
                    }
                }
            }
        }
    }

    private static void flatTables(Draft draft) {
        String place = draft.place();
        for (int i = 0; i < draft.between(2, 8); i++) {
            fill(draft, place + draft.entity() + "/", draft.schema(), 0);
        }
    }

    private static void auditedTables(Draft draft) {
        String place = draft.place();
        int form = draft.random.nextInt(2);
        for (int i = 0; i < draft.between(2, 6); i++) {
            fill(draft, place + draft.entity() + "/", draft.schema().audited(), form);
        }
    }

    private static void partitionedTables(Draft draft) {
        String place = draft.place();
        for (int i = 0; i < draft.between(2, 6); i++) {
            fill(draft, place + draft.entity() + "/", draft.schema(), 1 + draft.random.nextInt(3));
        }
    }

    private static void sameKey(Draft draft) {
        String place = draft.place();
        for (int i = 0; i < draft.between(2, 9); i++) {
            fill(draft, place + draft.entity() + "/", draft.schema(), 1);
        }
    }

    private static void mixedTables(Draft draft) {
        String place = draft.place();
        for (int i = 0; i < draft.between(3, 8); i++) {
            fill(draft, place + draft.entity() + "/", draft.schema(), i % 4);
        }
    }

    private static void layers(Draft draft) {
        for (String layer : List.of("raw/sales/", "raw/web/", "curated/", "marts/finance/eu/")) {
            for (int i = 0; i < draft.between(1, 3); i++) {
                fill(draft, layer + draft.entity() + "/", draft.schema(), draft.random.nextInt(4));
            }
        }
    }

    private static void tablesPerRegion(Draft draft) {
        int forms = draft.random.nextInt(4);
        List<String> names = List.of(draft.entity(), draft.entity(), draft.entity());
        List<Schema> schemas = List.of(draft.schema(), draft.schema(), draft.schema());
        for (String region : draft.words(draft.between(2, 4))) {
            for (int i = 0; i < names.size(); i++) {
                fill(draft, region + "/" + names.get(i) + "/", schemas.get(i), (forms + i) % 4);
            }
        }
    }

    private static void filePerTable(Draft draft) {
        draft.sampleAll();
        String place = draft.place();
        Look look = draft.look();
        for (int i = 0; i < draft.between(2, 12); i++) {
            String key = place + draft.entity() + look.extension();
            draft.table(key, look, draft.schema()).file(key, List.of());
        }
    }

    private static void manyFilesPerTable(Draft draft) {
        draft.sampleAll();
        String place = draft.place();
        for (int i = 0; i < draft.between(21, 40); i++) {
            String key = place + "ref_" + i + ".csv";
            draft.table(key, Draft.CSV, draft.schema()).file(key, List.of());
        }
    }

    private static void lookups(Draft draft) {
        draft.sampleAll();
        String place = draft.place();
        for (int i = 0; i < draft.between(2, 4); i++) {
            fill(draft, place + draft.entity() + "/", draft.schema(), i % 4);
        }
        for (int i = 0; i < draft.between(1, 2); i++) {
            String key = place + draft.entity() + ".csv";
            draft.table(key, Draft.CSV, draft.schema()).file(key, List.of());
        }
    }

    private static void formats(Draft draft) {
        String place = draft.place() + draft.entity() + "/";
        Schema schema = draft.schema();
        draft.table(place + "csv/", Draft.CSV, schema).files(draft.between(1, 4), "");
        draft.table(place + "parquet/", Draft.PARQUET, schema).files(draft.between(1, 4), "");
        if (draft.random.nextBoolean()) {
            draft.table(place + "json/", Draft.JSON, schema).files(draft.between(1, 4), "");
        }
    }

    private static void formatsByDay(Draft draft) {
        String place = draft.place() + draft.entity() + "/";
        Schema schema = draft.schema();
        Table csv = draft.table(place + "csv/", Draft.CSV, schema, "dt");
        Table parquet = draft.table(place + "parquet/", Draft.PARQUET, schema, "dt");
        for (LocalDate day : draft.days(draft.between(2, 8))) {
            csv.files(1, "dt=" + day + "/", day.toString());
            parquet.files(1, "dt=" + day + "/", day.toString());
        }
    }

    private static void compressedCopy(Draft draft) {
        String place = draft.place() + draft.entity() + "/";
        Schema schema = draft.schema();
        Look look = draft.random.nextBoolean() ? Draft.CSV : Draft.JSON;
        draft.table(place + "plain/", look, schema).files(draft.between(1, 4), "");
        draft.table(place + "gzip/", look.packed(), schema).files(draft.between(1, 4), "");
    }

    private static void mostAlike(Draft draft) {
        String place = draft.place() + "shops/";
        Look look = draft.look();
        Table table = draft.table(place, look, draft.schema(), "partition_0");
        draft.words(draft.between(4, 9)).forEach(word -> table.files(draft.between(1, 2), word + "/", word));
        draft.table(place + "reference/", look, draft.schema()).files(draft.between(1, 2), "");
    }

    private static void besideDates(Draft draft) {
        String place = draft.place() + draft.entity() + "/";
        Look look = draft.look();
        Table table = draft.table(place, look, draft.schema(), "partition_0");
        draft.days(draft.between(2, 12)).forEach(day -> table.files(1, day + "/", day.toString()));
        draft.table(place + "dictionary/", look, draft.schema()).files(draft.between(1, 2), "");
    }

    private static void besideHive(Draft draft) {
        String place = draft.place() + draft.entity() + "/";
        Table table = draft.table(place, draft.look(), draft.schema(), "dt");
        draft.days(draft.between(2, 12)).forEach(day -> table.files(1, "dt=" + day + "/", day.toString()));
        Schema other = draft.random.nextBoolean() ? table.schema() : draft.schema();
        draft.table(place + "archive/", draft.look(), other).files(draft.between(1, 3), "");
    }

    private static void tooFewAlike(Draft draft) {
        String place = draft.place() + "mixed/";
        Look look = draft.look();
        Schema common = draft.schema();
        List<String> words = draft.words(5);
        for (int i = 0; i < 5; i++) {
            draft.table(place + words.get(i) + "/", look, i < 3 ? common : draft.schema())
                    .files(draft.between(1, 3), "");
        }
    }

    private static void combined(Draft draft) {
        draft.options(new GroupingOptions(true, OptionalInt.empty()));
        Table table = draft.table(draft.entity() + "/", Draft.JSON, draft.schema(), "year");
        for (int year = 2017; year < 2017 + draft.between(2, 5); year++) {
            table.evolve(draft.schema().without(0)).files(2, "year=" + year + "/", String.valueOf(year));
        }
    }

    private static void level(Draft draft) {
        draft.options(new GroupingOptions(false, OptionalInt.of(3)));
        Look look = draft.look();
        Schema schema = draft.schema();
        for (String word : draft.words(draft.between(2, 4))) {
            Table table = draft.table("lake/" + word + "/", look, schema, "dt");
            draft.days(draft.between(1, 4)).forEach(day -> table.files(1, "dt=" + day + "/", day.toString()));
        }
    }

    private static void deep(Draft draft) {
        draft.table("company/team/project/" + draft.entity() + "/", draft.look(), draft.schema())
                .files(draft.between(1, 5), "");
    }
}
