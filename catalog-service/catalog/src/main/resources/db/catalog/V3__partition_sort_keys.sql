-- Sort keys of a partition's values, in the order of the table's partition keys: texts that sort by their bytes as the
-- values do in the types of the keys; null for a null and for a value that is not of the type. The migration after this
-- one fills them for partitions that are there.
ALTER TABLE catalog.partition ADD COLUMN keys text[] COLLATE "C";
