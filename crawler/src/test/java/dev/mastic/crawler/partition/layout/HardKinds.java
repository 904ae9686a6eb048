package dev.mastic.crawler.partition.layout;

import dev.mastic.crawler.partition.layout.Draft.Look;
import dev.mastic.crawler.partition.layout.Draft.Table;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Layouts in which several difficulties meet. */
final class HardKinds {
    private HardKinds() {}

    static Map<String, Consumer<Draft>> all() {
        Map<String, Consumer<Draft>> kinds = new LinkedHashMap<>();
        kinds.put("a lake with all of it", HardKinds::lake);
        kinds.put("hive years, plain days", HardKinds::mixedNames);
        kinds.put("files in the bucket itself", HardKinds::bucketItself);
        kinds.put("files of a table beside tables", HardKinds::filesBesideTables);
        kinds.put("a hundred tenants, some odd", HardKinds::tenants);
        kinds.put("weeks, quarters, months by name", HardKinds::calendar);
        kinds.put("several tables in each day, files", HardKinds::dumpFiles);
        kinds.put("several tables in each day, folders", HardKinds::dumpFolders);
        kinds.put("a small extra file in each day", HardKinds::extraFiles);
        kinds.put("header not recognised in some days", HardKinds::lostHeaders);
        kinds.put("years as tables", HardKinds::yearsApart);
        kinds.put("numbered tables", HardKinds::numberedTables);
        return kinds;
    }

