package dev.mastic.crawler.plan;

import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.partition.Stats;
import dev.mastic.wire.rest.Json;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A table as a crawl writes it anew: what its source gave, and the parameters by which crawls know it again. */
final class FreshTable {
    private FreshTable() {}

    static TableInput of(FoundTable found, List<String> exclusions, String name, PlanRules rules) {
        Map<String, String> parameters = new LinkedHashMap<>(found.input().parameters());
        parameters.put(Marks.UPDATED_BY, rules.crawler());
        parameters.put(Marks.RUN_ID, rules.crawlId().toString());
        parameters.put("CrawlerSchemaSerializerVersion", "1.0");
        parameters.put("CrawlerSchemaDeserializerVersion", "1.0");
        parameters.put(Marks.FILES_SAMPLED, String.valueOf(found.evidence().sampled()));
        parameters.put(
                Marks.CONFIDENCE,
                String.format(Locale.ROOT, "%.2f", found.evidence().confidence()));
        if (!exclusions.isEmpty()) {
            parameters.put("exclusions", Json.text(exclusions));
        }
        parameters.putAll(statistics(found.stats()));
        Map<String, String> storageParameters = Map.copyOf(parameters);
        TableInput input = found.input().toBuilder()
                .name(name)
                .owner("owner")
                .retention(0)
                .parameters(parameters)
                .storageDescriptor(found.input().storageDescriptor().toBuilder()
                        .columns(found.input().storageDescriptor().columns().stream()
                                .map(FreshTable::marked)
                                .toList())
                        .parameters(storageParameters)
                        .build())
                .build();
        parameters.put(Written.PARAMETER, Baseline.of(input).text());
        return input.toBuilder().parameters(parameters).build();
    }

    private static Column marked(Column column) {
        return retyped(column, column.type());
    }

    /** The column with a type that this crawl decided on. */
    static Column retyped(Column column, String type) {
        Map<String, String> parameters = new LinkedHashMap<>(column.parameters());
        parameters.put(Marks.INFERRED_TYPE, type);
        return column.toBuilder().type(type).parameters(parameters).build();
    }

    /** Counts and sizes as parameters; of a store that holds no files those that it knows. */
    static Map<String, String> statistics(Stats stats) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (stats.objects() == 0) {
            if (stats.records() > 0) {
                parameters.put("recordCount", String.valueOf(stats.records()));
            }
            if (stats.bytes() > 0) {
                parameters.put("sizeKey", String.valueOf(stats.bytes()));
            }
            if (stats.records() > 0 && stats.bytes() > 0) {
                parameters.put("averageRecordSize", String.valueOf(stats.bytes() / stats.records()));
            }
            return parameters;
        }
        parameters.put("recordCount", String.valueOf(stats.records()));
        parameters.put("averageRecordSize", String.valueOf(stats.bytes() / Math.max(1, stats.records())));
        parameters.put("objectCount", String.valueOf(stats.objects()));
        parameters.put("sizeKey", String.valueOf(stats.bytes()));
        return parameters;
    }
}
