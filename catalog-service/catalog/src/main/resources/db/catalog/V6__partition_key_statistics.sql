-- PostgreSQL estimates nothing of an expression from a partial index: without these it would take a range on a key for a
-- third of all partitions, and walk the table in the order of pages.
CREATE STATISTICS catalog.partition_key_count ON (cardinality(keys)) FROM catalog.partition;
CREATE STATISTICS catalog.partition_key_1_values ON (keys[1]) FROM catalog.partition;
CREATE STATISTICS catalog.partition_key_2_values ON (keys[2]) FROM catalog.partition;
CREATE STATISTICS catalog.partition_key_3_values ON (keys[3]) FROM catalog.partition;
CREATE STATISTICS catalog.partition_key_4_values ON (keys[4]) FROM catalog.partition;
CREATE STATISTICS catalog.partition_key_5_values ON (keys[5]) FROM catalog.partition;
CREATE STATISTICS catalog.partition_key_6_values ON (keys[6]) FROM catalog.partition;

-- A large load is known before its filters come, not only when a tenth of all partitions have changed.
ALTER TABLE catalog.partition SET (autovacuum_analyze_scale_factor = 0.02, autovacuum_analyze_threshold = 5000);
