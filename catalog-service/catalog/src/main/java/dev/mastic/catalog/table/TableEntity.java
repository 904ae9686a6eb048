package dev.mastic.catalog.table;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** A row of {@code catalog.table_entry}; the definition is the model's {@code Table} as JSON. */
@Entity
@Table(schema = "catalog", name = "table_entry")
@SuppressWarnings("NullAway.Init") // set by Hibernate
public class TableEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "database_id", nullable = false)
    private Long databaseId;

    @Column(nullable = false)
    private String name;

    @Column(nullable = false)
    private long version;

    @Column(nullable = false)
    private String definition;

    @Column(name = "indexed_keys", nullable = false)
    private int[] indexedKeys;

    /** For Hibernate. */
    protected TableEntity() {}

    /** A row with the columns id, database_id, name, version, definition and indexed_keys, in that order. */
    static TableEntity of(ResultSet row) throws SQLException {
        TableEntity table = new TableEntity();
        table.id = row.getLong(1);
        table.databaseId = row.getLong(2);
        table.name = row.getString(3);
        table.version = row.getLong(4);
        table.definition = row.getString(5);
        table.indexedKeys = Arrays.stream((Integer[]) row.getArray(6).getArray())
                .mapToInt(Integer::intValue)
                .toArray();
        return table;
    }

    /** Primary key. */
    public Long id() {
        return id;
    }

    /** Positions, counted from 1, of the partition keys that active partition indexes have. */
    public int[] indexedKeys() {
        return indexedKeys.clone();
    }

    /** How many updates the table has had. */
    public long version() {
        return version;
    }

    String name() {
        return name;
    }

    String definition() {
        return definition;
    }
}
