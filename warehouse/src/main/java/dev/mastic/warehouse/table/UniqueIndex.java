package dev.mastic.warehouse.table;

import java.io.Serializable;
import java.util.List;

/** Columns whose values may stand in a table once. */
public record UniqueIndex(String name, List<String> columns) implements Serializable {
    public UniqueIndex {
        columns = List.copyOf(columns);
    }
}
