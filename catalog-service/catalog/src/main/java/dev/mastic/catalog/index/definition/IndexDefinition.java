package dev.mastic.catalog.index.definition;

import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.Texts;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.BackfillError;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.KeySchemaElement;
import software.amazon.awssdk.services.glue.model.PartitionIndex;
import software.amazon.awssdk.services.glue.model.PartitionIndexDescriptor;
import software.amazon.awssdk.services.glue.model.PartitionIndexStatus;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A partition index that a request asks for.
 *
 * @param positions of its keys among the keys of the table, counted from 1, in the index's order
 * @param keys with the types that they have in the table
 */
public record IndexDefinition(String name, List<Integer> positions, List<Column> keys) {
    private static final int LONGEST_NAME = 255;

    /** Copies. */
    public IndexDefinition {
        positions = List.copyOf(positions);
        keys = List.copyOf(keys);
    }

    /**
     * Checks an index.
     *
     * @param tableKeys of the table
     * @param table its name, for messages
     * @throws InvalidInputException when its keys are not some of the table's, each once, of a string or integer type
     */
    public static IndexDefinition of(@Nullable PartitionIndex index, List<Column> tableKeys, String table) {
        if (index == null) {
            throw Errors.invalid("PartitionIndex is missing");
        }
        String name = index.indexName();
        if (name == null || name.isEmpty() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
            throw Errors.invalid("The name of an index has 1 to " + LONGEST_NAME + " characters");
        }
        Texts.requireStorable(name, "The name of an index");
        if (index.keys().isEmpty()) {
            throw Errors.invalid("Index " + name + " has no keys");
        }
        Set<Integer> positions = new LinkedHashSet<>();
        for (String key : index.keys()) {
            int position = position(key, tableKeys);
            if (position == 0) {
                throw Errors.invalid("Index " + name + ": '" + key + "' is no partition key of table " + table
                        + ", which has " + tableKeys.stream().map(Column::name).toList());
            }
            if (!positions.add(position)) {
                throw Errors.invalid("Index " + name + " has the key '" + key + "' twice");
            }
            String type = tableKeys.get(position - 1).type();
            if (IndexedType.of(type).isEmpty()) {
                throw Errors.invalid("Index " + name + ": key '" + key + "' has type '" + type
                        + "'; an index takes string, char, varchar, tinyint, smallint, int, bigint and long");
            }
        }
        return new IndexDefinition(
                name,
                List.copyOf(positions),
                positions.stream().map(position -> tableKeys.get(position - 1)).toList());
    }

    private static int position(@Nullable String key, List<Column> tableKeys) {
        return IntStream.range(0, tableKeys.size())
                .filter(i -> tableKeys.get(i).name() != null
                        && tableKeys.get(i).name().equalsIgnoreCase(key))
                .map(i -> i + 1)
                .findFirst()
                .orElse(0);
    }

    /** As the model shows it: active, unless there are partitions that it cannot have. */
    PartitionIndexDescriptor descriptor(List<BackfillError> errors) {
        return PartitionIndexDescriptor.builder()
                .indexName(name)
                .keys(keys.stream()
                        .map(key -> KeySchemaElement.builder()
                                .name(key.name())
                                .type(key.type() == null ? "string" : key.type())
                                .build())
                        .toList())
                .indexStatus(errors.isEmpty() ? PartitionIndexStatus.ACTIVE : PartitionIndexStatus.FAILED)
                .backfillErrors(errors.isEmpty() ? null : errors)
                .build();
    }

    /** A condition of SQL on a partition {@code p}: some value of the index is not of its key's type. */
    String invalidType() {
        String conditions = IntStream.range(0, positions.size())
                .mapToObj(i -> IndexedType.of(keys.get(i).type()).flatMap(type -> type.refusal(positions.get(i))))
                .flatMap(java.util.Optional::stream)
                .collect(Collectors.joining(" or "));
        return conditions.isEmpty() ? "false" : "(" + conditions + ")";
    }

    /** A condition of SQL on a partition {@code p}: it has fewer values than a key of the index asks for. */
    String missingValue() {
        return "cardinality(p.values) < "
                + positions.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    /** A condition of SQL on a partition {@code p}: some value has a character that Glue's indexes do not take. */
    String unsupportedCharacter() {
        return positions.stream()
                .map(position -> "p.values[" + position + "] ~ '[\\u0001\\u0002]'")
                .collect(Collectors.joining(" or ", "(", ")"));
    }
}
