package dev.mastic.catalog.table;

/** What others may not do with a table until the transaction ends that loaded it. */
public enum RowLock {
    /** Drop it, change its partition keys, or give it partition indexes. */
    KEY_SHARE("for key share"),
    /** Change it. */
    SHARE("for share"),
    /** Anything but read it. */
    UPDATE("for update");

    private final String sql;

    RowLock(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }
}
