package dev.mastic.crawler.partition.layout;

import dev.mastic.crawler.partition.layout.Draft.Look;
import dev.mastic.crawler.partition.layout.Draft.Table;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Layouts that are not clean: strays, schemas that change, folders of unequal depth. */
final class NoiseKinds {
    private static final String README =
            "# Orders\n\nOne row per order, see the wiki.\n\n- id: the order\n- amount: EUR\n";
    private static final String MANIFEST = "{\"entries\": [{\"url\": \"s3://bucket/part-0\", \"mandatory\": true}]}\n";

    private NoiseKinds() {}

    static Map<String, Consumer<Draft>> all() {
        Map<String, Consumer<Draft>> kinds = new LinkedHashMap<>();
        kinds.put("marks of Hadoop and Spark", NoiseKinds::hadoop);
        kinds.put("readme, manifest, checksums", NoiseKinds::sidecars);
        kinds.put("sidecars in date folders", NoiseKinds::sidecarsInDates);
        kinds.put("nothing but marks", NoiseKinds::nothing);
        kinds.put("stray data file beside partitions", NoiseKinds::strayBesidePartitions);
        kinds.put("stray data file in one partition", NoiseKinds::strayInPartition);
        kinds.put("stray file of another format in a table", NoiseKinds::strayFormat);
        kinds.put("columns added over time", NoiseKinds::added);
        kinds.put("columns replaced over time", NoiseKinds::replaced);
        kinds.put("sparse JSON", NoiseKinds::sparse);
        kinds.put("CSV without header", NoiseKinds::bare);
        kinds.put("compression changed over time", NoiseKinds::compressionChanged);
        kinds.put("compression mixed in folders", NoiseKinds::compressionMixed);
        kinds.put("unreadable partitions", NoiseKinds::unreadable);
        kinds.put("files in a month beside its days", NoiseKinds::filesAtMonth);
        kinds.put("one month without days", NoiseKinds::monthWithoutDays);
        kinds.put("deeper folder below one partition", NoiseKinds::deeperBelowOne);
        return kinds;
    }

    /** A table by day, by key or by folder. */
    private static Table byDay(Draft draft, List<LocalDate> days) {
        boolean hive = draft.random.nextBoolean();
        Table table = draft.table(
                draft.place() + draft.entity() + "/", draft.look(), draft.schema(), hive ? "dt" : "partition_0");
        days.forEach(day -> table.files(draft.between(1, 3), folder(hive, day), day.toString()));
        return table;
    }

    private static String folder(boolean hive, LocalDate day) {
        return (hive ? "dt=" : "") + day + "/";
    }

    private static void hadoop(Draft draft) {
        List<LocalDate> days = draft.days(draft.between(2, 8));
        String root = draft.place() + draft.entity() + "/";
        Table table = draft.table(root, Draft.PARQUET, draft.schema(), "dt");
        days.forEach(day -> table.files(draft.between(1, 3), "dt=" + day + "/", day.toString()));
        String first = root + "dt=" + days.get(0) + "/";
        draft.stray(root + "_SUCCESS", "");
        draft.stray(root + "_committed_8123", "{\"added\":[\"a\"],\"removed\":[]}");
        draft.stray(root + "_temporary/0/task_1/part-0.csv", "a,b\n1,2\n3,4\n");
        draft.stray(root + "_spark_metadata/0", "v1\n{\"path\":\"s3://bucket/x\",\"size\":1}\n");
        draft.stray(root + "_metadata", "PAR1");
        draft.stray(root + "dt=" + days.get(0) + "_$folder$", "");
        draft.stray(root + ".hive-staging_hive_2026/-ext-1/000000_0", "a,b\n1,2\n3,4\n");
        draft.stray(root + ".spark-staging-1/dt=x/part-0.csv", "a,b\n1,2\n3,4\n");
        draft.stray(first + ".part-00000.parquet.crc", "crc\0\1");
        draft.stray(first, "");
        draft.stray(first + "part-00009.parquet", "");
        draft.stray(first + "part-00001.parquet._COPYING_", "name,value\nx,1\ny,2\n");
    }

