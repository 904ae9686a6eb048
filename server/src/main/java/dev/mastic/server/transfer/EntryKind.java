package dev.mastic.server.transfer;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.CreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.CreateUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.GlueRequest;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForTableRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What an export holds. Each thing is the request of the Glue API that makes it, so that the format needs no words of its
 * own.
 */
enum EntryKind {
    /** A database. */
    DATABASE("databases", CreateDatabaseRequest.class),
    /** A user-defined function. */
    FUNCTION("functions", CreateUserDefinedFunctionRequest.class),
    /** A table with its partition indexes. */
    TABLE("tables", CreateTableRequest.class),
    /** Statistics of up to 25 columns of a table. */
    TABLE_STATISTICS("tableStatistics", UpdateColumnStatisticsForTableRequest.class),
    /** A partition. */
    PARTITION("partitions", CreatePartitionRequest.class),
    /** Statistics of up to 25 columns of a partition. */
    PARTITION_STATISTICS("partitionStatistics", UpdateColumnStatisticsForPartitionRequest.class);

    private static final String DATABASE_NAME = "DatabaseName";

    private final String plural;
    private final Class<? extends GlueRequest> type;

    EntryKind(String plural, Class<? extends GlueRequest> type) {
        this.plural = plural;
        this.type = type;
    }

    /** Name in the last line of an export. */
    String plural() {
        return plural;
    }

    /** Name for people. */
    String shown() {
        return plural.replaceFirst("Statistics$", " statistics");
    }

    /** Name of the operation, and of the line. */
    String operation() {
        return type.getSimpleName().replaceFirst("Request$", "");
    }

    Class<? extends GlueRequest> type() {
        return type;
    }

    static EntryKind of(GlueRequest request) {
        return Arrays.stream(values())
                .filter(kind -> kind.type.isInstance(request))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No part of an export: " + request.getClass()));
    }

    static Optional<EntryKind> ofOperation(String operation) {
        return Arrays.stream(values())
                .filter(kind -> kind.operation().equals(operation))
                .findFirst();
    }

    /** The database that a request is about; null when it names none. */
    static @Nullable String database(GlueRequest request) {
        if (request instanceof CreateDatabaseRequest create) {
            return create.databaseInput() == null
                    ? null
                    : create.databaseInput().name();
        }
        return request.getValueForField(DATABASE_NAME, String.class).orElse(null);
    }

    /** The same request on another database. */
    static GlueRequest inDatabase(GlueRequest request, String database) {
        if (request instanceof CreateDatabaseRequest create) {
            return create.toBuilder()
                    .databaseInput(
                            create.databaseInput().toBuilder().name(database).build())
                    .build();
        }
        SdkPojo builder = (SdkPojo) request.toBuilder();
        for (SdkField<?> field : builder.sdkFields()) {
            if (field.memberName().equals(DATABASE_NAME)) {
                field.set(builder, database);
            }
        }
        return (GlueRequest) ((SdkBuilder<?, ?>) builder).build();
    }

    /** What a request makes, as people name it; null when it does not say. */
    static @Nullable String name(GlueRequest request) {
        String database = database(request);
        String inDatabase = nameInDatabase(request);
        if (database == null || database.isEmpty() || inDatabase == null) {
            return null;
        }
        return database + inDatabase;
    }

    private static @Nullable String nameInDatabase(GlueRequest request) {
        if (request instanceof CreateTableRequest create) {
            return create.tableInput() == null ? null : part(create.tableInput().name());
        } else if (request instanceof CreateUserDefinedFunctionRequest create) {
            return create.functionInput() == null
                    ? null
                    : part(create.functionInput().functionName());
        } else if (request instanceof UpdateColumnStatisticsForTableRequest update) {
            return part(update.tableName());
        } else if (request instanceof CreatePartitionRequest create) {
            return create.partitionInput() == null
                    ? null
                    : partition(create.tableName(), create.partitionInput().values());
        } else if (request instanceof UpdateColumnStatisticsForPartitionRequest update) {
            return partition(update.tableName(), update.partitionValues());
        }
        return "";
    }

    private static @Nullable String partition(@Nullable String table, List<String> values) {
        return table == null ? null : part(table) + values;
    }

    private static @Nullable String part(@Nullable String name) {
        return name == null ? null : "." + name;
    }
}
