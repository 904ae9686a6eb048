package dev.mastic.crawler.jdbc;

/**
 * A column as its database describes it.
 *
 * @param declared the type as the database writes it: {@code numeric(10,2)}
 * @param resolved the same with domains replaced by what they are made of
 * @param jdbcType of {@link java.sql.Types}
 * @param size digits or characters; 0 when it has none
 * @param scale digits after the point; may be negative
 * @param comment empty when it has none
 */
record NativeColumn(
        String name,
        String declared,
        String resolved,
        int jdbcType,
        int size,
        int scale,
        boolean nullable,
        String comment) {}
