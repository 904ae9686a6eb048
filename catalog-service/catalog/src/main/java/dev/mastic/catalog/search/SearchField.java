package dev.mastic.catalog.search;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Table;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** A property of tables that searches can be filtered and sorted by. */
enum SearchField {
    NAME("Name", Table::name, null),
    DATABASE_NAME("DatabaseName", Table::databaseName, null),
    DESCRIPTION("Description", Table::description, null),
    OWNER("Owner", Table::owner, null),
    TABLE_TYPE("TableType", Table::tableType, null),
    CREATED_BY("CreatedBy", Table::createdBy, null),
    LOCATION("Location", SearchField::location, null),
    CREATE_TIME("CreateTime", null, Table::createTime),
    UPDATE_TIME("UpdateTime", null, Table::updateTime),
    LAST_ACCESS_TIME("LastAccessTime", null, Table::lastAccessTime),
    LAST_ANALYZED_TIME("LastAnalyzedTime", null, Table::lastAnalyzedTime);

    private final String key;
    private final @Nullable Function<Table, @Nullable String> text;
    private final @Nullable Function<Table, @Nullable Instant> time;

    SearchField(
            String key,
            @Nullable Function<Table, @Nullable String> text,
            @Nullable Function<Table, @Nullable Instant> time) {
        this.key = key;
        this.text = text;
        this.time = time;
    }

    /** In any case of letters. */
    static Optional<SearchField> of(@Nullable String key) {
        return Arrays.stream(values())
                .filter(field -> field.key.equalsIgnoreCase(key))
                .findFirst();
    }

    boolean isTime() {
        return time != null;
    }

    String key() {
        return key;
    }

    /** The text of a field that is no time; null when the table has none. */
    @Nullable
    String text(Table table) {
        return text == null ? null : text.apply(table);
    }

    /** The time of a field that is one; null when the table has none. */
    @Nullable
    Instant time(Table table) {
        return time == null ? null : time.apply(table);
    }

    private static @Nullable String location(Table table) {
        return table.storageDescriptor() == null
                ? null
                : table.storageDescriptor().location();
    }
}