    private static void sidecars(Draft draft) {
        Table table = byDay(draft, draft.days(draft.between(3, 8)));
        String root = draft.layout("", 0).tables().get(0).root();
        draft.stray(root + "README.md", README);
        draft.stray(root + "README", README);
        draft.stray(root + "manifest.json", MANIFEST);
        draft.stray(root + "orders.manifest", MANIFEST);
        draft.stray(root + "LICENSE.txt", "You may, you may not,\nand so on.\n");
        draft.stray(root + "checksums.sha256", "ab12  part-0.csv\ncd34  part-1.csv\n");
        draft.stray(root + "Thumbs.db", "x\0y");
        draft.stray(root + ".DS_Store", "x\0y");
        table.files(0, "");
    }

    private static void sidecarsInDates(Draft draft) {
        List<LocalDate> days = draft.days(draft.between(3, 8));
        String root = draft.place() + draft.entity() + "/";
        Table table = draft.table(root, draft.look(), draft.schema(), "partition_0", "partition_1", "partition_2");
        for (LocalDate day : days) {
            String path = DateTimeFormatter.ofPattern("yyyy/MM/dd").format(day);
            table.files(1, path + "/", path.split("/"));
            draft.stray(root + path + "/manifest.json", MANIFEST);
            draft.stray(root + path + "/data.md5", "d41d8cd98f00b204e9800998ecf8427e  part-0\n");
            draft.stray(root + path + "/part-0.csv.crc", "crc\0\1");
        }
    }

    private static void nothing(Draft draft) {
        draft.stray("t/_SUCCESS", "");
        draft.stray("t/README.md", README);
        draft.stray("t/part-0.csv", "");
        draft.stray("t/.hidden/a.csv", "a,b\n1,2\n");
    }

    private static void strayBesidePartitions(Draft draft) {
        byDay(draft, draft.days(draft.between(3, 10)));
        String root = draft.layout("", 0).tables().get(0).root();
        draft.stray(root + "columns.csv", "name,kind,length\nid,number,10\namount,number,12\nplace,text,80\n");
    }

    private static void strayInPartition(Draft draft) {
        draft.sampleAll();
        List<LocalDate> days = draft.days(draft.between(4, 10));
        String root = draft.place() + draft.entity() + "/";
        Table table = draft.table(root, draft.look(), draft.schema(), "dt");
        days.forEach(day -> table.files(1, "dt=" + day + "/", day.toString()));
        draft.stray(root + "dt=" + days.get(1) + "/notes.csv", "who,what,when_it_was\nann,fixed,1\nbob,saw,2\n");
    }

    private static void strayFormat(Draft draft) {
        draft.sampleAll();
        String root = draft.place() + draft.entity() + "/";
        draft.table(root, Draft.PARQUET, draft.schema()).files(draft.between(4, 9), "");
        draft.stray(root + "summary.csv", "name,kind,length\nid,number,10\namount,number,12\nplace,text,80\n");
    }

    private static void added(Draft draft) {
        Table table = draft.table(draft.place() + draft.entity() + "/", draft.look(), draft.schema(), "dt");
        int number = 0;
        for (LocalDate day : draft.days(draft.between(4, 16))) {
            if (draft.random.nextInt(2) == 0) {
                table.evolve(table.schema().plus("new_" + number++ + " bigint"));
            }
            table.files(1, "dt=" + day + "/", day.toString());
        }
    }

    /** Neighbours in time are alike, the first and the last day are not. */
    private static void replaced(Draft draft) {
        boolean hive = draft.random.nextBoolean();
        Table table = draft.table(
                draft.place() + draft.entity() + "/",
                draft.textLook(),
                draft.schema().audited().plus("more string", "kind string"),
                hive ? "dt" : "partition_0");
        int number = 0;
        for (LocalDate day : draft.days(draft.between(6, 14))) {
            table.evolve(table.schema().without(1).plus("new_" + number++ + " string"));
            table.files(2, folder(hive, day), day.toString());
        }
    }

