package dev.mastic.job;

/** A value by which rows are ordered. Immutable: each method returns a refined copy. */
public record SortKey(Expression value, Direction direction, Nulls nulls) {

    /** Which values come first. */
    public enum Direction {
        ASCENDING,
        DESCENDING
    }

    /** Where rows stand whose value is null. */
    public enum Nulls {
        FIRST,
        LAST
    }

    /** Rows without a value stand before all others. */
    public SortKey nullsFirst() {
        return new SortKey(value, direction, Nulls.FIRST);
    }

    /** Rows without a value stand after all others. */
    public SortKey nullsLast() {
        return new SortKey(value, direction, Nulls.LAST);
    }

    Calls calls() {
        Object by = value instanceof Expression.Column column ? column.name() : value;
        Calls calls = Calls.of(direction == Direction.ASCENDING ? "asc" : "desc", by);
        if (nulls == (direction == Direction.ASCENDING ? Nulls.FIRST : Nulls.LAST)) {
            return calls;
        }
        return calls.then(nulls == Nulls.FIRST ? "nullsFirst" : "nullsLast");
    }

    String describe() {
        String order = direction == Direction.ASCENDING ? "" : " descending";
        boolean usual = nulls == (direction == Direction.ASCENDING ? Nulls.FIRST : Nulls.LAST);
        return GraphText.of(value) + order + (usual ? "" : nulls == Nulls.FIRST ? " nulls first" : " nulls last");
    }
}
