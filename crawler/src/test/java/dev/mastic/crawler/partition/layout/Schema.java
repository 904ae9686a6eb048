package dev.mastic.crawler.partition.layout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Columns of a generated table, each {@code name type}. */
record Schema(List<String> columns) {
    private static final List<String> NAMES = List.of(
            "amount",
            "price",
            "quantity",
            "currency",
            "status",
            "country",
            "city",
            "street",
            "zip",
            "email",
            "phone",
            "first_name",
            "last_name",
            "birthday",
            "device",
            "browser",
            "url",
            "referrer",
            "session",
            "latency",
            "bytes",
            "method",
            "host",
            "path",
            "score",
            "rating",
            "comment",
            "title",
            "genre",
            "author",
            "isbn",
            "weight",
            "height",
            "color",
            "size",
            "brand",
            "sku",
            "warehouse",
            "shelf",
            "carrier",
            "tracking",
            "delivered_at",
            "shipped_at",
            "paid_at",
            "invoice",
            "tax",
            "discount",
            "coupon",
            "campaign",
            "channel",
            "clicks",
            "views",
            "spend",
            "budget",
            "lat",
            "lon",
            "speed",
            "heading",
            "altitude",
            "temperature",
            "humidity",
            "pressure",
            "voltage",
            "current_ma",
            "battery",
            "firmware",
            "plan",
            "seats",
            "renewal",
            "churned",
            "salary",
            "department",
            "manager_id",
            "hired_on",
            "grade",
            "school",
            "degree",
            "flight",
            "gate",
            "delay");
    private static final List<String> TYPES =
            List.of("bigint", "bigint", "double", "string", "string", "string", "boolean", "timestamp", "date");

    Schema {
        columns = List.copyOf(columns);
    }

    /** A schema that shares less than half of its columns with any of the others. */
    static Schema unlike(Random random, List<Schema> others) {
        while (true) {
            List<String> names = new ArrayList<>(NAMES);
            Collections.shuffle(names, random);
            List<String> columns = new ArrayList<>();
            columns.add("id bigint");
            for (String name : names.subList(0, 4 + random.nextInt(9))) {
                columns.add(name + " " + TYPES.get(random.nextInt(TYPES.size())));
            }
            Schema schema = new Schema(columns);
            if (others.stream().allMatch(other -> common(schema, other) < 0.5)) {
                return schema;
            }
        }
    }

    private static double common(Schema a, Schema b) {
        Set<String> names = new HashSet<>(a.names());
        names.retainAll(b.names());
        return (double) names.size() / Math.min(a.names().size(), b.names().size());
    }

    List<String> names() {
        return columns.stream()
                .map(column -> column.substring(0, column.indexOf(' ')))
                .toList();
    }

    /** With columns that many tables of a warehouse have. */
    Schema audited() {
        List<String> all = new ArrayList<>(columns);
        all.addAll(List.of("created_at timestamp", "updated_at timestamp", "source string"));
        return new Schema(all);
    }

    Schema plus(String... more) {
        List<String> all = new ArrayList<>(columns);
        all.addAll(List.of(more));
        return new Schema(all);
    }

    Schema without(int column) {
        List<String> all = new ArrayList<>(columns);
        all.remove(column);
        return new Schema(all);
    }
}
