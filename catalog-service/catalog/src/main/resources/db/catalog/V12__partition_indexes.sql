-- "descriptor" is the model's PartitionIndexDescriptor as JSON; "id" is the order of creation.
CREATE TABLE catalog.partition_index (
    id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    table_id bigint NOT NULL CONSTRAINT index_has_a_table REFERENCES catalog.table_entry ON DELETE CASCADE,
    name text COLLATE "C" NOT NULL,
    positions integer[] NOT NULL,
    status text NOT NULL,
    descriptor text NOT NULL,
    CONSTRAINT index_name_is_unique PRIMARY KEY (table_id, name),
    CONSTRAINT index_status_is_final CHECK (status IN ('ACTIVE', 'FAILED')),
    CONSTRAINT index_has_keys CHECK (cardinality(positions) > 0)
);

-- Positions, counted from 1, of the keys that some active index has. Beside the table and not only in its indexes: who
-- waits for the lock of the table's row reads this column anew, and no other table.
ALTER TABLE catalog.table_entry ADD COLUMN indexed_keys integer[] NOT NULL DEFAULT '{}';
