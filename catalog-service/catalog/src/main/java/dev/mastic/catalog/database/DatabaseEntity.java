package dev.mastic.catalog.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code catalog.database}; the definition is the model's {@code Database} as JSON. */
@Entity
@Table(schema = "catalog", name = "database")
@SuppressWarnings("NullAway.Init") // set by Hibernate
public class DatabaseEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(nullable = false, unique = true)
    private String name;

    @Column(nullable = false)
    private String definition;

    @Column(name = "resource_link", nullable = false)
    private boolean resourceLink;

    /** For Hibernate. */
    protected DatabaseEntity() {}

    /** Primary key. */
    public Long id() {
        return id;
    }

    String name() {
        return name;
    }

    String definition() {
        return definition;
    }

    boolean isResourceLink() {
        return resourceLink;
    }

    void define(String newDefinition) {
        this.definition = newDefinition;
    }
}
