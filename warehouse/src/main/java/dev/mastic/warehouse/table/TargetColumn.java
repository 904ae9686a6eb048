package dev.mastic.warehouse.table;

import java.io.Serializable;

/**
 * A column as its table has it.
 *
 * @param jdbcType of {@link java.sql.Types}
 * @param typeName as the database calls it
 * @param nullable whether it takes nulls
 * @param filled whether the database fills it when nothing is given: a default, an identity, a generated value
 */
public record TargetColumn(String name, int jdbcType, String typeName, boolean nullable, boolean filled)
        implements Serializable {}
