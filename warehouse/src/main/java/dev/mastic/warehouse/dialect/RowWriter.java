package dev.mastic.warehouse.dialect;

import java.sql.SQLException;
import java.util.List;

/** Adds rows to a staging table, all of a list or, when it throws, none once the caller has rolled back. */
@FunctionalInterface
public interface RowWriter {
    void write(List<StagedRow> rows) throws SQLException;
}
