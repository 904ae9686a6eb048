package dev.mastic.crawler.crawl;

import dev.mastic.crawler.classify.CustomClassifier;
import dev.mastic.crawler.dynamodb.DynamoDbSource;
import dev.mastic.crawler.find.CrawlScope;
import dev.mastic.crawler.find.CrawlSource;
import dev.mastic.crawler.find.Findings;
import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.find.ListedTarget;
import dev.mastic.crawler.find.Presence;
import dev.mastic.crawler.partition.GroupingOptions;
import dev.mastic.crawler.plan.CatalogTables;
import dev.mastic.crawler.source.ObjectStore;
import dev.mastic.crawler.source.S3Location;
import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.DynamoDBTarget;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.S3Target;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A table of the catalog, whose data in S3 or DynamoDB is looked through. Nothing but this table is ever found. */
final class CatalogTableSource implements CrawlSource {
    private static final String DYNAMODB = ":dynamodb:";
    private static final String TABLE_OF_ARN = ":table/";

    private final String database;
    private final String name;
    private final Stores stores;
    private @Nullable CrawlSource opened;

    CatalogTableSource(String database, String name, Stores stores) {
        this.database = database;
        this.name = name;
        this.stores = stores;
    }

    /**
     * What tables are looked for in.
     *
     * @param classifiers the crawler's own, in their order
     * @param memory of what earlier crawls read
     * @param dynamoDb null when there is none
     */
    record Stores(
            GlueClient catalog,
            ObjectStore store,
            List<CustomClassifier> classifiers,
            FolderMemory memory,
            @Nullable DynamoDbClient dynamoDb) {}

    @Override
    public void completed() {
        if (opened != null) {
            opened.completed();
        }
    }

    @Override
    public String path() {
        return database + "." + name;
    }

    @Override
    public Findings find(CrawlScope scope) {
        Table table;
        try {
            table = stores.catalog()
                    .getTable(request -> request.databaseName(database).name(name))
                    .table();
        } catch (EntityNotFoundException e) {
            scope.warn("Table " + path() + " is not in the catalog, and CatalogTargets make none; take it out of the"
                    + " targets, or create it");
            return nothing(new ListedTarget(path(), 0, 0, 0, 0, 0, Map.of(), 0));
        }
        String location = CatalogTables.location(table);
        Optional<CrawlSource> source = source(table, location);
        if (source.isEmpty()) {
            scope.warn("Table " + path() + " lies at '" + location
                    + "', which is neither in S3 nor in DynamoDB; CatalogTargets look at these alone");
            return nothing(new ListedTarget(path(), 0, 0, 0, 0, 0, Map.of(), 0));
        }
        opened = source.get();
        Findings found = source.get().find(scope);
        List<FoundTable> same = found.tables().stream()
                .filter(each -> CatalogTables.sameLocation(each.location(), location))
                .map(each -> named(each, table))
                .toList();
        if (same.size() != 1) {
            scope.warn("Table " + path() + " is left as it is: at " + location + " there is "
                    + (found.tables().isEmpty() ? "no data" : "data of another layout, " + locations(found)));
            return nothing(found.target());
        }
        return new Findings(found.target(), same, List.of(), found.fingerprint(), any -> Presence.UNKNOWN);
    }

    private static Findings nothing(ListedTarget target) {
        return new Findings(target, List.of(), List.of(), "", any -> Presence.UNKNOWN);
    }

    private static String locations(Findings found) {
        return String.join(
                ", ", found.tables().stream().limit(3).map(FoundTable::location).toList());
    }

    private Optional<CrawlSource> source(Table table, String location) {
        if (location.startsWith("arn:") && location.contains(DYNAMODB) && location.contains(TABLE_OF_ARN)) {
            String dynamoDbTable = location.substring(location.indexOf(TABLE_OF_ARN) + TABLE_OF_ARN.length());
            return Optional.of(new DynamoDbSource(
                    DynamoDBTarget.builder().path(dynamoDbTable).build(), stores.dynamoDb()));
        } else if (location.startsWith("s3://") || location.startsWith("s3a://") || location.startsWith("s3n://")) {
            S3Location place = S3Location.parse(location);
            long folders = place.prefix().isEmpty()
                    ? 0
                    : List.of(place.prefix().split("/")).size();
            return Optional.of(new S3Source(
                    S3Target.builder()
                            .path(location)
                            .exclusions(exclusions(table))
                            .build(),
                    new GroupingOptions(true, OptionalInt.of((int) folders + 1)),
                    stores.store(),
                    stores.classifiers(),
                    stores.memory()));
        }
        return Optional.empty();
    }

    /** What an earlier crawl left out stays out. */
    private static List<String> exclusions(Table table) {
        String text = table.parameters().get("exclusions");
        if (text == null) {
            return List.of();
        }
        try {
            List<String> exclusions = new ArrayList<>();
            for (Object each : Json.read(text, List.class)) {
                exclusions.add(String.valueOf(each));
            }
            return exclusions;
        } catch (RestException e) {
            // A person's own parameter of that name, which no crawl wrote.
            return List.of();
        }
    }

    /** The table under its own name and place; folders that name no key get the keys that the table has. */
    private static FoundTable named(FoundTable found, Table table) {
        List<Column> keys = table.partitionKeys();
        boolean positional = found.input().partitionKeys().stream()
                .allMatch(key -> key.name().startsWith("partition_"));
        boolean rename =
                positional && keys.size() == found.input().partitionKeys().size();
        return new FoundTable(
                table.name(),
                CatalogTables.location(table),
                found.format(),
                rename ? found.input().toBuilder().partitionKeys(keys).build() : found.input(),
                found.whyColumns(),
                found.partitions(),
                found.stats(),
                found.schema(),
                found.evidence());
    }
}
