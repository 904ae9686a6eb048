package dev.mastic.warehouse.table;

import java.io.Serializable;
import java.util.List;

/**
 * Columns whose values must stand in another table.
 *
 * @param other the other table
 * @param otherColumns its columns, in the order of {@code columns}
 */
public record ForeignKey(String name, List<String> columns, TablePath other, List<String> otherColumns)
        implements Serializable {
    public ForeignKey {
        columns = List.copyOf(columns);
        otherColumns = List.copyOf(otherColumns);
    }
}
