package dev.mastic.catalog.table;

import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.Names;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.SchemaReference;
import software.amazon.awssdk.services.glue.model.TableIdentifier;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What Glue demands of a table beyond the constraints of the API's model. */
final class TableRules {
    private static final Pattern NOT_PRIMITIVE = Pattern.compile("(array|map|struct|uniontype)\\s*<.*", Pattern.DOTALL);

    private TableRules() {}

    /**
     * Checks a table.
     *
     * @throws InvalidInputException when it breaks a rule, or asks for what this catalog has not
     */
    static void check(TableInput input) {
        if (input.viewDefinition() != null) {
            throw Errors.invalid("Table " + input.name() + ": ViewDefinition is not supported");
        }
        if (input.targetTable() != null) {
            target(input, input.targetTable());
        }
        if (input.storageDescriptor() != null) {
            named(input, "Columns", input.storageDescriptor().columns());
            schema(input, input.storageDescriptor().schemaReference());
        }
        named(input, "PartitionKeys", input.partitionKeys());
        partitionKeys(input);
    }

    private static void target(TableInput input, TableIdentifier target) {
        if (target.catalogId() == null || target.databaseName() == null || target.name() == null) {
            throw Errors.invalid("Table " + input.name()
                    + " is a resource link: its TargetTable needs CatalogId, DatabaseName and Name");
        }
        Names.fold(target.databaseName(), "Database");
        Names.fold(target.name(), "Table");
        if (!input.partitionKeys().isEmpty() || input.storageDescriptor() != null) {
            throw Errors.invalid("Table " + input.name()
                    + " is a resource link: its PartitionKeys and StorageDescriptor are those of its TargetTable");
        }
    }

    private static void named(TableInput input, String member, List<Column> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) == null
                    || columns.get(i).name() == null
                    || columns.get(i).name().isEmpty()) {
                throw Errors.invalid(
                        "Table " + input.name() + ": element " + (i + 1) + " of " + member + " has no name");
            }
        }
    }

    /** A table of a schema registry names its schema one way or the other. */
    private static void schema(TableInput input, @Nullable SchemaReference reference) {
        if (reference != null && (reference.schemaId() == null) == (reference.schemaVersionId() == null)) {
            throw Errors.invalid("Table " + input.name()
                    + ": a SchemaReference names its schema by SchemaId or by SchemaVersionId, one of the two");
        }
    }

    private static void partitionKeys(TableInput input) {
        Set<String> names = new HashSet<>();
        for (Column key : input.partitionKeys()) {
            String type = key.type() == null ? "" : key.type().trim().toLowerCase(Locale.ROOT);
            if (NOT_PRIMITIVE.matcher(type).matches()) {
                throw Errors.invalid("Table " + input.name() + ": partition key '" + key.name() + "' has type '"
                        + key.type() + "'; partition keys have primitive types");
            }
            if (!names.add(key.name().toLowerCase(Locale.ROOT))) {
                throw Errors.invalid("Table " + input.name() + " has the partition key '" + key.name() + "' twice");
            }
        }
    }
}
