package dev.mastic.job;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of DynamoDB: a source, or a target by {@link #put()}. Immutable: each method returns a refined copy.
 *
 * @param segments how many parts of the table are read at once
 * @param readPercent percent of the table's read capacity that the read may take
 * @param consistent whether items are read as they are at that instant, which takes twice the capacity
 * @param columns the declared columns; empty to infer them from the first items
 */
public record DynamoDb(String table, int segments, int readPercent, boolean consistent, List<Field> columns)
        implements Source {
    private static final int MOST_SEGMENTS = 1_000;
    private static final int MOST_PERCENT = 150;

    public DynamoDb {
        columns = List.copyOf(columns);
        if (!table.matches("[A-Za-z0-9_.-]{3,255}")) {
            throw new IllegalArgumentException("'" + table
                    + "' does not name a table of DynamoDB: use 3 to 255 letters," + " digits, '_', '-' and '.'");
        }
        if (segments < 1 || segments > MOST_SEGMENTS) {
            throw new IllegalArgumentException(segments + " segments cannot be read; use 1 to " + MOST_SEGMENTS);
        }
        percent("readPercent", readPercent);
    }

    static void percent(String what, int percent) {
        if (percent < 1 || percent > MOST_PERCENT) {
            throw new IllegalArgumentException(what + " is " + percent + "; use 1 to " + MOST_PERCENT);
        }
    }

    /** All items of a table, in four segments, by half of its read capacity as in Glue. */
    public static DynamoDb table(String name) {
        return new DynamoDb(name, 4, 50, false, List.of());
    }

    /** How many parts of the table are read at once; Glue's {@code dynamodb.splits}. */
    public DynamoDb segments(int number) {
        return new DynamoDb(table, number, readPercent, consistent, columns);
    }

    /** The percent of the table's read capacity to take, 50 unless told; Glue's {@code throughput.read.percent}. */
    public DynamoDb readPercent(int percent) {
        return new DynamoDb(table, segments, percent, consistent, columns);
    }

    /** Reads items as they are at that instant, which takes twice the capacity. */
    public DynamoDb consistently() {
        return new DynamoDb(table, segments, readPercent, true, columns);
    }

    /** Declares the next column: the attribute of that name; other attributes are left out. */
    public DynamoDb column(String name, String type) {
        List<Field> more = new ArrayList<>(columns);
        more.add(new Field(name, type));
        return new DynamoDb(table, segments, readPercent, consistent, more);
    }

    /** As a target: each row is put as the item of its key, in place of one that is there. */
    public DynamoDbOutput put() {
        if (!equals(table(table))) {
            throw new IllegalArgumentException(
                    "Segments, readPercent, consistently and columns are for reading; leave them out of the target "
                            + table);
        }
        return new DynamoDbOutput(table, 50);
    }

    @Override
    public boolean onlyNewFiles() {
        return false;
    }

    @Override
    public Calls calls() {
        Calls calls = Calls.of(DynamoDb.class, "table", table)
                .unless(4, "segments", segments)
                .unless(50, "readPercent", readPercent);
        return (consistent ? calls.then("consistently") : calls).columns(columns);
    }

    @Override
    public String describe() {
        return "DynamoDB " + table;
    }
}
