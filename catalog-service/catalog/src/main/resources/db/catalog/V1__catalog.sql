CREATE TABLE catalog.database (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL,
    definition text NOT NULL,
    CONSTRAINT database_name_is_unique UNIQUE (name),
    CONSTRAINT database_name_is_folded CHECK (name = lower(name) AND name <> '')
);

CREATE TABLE catalog.table_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    database_id bigint NOT NULL CONSTRAINT table_has_a_database REFERENCES catalog.database ON DELETE CASCADE,
    name text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    definition text NOT NULL,
    CONSTRAINT table_name_is_unique UNIQUE (database_id, name),
    CONSTRAINT table_name_is_folded CHECK (name <> ''),
    CONSTRAINT table_version_counts_up CHECK (version >= 0)
);

-- The versions before the present one; the present one is table_entry's own.
CREATE TABLE catalog.table_version (
    table_id bigint NOT NULL REFERENCES catalog.table_entry ON DELETE CASCADE,
    version bigint NOT NULL,
    definition text NOT NULL,
    PRIMARY KEY (table_id, version)
);

-- "values" is in the order of the table's partition keys, and the order of pages.
CREATE TABLE catalog.partition (
    table_id bigint NOT NULL CONSTRAINT partition_has_a_table REFERENCES catalog.table_entry ON DELETE CASCADE,
    values text[] COLLATE "C" NOT NULL,
    definition text NOT NULL,
    CONSTRAINT partition_values_are_unique PRIMARY KEY (table_id, values),
    CONSTRAINT partition_has_values CHECK (cardinality(values) > 0)
);
