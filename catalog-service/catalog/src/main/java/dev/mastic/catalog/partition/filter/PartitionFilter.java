package dev.mastic.catalog.partition.filter;

import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.List;

/**
 * Compiles the expressions of GetPartitions to SQL, so that PostgreSQL evaluates every operator. SQL's three-valued logic
 * holds, and {@code __HIVE_DEFAULT_PARTITION__} is its null. A stored value that is not of its key's type is not null, but
 * compares as unknown. In LIKE a backslash is a character like any other.
 */
public final class PartitionFilter {
    private static final int LONGEST = 2048;

    private PartitionFilter() {}

    /**
     * Compiles an expression; an empty one holds for all partitions.
     *
     * @throws InvalidInputException with the position, counted from 1, and the reason, if the expression is not valid
     */
    public static CompiledFilter compile(String expression, List<Column> partitionKeys) {
        if (expression.isBlank()) {
            return CompiledFilter.ALL;
        }
        if (expression.length() > LONGEST) {
            throw InvalidInputException.builder()
                    .message("Expression of " + expression.length() + " characters is too long: at most " + LONGEST
                            + " are allowed.")
                    .build();
        }
        List<Token> tokens = new Tokenizer(expression).tokens();
        return new SqlWriter().write(new Parser(tokens, Keys.of(partitionKeys)).parse());
    }

    /** @param position counted from 0 */
    static InvalidInputException invalid(int position, String reason) {
        return InvalidInputException.builder()
                .message("Expression is not valid at position " + (position + 1) + ": " + reason)
                .build();
    }
}