    private static void sparse(Draft draft) {
        Schema schema = draft.schema().audited();
        Table table = draft.table(draft.place() + draft.entity() + "/", Draft.JSON, schema, "dt");
        for (LocalDate day : draft.days(draft.between(4, 14))) {
            Schema seen = schema;
            for (int i = 0; i < 3; i++) {
                seen = seen.without(1 + draft.random.nextInt(seen.columns().size() - 1));
            }
            table.evolve(seen).files(draft.between(1, 3), "dt=" + day + "/", day.toString());
        }
    }

    private static void bare(Draft draft) {
        String place = draft.place();
        Table first = draft.table(place + draft.entity() + "/", Draft.BARE_CSV, draft.schema(), "dt");
        draft.days(draft.between(2, 8)).forEach(day -> first.files(2, "dt=" + day + "/", day.toString()));
        draft.table(place + draft.entity() + "/", Draft.CSV, draft.schema()).files(2, "");
    }

    private static void compressionChanged(Draft draft) {
        Look look = draft.random.nextBoolean() ? Draft.CSV : Draft.JSON;
        boolean hive = draft.random.nextBoolean();
        Table table =
                draft.table(draft.place() + draft.entity() + "/", look, draft.schema(), hive ? "dt" : "partition_0");
        List<LocalDate> days = draft.days(draft.between(4, 12));
        for (int i = 0; i < days.size(); i++) {
            table.look(i < days.size() / 2 ? look : look.packed());
            table.files(
                    draft.between(1, 2), folder(hive, days.get(i)), days.get(i).toString());
        }
    }

    private static void compressionMixed(Draft draft) {
        Table table = draft.table(draft.place() + draft.entity() + "/", Draft.JSON, draft.schema());
        table.files(draft.between(2, 4), "").look(Draft.JSON.packed()).files(draft.between(2, 4), "");
    }

    private static void unreadable(Draft draft) {
        List<LocalDate> days = draft.days(draft.between(5, 12));
        Table table = byDay(draft, days);
        String key = draft.layout("", 0).tables().get(0).values().firstKey();
        draft.stray(key.substring(0, key.lastIndexOf('/') + 1) + "damaged.bin", "x\0\1\2y");
        table.files(0, "");
    }

    private static void filesAtMonth(Draft draft) {
        String root = draft.place() + draft.entity() + "/";
        boolean hive = draft.random.nextBoolean();
        Table table = hive
                ? draft.table(root, Draft.CSV, draft.schema(), "year", "month", "day")
                : draft.table(root, Draft.CSV, draft.schema(), "partition_0", "partition_1", "partition_2");
        String format = hive ? "year=%d/month=%02d/" : "%d/%02d/";
        for (int month = 1; month <= draft.between(3, 8); month++) {
            for (int day = 1; day < 4; day++) {
                table.files(
                        1,
                        String.format(format + (hive ? "day=%02d/" : "%02d/"), 2025, month, day),
                        "2025",
                        String.format("%02d", month),
                        String.format("%02d", day));
            }
        }
        draft.stray(root + String.format(format, 2025, 2) + "total.csv", "name,sum_of\na,1\nb,2\n");
    }

    private static void monthWithoutDays(Draft draft) {
        String root = draft.place() + draft.entity() + "/";
        Schema schema = draft.schema();
        Table table = draft.table(root, Draft.JSON, schema, "partition_0", "partition_1", "partition_2");
        for (int month = 1; month <= 8; month++) {
            for (int day = 1; day < 4; day++) {
                table.files(
                        1,
                        String.format("2025/%02d/%02d/", month, day),
                        "2025",
                        String.format("%02d", month),
                        String.format("%02d", day));
            }
        }
        draft.table(root + "2025/09/", Draft.JSON, schema).files(1, "");
    }

    private static void deeperBelowOne(Draft draft) {
        List<LocalDate> days = draft.days(draft.between(4, 9));
        Table table = byDay(draft, days);
        String key = draft.layout("", 0).tables().get(0).values().firstKey();
        draft.stray(
                key.substring(0, key.lastIndexOf('/') + 1) + "rejected/bad.csv",
                "why,line_no,text\nbroken,1,x\nbroken,2,y\n");
        table.files(0, "");
    }
}
