package dev.mastic.catalog.table;

import dev.mastic.catalog.search.text.TableWords;
import dev.mastic.catalog.store.Texts;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.Set;

/**
 * What is stored of a table.
 *
 * @param json the model's {@code Table}
 * @param words by which it is searched; null when they are too many
 */
record TableDefinition(String json, @Nullable Set<String> words) {
    /**
     * Of the model of a table.
     *
     * @throws InvalidInputException when some text in it would be changed by PostgreSQL
     */
    static TableDefinition of(Table table) {
        String json = Texts.definition(table, "Table " + table.databaseName() + "." + table.name());
        return new TableDefinition(json, TableWords.of(table));
    }

    String @Nullable [] wordArray() {
        return words == null ? null : words.toArray(String[]::new);
    }
}
