package dev.mastic.catalog.partition.filter;

/**
 * A partition key.
 *
 * @param index of its value in a partition's values, counted from 1
 * @param declared the type as the table has it
 */
record Key(int index, String name, String declared, KeyType type) {
    /** Hive's mark of a partition whose value is null. */
    static final String NULL_VALUE = "__HIVE_DEFAULT_PARTITION__";
}
