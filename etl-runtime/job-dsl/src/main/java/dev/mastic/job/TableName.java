package dev.mastic.job;

/** A table of the catalog. */
public record TableName(String database, String table) {
    public TableName {
        if (database.isBlank() || table.isBlank()) {
            throw new IllegalArgumentException(
                    "A catalog table needs a database and a name, found '" + database + "' and '" + table + "'");
        }
    }

    @Override
    public String toString() {
        return database + "." + table;
    }
}
