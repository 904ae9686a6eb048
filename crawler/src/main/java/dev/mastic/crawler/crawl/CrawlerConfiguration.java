package dev.mastic.crawler.crawl;

import dev.mastic.crawler.partition.GroupingOptions;
import dev.mastic.crawler.plan.ColumnUpdates;
import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A crawler's {@code Configuration}: a JSON text of Glue's form.
 *
 * @param columns what a new crawl may do to the columns of a table that is there
 * @param tableThreshold the most tables that one crawl may find
 */
record CrawlerConfiguration(GroupingOptions grouping, ColumnUpdates columns, OptionalInt tableThreshold) {

    private static final CrawlerConfiguration DEFAULT =
            new CrawlerConfiguration(GroupingOptions.DEFAULT, ColumnUpdates.UPDATE, OptionalInt.empty());

    /**
     * Reads a configuration.
     *
     * @throws InvalidInputException naming the member that is unknown or has a value that is not honoured
     */
    static CrawlerConfiguration parse(@Nullable String json) {
        if (json == null || json.isBlank()) {
            return DEFAULT;
        }
        Map<String, Object> root;
        try {
            root = Json.readObject(json.getBytes(StandardCharsets.UTF_8));
        } catch (RestException e) {
            throw invalid("is not a JSON object: " + e.getMessage());
        }
        known("", root, "Version", "CrawlerOutput", "Grouping", "CreatePartitionIndex");
        Object version = root.getOrDefault("Version", 1.0);
        if (!(version instanceof Number number) || number.doubleValue() != 1.0) {
            throw invalid("has Version " + version + "; use 1.0");
        }
        Map<?, ?> output = object(root, "CrawlerOutput");
        known("CrawlerOutput.", output, "Tables", "Partitions");
        Map<?, ?> tables = object(output, "Tables");
        known("CrawlerOutput.Tables.", tables, "AddOrUpdateBehavior", "TableThreshold");
        Map<?, ?> partitions = object(output, "Partitions");
        known("CrawlerOutput.Partitions.", partitions, "AddOrUpdateBehavior");
        word(partitions, "CrawlerOutput.Partitions.AddOrUpdateBehavior", "InheritFromTable");
        Map<?, ?> grouping = object(root, "Grouping");
        known("Grouping.", grouping, "TableGroupingPolicy", "TableLevelConfiguration");
        return new CrawlerConfiguration(
                new GroupingOptions(
                        word(grouping, "Grouping.TableGroupingPolicy", "CombineCompatibleSchemas"),
                        positive(grouping, "Grouping.TableLevelConfiguration")),
                word(tables, "CrawlerOutput.Tables.AddOrUpdateBehavior", "MergeNewColumns")
                        ? ColumnUpdates.MERGE_NEW
                        : ColumnUpdates.UPDATE,
                positive(tables, "CrawlerOutput.Tables.TableThreshold"));
    }

    private static Map<?, ?> object(Map<?, ?> parent, String name) {
        Object value = parent.get(name);
        if (value == null) {
            return Map.of();
        } else if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw invalid("has " + name + " " + value + "; use an object");
    }

    private static void known(String path, Map<?, ?> object, String... names) {
        for (Object name : object.keySet()) {
            if (!List.of(names).contains(String.valueOf(name))) {
                throw invalid("has " + path + name + ", which is not known; use one of " + List.of(names));
            }
        }
    }

    /** Whether a member is given; it has but one possible value. */
    private static boolean word(Map<?, ?> object, String path, String only) {
        Object value = object.get(path.substring(path.lastIndexOf('.') + 1));
        if (value != null && !value.equals(only)) {
            throw invalid("has " + path + " '" + value + "'; use " + only + " or leave it out");
        }
        return value != null;
    }

    private static OptionalInt positive(Map<?, ?> object, String path) {
        Object value = object.get(path.substring(path.lastIndexOf('.') + 1));
        if (value == null) {
            return OptionalInt.empty();
        } else if (value instanceof Integer number && number > 0) {
            return OptionalInt.of(number);
        }
        throw invalid("has " + path + " " + value + "; use a whole number of 1 or more");
    }

    private static InvalidInputException invalid(String what) {
        return InvalidInputException.builder().message("Configuration " + what).build();
    }
}
