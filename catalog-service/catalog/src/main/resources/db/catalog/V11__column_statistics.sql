-- "column_name" is folded: columns are found in any case of letters.
CREATE TABLE catalog.table_column_statistics (
    table_id bigint NOT NULL CONSTRAINT statistics_have_a_table REFERENCES catalog.table_entry ON DELETE CASCADE,
    column_name text COLLATE "C" NOT NULL,
    definition text NOT NULL,
    PRIMARY KEY (table_id, column_name)
);

-- One row for a partition, keyed as the partition: values and a name together can be longer than an entry of an index.
-- "columns" has by column {"version": of the table when they were written, "definition": text}.
CREATE TABLE catalog.partition_column_statistics (
    table_id bigint NOT NULL,
    values text[] COLLATE "C" NOT NULL,
    columns jsonb NOT NULL,
    PRIMARY KEY (table_id, values),
    CONSTRAINT statistics_have_a_partition FOREIGN KEY (table_id, values)
        REFERENCES catalog.partition ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT statistics_are_by_column CHECK (jsonb_typeof(columns) = 'object')
);

-- What partitions keep of a column from before this version of the table is void, so that an update which drops a column
-- need not visit a million partitions.
CREATE TABLE catalog.dropped_column (
    table_id bigint NOT NULL REFERENCES catalog.table_entry ON DELETE CASCADE,
    column_name text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (table_id, column_name)
);
