package dev.mastic.crawler.partition.layout;

import dev.mastic.crawler.partition.layout.Draft.Look;
import dev.mastic.crawler.partition.layout.Draft.Table;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Layouts of one table: how its folders are named. */
final class FolderKinds {
    private FolderKinds() {}

    static Map<String, Consumer<Draft>> all() {
        Map<String, Consumer<Draft>> kinds = new LinkedHashMap<>();
        kinds.put("flat files", FolderKinds::flat);
        kinds.put("hive, one level", FolderKinds::hive);
        kinds.put("hive, one partition", FolderKinds::hiveSingle);
        kinds.put("hive, year month day", FolderKinds::hiveDates);
        kinds.put("hive, odd values", FolderKinds::hiveOddValues);
        kinds.put("hive, key in several cases", FolderKinds::hiveCases);
        kinds.put("dates, 2026/01/31", draft -> dates(draft, "yyyy/MM/dd"));
        kinds.put("dates, 2026/01/31/hour", FolderKinds::hours);
        kinds.put("dates, 2026-01-31", draft -> dates(draft, "yyyy-MM-dd"));
        kinds.put("dates, 20260131", draft -> dates(draft, "yyyyMMdd"));
        kinds.put("dates, 2026-01", draft -> months(draft));
        kinds.put("dates, a single day", FolderKinds::oneDay);
        kinds.put("regions or tenants", FolderKinds::words);
        kinds.put("tenants, then hive", FolderKinds::wordsThenHive);
        kinds.put("tenants, a common folder, then hive", FolderKinds::wordsCommonHive);
        kinds.put("regions, then dates", FolderKinds::wordsThenDates);
        kinds.put("hive, then words", FolderKinds::hiveThenWords);
        kinds.put("numbered folders", FolderKinds::numbers);
        kinds.put("runs named by UUID", FolderKinds::uuids);
        kinds.put("one run named by UUID", FolderKinds::oneUuid);
        kinds.put("snapshots by time", FolderKinds::snapshots);
        kinds.put("snapshots and latest", FolderKinds::latest);
        kinds.put("versions, alike", draft -> versions(draft, true));
        kinds.put("versions, different", draft -> versions(draft, false));
        kinds.put("AWS logs", FolderKinds::awsLogs);
        kinds.put("many partitions", FolderKinds::many);
        return kinds;
    }

    private static Table table(Draft draft, String... keys) {
        return draft.table(draft.place() + draft.entity() + "/", draft.look(), draft.schema(), keys);
    }

    private static void flat(Draft draft) {
        table(draft).files(draft.between(1, 12), "");
    }

    private static void hive(Draft draft) {
        String key = List.of("dt", "date", "country", "p").get(draft.random.nextInt(4));
        Table table = table(draft, key);
        if (key.equals("country")) {
            draft.words(draft.between(2, 9))
                    .forEach(word -> table.files(draft.between(1, 3), "country=" + word + "/", word));
        } else {
            draft.days(draft.between(2, 20)).forEach(day -> table.files(1, key + "=" + day + "/", day.toString()));
        }
    }

    private static void hiveSingle(Draft draft) {
        LocalDate day = draft.days(1).get(0);
        table(draft, "dt").files(draft.between(1, 3), "dt=" + day + "/", day.toString());
    }

    private static void hiveDates(Draft draft) {
        boolean hours = draft.random.nextBoolean();
        Table table = hours ? table(draft, "year", "month", "day", "hour") : table(draft, "year", "month", "day");
        for (LocalDate day : draft.days(draft.between(1, 25))) {
            String year = String.valueOf(day.getYear());
            String month = DateTimeFormatter.ofPattern("MM").format(day);
            String date = DateTimeFormatter.ofPattern("dd").format(day);
            String folder = "year=" + year + "/month=" + month + "/day=" + date + "/";
            for (int hour = 0; hour < (hours ? 2 : 1); hour++) {
                if (hours) {
                    table.files(1, folder + "hour=0" + hour + "/", year, month, date, "0" + hour);
                } else {
                    table.files(draft.between(1, 2), folder, year, month, date);
                }
            }
        }
    }

    private static void hiveOddValues(Draft draft) {
        table(draft, "ts")
                .files(1, "ts=2026-01-31 10%3A30/", "2026-01-31 10:30")
                .files(1, "ts=__HIVE_DEFAULT_PARTITION__/", "__HIVE_DEFAULT_PARTITION__")
                .files(2, "ts=a=b/", "a=b")
                .files(1, "ts=50%25/", "50%");
    }

    private static void hiveCases(Draft draft) {
        Table table = table(draft, "year");
        for (int year = 2001; year < 2001 + draft.between(3, 8); year++) {
            table.files(1, (year % 3 == 0 ? "Year=" : "year=") + year + "/", String.valueOf(year));
        }
    }

    private static void dates(Draft draft, String pattern) {
        String[] keys = pattern.contains("/")
                ? new String[] {"partition_0", "partition_1", "partition_2"}
                : new String[] {"partition_0"};
        Table table = table(draft, keys);
        for (LocalDate day : draft.days(draft.between(2, 30))) {
            String path = DateTimeFormatter.ofPattern(pattern).format(day);
            table.files(draft.between(1, 2), path + "/", path.split("/"));
        }
    }

    private static void hours(Draft draft) {
        Table table = table(draft, "partition_0", "partition_1", "partition_2", "partition_3");
        for (LocalDate day : draft.days(draft.between(1, 6))) {
            for (int hour = 0; hour < 24; hour += 1 + draft.random.nextInt(12)) {
                String path = DateTimeFormatter.ofPattern("yyyy/MM/dd").format(day) + String.format("/%02d", hour);
                table.files(1, path + "/", path.split("/"));
            }
        }
    }

