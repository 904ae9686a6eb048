package dev.mastic.warehouse.table;

import dev.mastic.warehouse.dialect.ColumnKind;

import java.io.Serializable;

/**
 * A column of the rows that a job writes.
 *
 * @param precision digits of a decimal, else 0
 * @param scale digits of a decimal behind the point, else 0
 */
public record FrameColumn(String name, ColumnKind kind, int precision, int scale) implements Serializable {

    /** A column of anything but decimals. */
    public FrameColumn(String name, ColumnKind kind) {
        this(name, kind, 0, 0);
    }
}
