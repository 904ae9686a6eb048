package dev.mastic.catalog.table;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

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

    /** For Hibernate. */
    protected TableEntity() {}

    /** Primary key. */
    public Long id() {
        return id;
    }

    String name() {
        return name;
    }

    long version() {
        return version;
    }

    String definition() {
        return definition;
    }
}
