package dev.mastic.catalog.table;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.util.Objects;

/** A row of {@code catalog.table_version}: a version of a table before the present one. */
@Entity
@Table(schema = "catalog", name = "table_version")
@IdClass(TableVersionEntity.Key.class)
@SuppressWarnings("NullAway.Init") // set by Hibernate
public class TableVersionEntity {
    @Id
    @Column(name = "table_id")
    private Long tableId;

    @Id
    private long version;

    @Column(nullable = false)
    private String definition;

    /** For Hibernate. */
    protected TableVersionEntity() {}

    TableVersionEntity(Long tableId, long version, String definition) {
        this.tableId = tableId;
        this.version = version;
        this.definition = definition;
    }

    long version() {
        return version;
    }

    String definition() {
        return definition;
    }

    /** Primary key. */
    @SuppressWarnings("NullAway.Init") // set by Hibernate
    public static class Key implements Serializable {
        private Long tableId;
        private long version;

        /** For Hibernate. */
        public Key() {}

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && Objects.equals(key.tableId, tableId) && key.version == version;
        }

        @Override
        public int hashCode() {
            return Objects.hash(tableId, version);
        }
    }
}
