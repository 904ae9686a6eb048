ALTER TABLE catalog.partition
    ALTER COLUMN keys SET NOT NULL,
    ADD CONSTRAINT partition_has_sort_keys CHECK (cardinality(keys) >= cardinality(values));

-- One for each of the first six keys, in the order of pages. A table pays for as many as it has keys.
CREATE INDEX partition_key_1 ON catalog.partition (table_id, (keys[1]), values) WHERE cardinality(keys) >= 1;
CREATE INDEX partition_key_2 ON catalog.partition (table_id, (keys[2]), values) WHERE cardinality(keys) >= 2;
CREATE INDEX partition_key_3 ON catalog.partition (table_id, (keys[3]), values) WHERE cardinality(keys) >= 3;
CREATE INDEX partition_key_4 ON catalog.partition (table_id, (keys[4]), values) WHERE cardinality(keys) >= 4;
CREATE INDEX partition_key_5 ON catalog.partition (table_id, (keys[5]), values) WHERE cardinality(keys) >= 5;
CREATE INDEX partition_key_6 ON catalog.partition (table_id, (keys[6]), values) WHERE cardinality(keys) >= 6;

-- What filters used before there were sort keys.
DROP FUNCTION catalog.try_timestamp(text);
DROP FUNCTION catalog.try_date(text);
DROP FUNCTION catalog.try_decimal(text);
DROP FUNCTION catalog.try_bigint(text);
