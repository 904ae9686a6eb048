package dev.mastic.crawler.dynamodb;

import dev.mastic.crawler.find.Evidence;
import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.find.Sampled;
import dev.mastic.crawler.find.Schema;
import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.Widening;
import dev.mastic.crawler.partition.Stats;
import dev.mastic.crawler.plan.SourceParameters;
import dev.mastic.wire.rest.Json;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A table of DynamoDB as the catalog gets it: its key first, then the other attributes by name. */
final class DynamoDbTable {
    private static final double CONFIDENCE_IN_A_PART = 0.95;

    private final TableDescription description;
    private final ItemEvidence evidence;
    private final boolean whole;
    private final double units;
    private final Map<String, Attribute> attributes = new LinkedHashMap<>();

    /**
     * Of what was read.
     *
     * @param whole whether all items were read
     * @param units read capacity units that this took
     */
    DynamoDbTable(TableDescription description, ItemEvidence evidence, boolean whole, double units) {
        this.description = description;
        this.evidence = evidence;
        this.whole = whole;
        this.units = units;
        for (String name : key(description.keySchema())) {
            add(name, new Attribute(name, declared(name), "part of the key", ""));
        }
        evidence.attributes().forEach((name, seen) -> {
            String choice = seen.isChoice() ? name + " is a text, because its values are " + seen.describe() : "";
            add(name, new Attribute(name, seen.type(), seen.describe() + " in " + evidence.items() + " items", choice));
        });
    }

    private record Attribute(String name, ColumnType type, String why, String choice) {}

    /** Names that differ in case alone are one column. */
    private void add(String name, Attribute attribute) {
        attributes.merge(
                name.toLowerCase(Locale.ROOT),
                attribute,
                (first, second) -> new Attribute(
                        first.name(),
                        Widening.join(first.type(), second.type()),
                        first.why() + "; "
                                + (first.name().equals(second.name()) ? "" : "with " + second.name() + ": ")
                                + second.why(),
                        first.choice().isEmpty() ? second.choice() : first.choice()));
    }

    private ColumnType declared(String name) {
        return description.attributeDefinitions().stream()
                .filter(definition -> definition.attributeName().equals(name))
                .findFirst()
                .map(AttributeDefinition::attributeType)
                .map(type -> switch (type) {
                    case S -> Plain.STRING;
                    case B -> Plain.BINARY;
                    // What kind of number, its values say.
                    case N, UNKNOWN_TO_SDK_VERSION -> evidence.items() == 0 ? Plain.BIGINT : Plain.UNKNOWN;
                })
                .orElse(Plain.UNKNOWN);
    }

    long bytes() {
        return description.tableSizeBytes() == null ? 0 : description.tableSizeBytes();
    }

    FoundTable table() {
        List<Column> columns = new ArrayList<>();
        Map<String, String> why = new LinkedHashMap<>();
        List<String> choices = new ArrayList<>();
        attributes.forEach((name, attribute) -> {
            columns.add(Column.builder()
                    .name(name)
                    .type(attribute.type().hive())
                    .parameters(
                            name.equals(attribute.name())
                                    ? Map.of()
                                    : Map.of(SourceParameters.SOURCE_NAME, attribute.name()))
                    .build());
            why.put(name, attribute.why());
            if (!attribute.choice().isEmpty()) {
                choices.add(attribute.choice());
            }
        });
        Map<String, String> parameters = parameters();
        return new FoundTable(
                description.tableName(),
                description.tableArn(),
                "dynamodb",
                TableInput.builder()
                        .tableType("EXTERNAL_TABLE")
                        .parameters(parameters)
                        .partitionKeys(List.of())
                        .storageDescriptor(storage(columns, parameters))
                        .build(),
                why,
                List.of(),
                new Stats(0, bytes(), records()),
                Schema.INFERRED,
                new Evidence(
                        List.of(description.tableArn()),
                        evidence.items(),
                        List.of(reason()),
                        whole ? 1 : CONFIDENCE_IN_A_PART,
                        choices));
    }

    private String reason() {
        return evidence.items() + " items were read, " + (whole ? "which is all" : "which is a part") + ", for "
                + Math.round(units) + " read capacity units";
    }

    private long records() {
        return whole || description.itemCount() == null ? evidence.items() : description.itemCount();
    }

    Sampled sample() {
        Map<String, String> types = new LinkedHashMap<>();
        attributes.forEach((name, attribute) -> types.put(name, attribute.type().hive()));
        return new Sampled(
                description.tableArn(), "dynamodb", "", 0, records(), whole, types, List.of(reason()), List.of(), "");
    }

    private StorageDescriptor storage(List<Column> columns, Map<String, String> parameters) {
        return StorageDescriptor.builder()
                .columns(columns)
                .location(description.tableArn())
                .compressed(false)
                .numberOfBuckets(-1)
                .serdeInfo(SerDeInfo.builder().parameters(Map.of()).build())
                .bucketColumns(List.of())
                .sortColumns(List.of())
                .parameters(parameters)
                .storedAsSubDirectories(false)
                .build();
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("classification", "dynamodb");
        parameters.put("compressionType", "none");
        parameters.put("typeOfData", "table");
        parameters.put(SourceParameters.PRIMARY_KEY, Json.text(key(description.keySchema())));
        List<Map<String, Object>> indexes = new ArrayList<>();
        description
                .globalSecondaryIndexes()
                .forEach(index ->
                        indexes.add(index(index.indexName(), "GLOBAL", index.keySchema(), index.projection())));
        description
                .localSecondaryIndexes()
                .forEach(
                        index -> indexes.add(index(index.indexName(), "LOCAL", index.keySchema(), index.projection())));
        if (!indexes.isEmpty()) {
            indexes.sort(Comparator.comparing(index -> String.valueOf(index.get("name"))));
            parameters.put(SourceParameters.INDEXES, Json.text(indexes));
        }
        return parameters;
    }

    private static Map<String, Object> index(
            String name, String kind, List<KeySchemaElement> key, Projection projection) {
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("name", name);
        index.put("kind", kind);
        index.put("key", key(key));
        index.put("projection", projection.projectionTypeAsString());
        return index;
    }

    /** The partition key's name, then the sort key's. */
    private static List<String> key(List<KeySchemaElement> schema) {
        return schema.stream()
                .sorted(Comparator.comparing(element -> element.keyType() != KeyType.HASH))
                .map(KeySchemaElement::attributeName)
                .toList();
    }
}