    private static void months(Draft draft) {
        Table table = table(draft, "partition_0");
        for (int month = 1; month <= draft.between(2, 12); month++) {
            String value = String.format("2025-%02d", month);
            table.files(draft.between(1, 2), value + "/", value);
        }
    }

    private static void oneDay(Draft draft) {
        String path =
                DateTimeFormatter.ofPattern("yyyy/MM/dd").format(draft.days(1).get(0));
        table(draft, "partition_0", "partition_1", "partition_2")
                .files(draft.between(1, 4), path + "/", path.split("/"));
    }

    private static void words(Draft draft) {
        Table table = table(draft, "partition_0");
        draft.words(draft.between(2, 8)).forEach(word -> table.files(draft.between(1, 4), word + "/", word));
    }

    private static void wordsThenHive(Draft draft) {
        Table table = table(draft, "partition_0", "dt");
        for (String word : draft.words(draft.between(2, 6))) {
            draft.days(draft.between(1, 6))
                    .forEach(day -> table.files(1, word + "/dt=" + day + "/", word, day.toString()));
        }
    }

    private static void wordsCommonHive(Draft draft) {
        Table table = table(draft, "partition_0", "partition_1", "dt");
        for (String word : draft.words(draft.between(2, 6))) {
            draft.days(draft.between(1, 6))
                    .forEach(day -> table.files(1, word + "/data/dt=" + day + "/", word, "data", day.toString()));
        }
    }

    private static void wordsThenDates(Draft draft) {
        Table table = table(draft, "partition_0", "partition_1", "partition_2", "partition_3");
        for (String word : draft.words(draft.between(2, 5))) {
            for (LocalDate day : draft.days(draft.between(1, 5))) {
                String path = DateTimeFormatter.ofPattern("yyyy/MM/dd").format(day);
                String[] parts = path.split("/");
                table.files(1, word + "/" + path + "/", word, parts[0], parts[1], parts[2]);
            }
        }
    }

    private static void hiveThenWords(Draft draft) {
        Table table = table(draft, "dt", "partition_0");
        List<String> words = draft.words(3);
        for (LocalDate day : draft.days(draft.between(2, 8))) {
            words.forEach(word -> table.files(1, "dt=" + day + "/" + word + "/", day.toString(), word));
        }
    }

    private static void numbers(Draft draft) {
        Table table = table(draft, "partition_0");
        int first = draft.random.nextInt(2000);
        for (int i = 0; i < draft.between(2, 12); i++) {
            table.files(1, (first + i) + "/", String.valueOf(first + i));
        }
    }

    private static UUID uuid(Draft draft) {
        return new UUID(draft.random.nextLong(), draft.random.nextLong());
    }

    private static void uuids(Draft draft) {
        Table table = table(draft, "partition_0");
        for (int i = 0; i < draft.between(2, 9); i++) {
            String run = uuid(draft).toString();
            table.files(draft.between(1, 3), run + "/", run);
        }
    }

    private static void oneUuid(Draft draft) {
        String run = uuid(draft).toString();
        table(draft, "partition_0").files(draft.between(1, 5), run + "/", run);
    }

    private static void snapshots(Draft draft) {
        String pattern = List.of("yyyy-MM-dd'T'00-00-00'Z'", "yyyyMMdd'T'000000", "yyyy-MM-dd'_'00-30-00")
                .get(draft.random.nextInt(3));
        Table table = table(draft, "partition_0");
        for (LocalDate day : draft.days(draft.between(1, 8))) {
            String value = DateTimeFormatter.ofPattern(pattern).format(day);
            table.files(draft.between(1, 3), value + "/", value);
        }
    }

    private static void latest(Draft draft) {
        Table table = table(draft, "partition_0");
        draft.days(draft.between(2, 8)).forEach(day -> table.files(2, day + "/", day.toString()));
        table.files(2, "latest/", "latest");
    }

    private static void versions(Draft draft, boolean alike) {
        String place = draft.place() + draft.entity() + "/";
        Look look = draft.look();
        Schema schema = draft.schema().audited();
        int versions = draft.between(2, 4);
        if (alike) {
            Table table = draft.table(place, look, schema, "partition_0");
            for (int i = 1; i <= versions; i++) {
                table.files(draft.between(1, 3), "v" + i + "/", "v" + i);
            }
        } else {
            for (int i = 1; i <= versions; i++) {
                draft.table(place + "v" + i + "/", look, draft.schema()).files(draft.between(1, 3), "");
            }
        }
    }

    private static void awsLogs(Draft draft) {
        Table table = draft.table(
                "AWSLogs/" + (100_000_000_000L + draft.random.nextInt(1_000_000)) + "/CloudTrail/",
                Draft.JSON.packed(),
                draft.schema(),
                "partition_0",
                "partition_1",
                "partition_2",
                "partition_3");
        List<String> regions = List.of("eu-west-1", "us-east-1", "ap-southeast-2");
        for (String region : regions.subList(0, draft.between(1, 3))) {
            for (LocalDate day : draft.days(draft.between(1, 6))) {
                String path = DateTimeFormatter.ofPattern("yyyy/MM/dd").format(day);
                String[] parts = path.split("/");
                table.files(draft.between(1, 3), region + "/" + path + "/", region, parts[0], parts[1], parts[2]);
            }
        }
    }

    private static void many(Draft draft) {
        Table table = table(draft, "dt", "hour");
        for (LocalDate day : draft.days(draft.between(20, 40))) {
            for (int hour = 0; hour < 4; hour++) {
                table.files(1, "dt=" + day + "/hour=" + hour + "/", day.toString(), String.valueOf(hour));
            }
        }
    }
}
