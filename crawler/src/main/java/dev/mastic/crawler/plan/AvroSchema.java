package dev.mastic.crawler.plan;

import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The schema that a table of Avro carries. Engines go by it and not by the table's columns, so that it stands there only
 * while it says the same as they.
 */
final class AvroSchema {
    /** Parameter of tables and SerDes. */
    static final String LITERAL = "avro.schema.literal";

    private AvroSchema() {}

    /** The table as it would be made anew, without its schema when the table that is there has other columns. */
    static TableInput fitting(TableInput fresh, List<Column> columns) {
        SerDeInfo serde = fresh.storageDescriptor().serdeInfo();
        if (!fresh.parameters().containsKey(LITERAL)
                || serde == null
                || types(columns).equals(types(fresh.storageDescriptor().columns()))) {
            return fresh;
        }
        return fresh.toBuilder()
                .parameters(without(fresh.parameters()))
                .storageDescriptor(fresh.storageDescriptor().toBuilder()
                        .serdeInfo(serde.toBuilder()
                                .parameters(without(serde.parameters()))
                                .build())
                        .build())
                .build();
    }

    private static Map<String, String> types(List<Column> columns) {
        Map<String, String> types = new HashMap<>();
        columns.forEach(column -> types.put(column.name(), column.type()));
        return types;
    }

    private static Map<String, String> without(Map<String, String> parameters) {
        Map<String, String> rest = new HashMap<>(parameters);
        rest.remove(LITERAL);
        return rest;
    }
}
