package dev.mastic.warehouse.dialect;

import java.io.Serializable;

/**
 * A column of a staging table.
 *
 * @param name as the database spells it, without quotes
 * @param jdbcType of {@link java.sql.Types}
 */
public record StagingColumn(String name, int jdbcType, String typeName) implements Serializable {}