    private static String date(String pattern, LocalDate day) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(day);
    }

    private static void lake(Draft draft) {
        for (String place : List.of("raw/erp/", "raw/web/eu/", "curated/")) {
            for (int i = 0; i < draft.between(2, 4); i++) {
                String root = place + draft.entity() + "/";
                List<LocalDate> days = draft.days(draft.between(4, 12));
                if (draft.random.nextBoolean()) {
                    Table table = draft.table(root, draft.look(), draft.schema(), "dt");
                    for (LocalDate day : days) {
                        if (draft.random.nextInt(4) == 0) {
                            table.evolve(table.schema().plus("c_" + day.getDayOfYear() + " string"));
                        }
                        table.files(draft.between(1, 3), "dt=" + day + "/", day.toString());
                    }
                    draft.stray(root + "_SUCCESS", "");
                    draft.stray(root + "notes.csv", "who,what,when_it_was\nann,fixed,1\nbob,saw,2\n");
                } else {
                    Table table = draft.table(
                            root, draft.textLook(), draft.schema(), "partition_0", "partition_1", "partition_2");
                    for (LocalDate day : days) {
                        String path = date("yyyy/MM/dd", day);
                        table.files(draft.between(1, 3), path + "/", path.split("/"));
                    }
                    draft.stray(root + date("yyyy/MM", days.get(0)) + "/month.json", "{\"rows\": 12}\n");
                    draft.stray(root + "README.md", "# Read me\n\nplease, do\n");
                }
            }
        }
    }

    private static void mixedNames(Draft draft) {
        Table table = draft.table(
                draft.place() + draft.entity() + "/",
                draft.look(),
                draft.schema(),
                "year",
                "partition_0",
                "partition_1");
        for (LocalDate day : draft.days(draft.between(1, 20))) {
            table.files(
                    1,
                    date("'year='yyyy/MM/dd", day) + "/",
                    date("yyyy/MM/dd", day).split("/"));
        }
    }

    private static void bucketItself(Draft draft) {
        draft.table("", draft.look(), draft.schema()).files(draft.between(2, 9), "");
    }

    private static void filesBesideTables(Draft draft) {
        String place = draft.place();
        draft.table(place, draft.look(), draft.schema()).files(draft.between(3, 6), "");
        Table table = draft.table(place + draft.entity() + "/", draft.look(), draft.schema(), "dt");
        draft.days(draft.between(2, 5)).forEach(day -> table.files(1, "dt=" + day + "/", day.toString()));
        draft.table(place + draft.entity() + "/", draft.look(), draft.schema()).files(3, "");
    }

    private static void tenants(Draft draft) {
        Look look = draft.textLook();
        String place = draft.place() + "tenants/";
        Table table = draft.table(place, look, draft.schema(), "partition_0", "dt");
        for (int i = 0; i < 100; i++) {
            String tenant = "t-" + Integer.toHexString(draft.random.nextInt(1 << 24)) + i;
            if (i % 20 == 7) {
                draft.table(place + tenant + "/", look, draft.schema()).files(1, "");
            } else {
                table.files(1, tenant + "/dt=2026-01-01/", tenant, "2026-01-01")
                        .files(1, tenant + "/dt=2026-01-02/", tenant, "2026-01-02");
            }
        }
    }

    private static void calendar(Draft draft) {
        int form = draft.random.nextInt(3);
        Table table = form == 2
                ? draft.table(
                        draft.place() + draft.entity() + "/",
                        draft.look(),
                        draft.schema(),
                        "partition_0",
                        "partition_1")
                : draft.table(draft.place() + draft.entity() + "/", draft.look(), draft.schema(), "partition_0");
        for (int i = 1; i <= draft.between(1, 4); i++) {
            String value = form == 0
                    ? "2026-W0" + i
                    : form == 1
                            ? "2026-Q" + i
                            : "2026/" + List.of("jan", "feb", "mar", "apr").get(i - 1);
            table.files(1, value + "/", value.split("/"));
        }
    }

    /** A file cannot be a partition: as in Glue, each is a table. */
    private static void dumpFiles(Draft draft) {
        draft.sampleAll();
        String place = draft.place() + "dump/";
        List<String> names = List.of(draft.entity(), draft.entity(), draft.entity());
        List<Schema> schemas = List.of(draft.schema(), draft.schema(), draft.schema());
        for (LocalDate day : draft.days(draft.between(2, 6))) {
            for (int i = 0; i < names.size(); i++) {
                String key = place + day + "/" + names.get(i) + ".csv";
                draft.table(key, Draft.CSV, schemas.get(i)).file(key, List.of());
            }
        }
    }

    private static void dumpFolders(Draft draft) {
        String place = draft.place() + "dump/";
        List<String> names = List.of(draft.entity(), draft.entity(), draft.entity());
        List<Schema> schemas = List.of(draft.schema(), draft.schema(), draft.schema());
        for (LocalDate day : draft.days(draft.between(2, 6))) {
            for (int i = 0; i < names.size(); i++) {
                draft.table(place + day + "/" + names.get(i) + "/", Draft.JSON, schemas.get(i))
                        .files(2, "");
            }
        }
    }

    private static void extraFiles(Draft draft) {
        draft.sampleAll();
        String root = draft.place() + draft.entity() + "/";
        Table table = draft.table(root, Draft.PARQUET, draft.schema(), "dt");
        for (LocalDate day : draft.days(draft.between(3, 9))) {
            String folder = "dt=" + day + "/";
            table.bigFile(root + folder + "data.parquet", List.of(day.toString()));
            draft.stray(root + folder + "stats.json", "{\"rows\": 12, \"job\": \"nightly\"}\n");
        }
    }

    private static void lostHeaders(Draft draft) {
        Table table = draft.table(draft.place() + draft.entity() + "/", Draft.CSV, draft.schema(), "dt");
        int number = 0;
        for (LocalDate day : draft.days(draft.between(5, 12))) {
            table.look(number++ % 4 == 2 ? Draft.LOST_HEADER : Draft.CSV);
            table.files(1, "dt=" + day + "/", day.toString());
        }
    }

    private static void yearsApart(Draft draft) {
        String place = draft.place() + "survey/";
        for (int year = 2018; year < 2018 + draft.between(2, 6); year++) {
            draft.table(place + year + "/", Draft.CSV, draft.schema()).files(draft.between(1, 3), "");
        }
    }

    private static void numberedTables(Draft draft) {
        String place = draft.place();
        for (int i = 1; i <= draft.between(3, 6); i++) {
            draft.table(place + "0" + i + "_" + draft.entity() + "/", draft.look(), draft.schema())
                    .files(draft.between(1, 3), "");
        }
    }
}
