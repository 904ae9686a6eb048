-- Column statistics of tables and of partitions, by inserts and by ANALYZE.
USE hive.${schema};
CREATE TABLE measured (id bigint, name varchar, price decimal(10,2), weight double, sold date, ok boolean, raw varbinary, at timestamp(3));
INSERT INTO measured VALUES
  (1, 'a', 1.25, 0.5, DATE '2026-01-01', true, X'0102', TIMESTAMP '2026-01-01 01:02:03'),
  (2, 'bbb', 2.50, -1.5, DATE '2026-02-01', false, X'01', NULL),
  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (-4, 'cc', -7.00, 1e10, DATE '1960-05-06', true, X'', TIMESTAMP '2026-03-01 00:00:00');
--# 4
SHOW STATS FOR measured;
--> id | null | 4.0 | 0.0 | null | -4 | 3
--> name | * | 3.0 | 0.25 | null | null | null
--> price | null | 3.0 | 0.25 | null | -7.0 | 2.5
--> weight | null | 3.0 | 0.25 | null | -1.5 | 1.0E10
--> sold | null | 3.0 | 0.25 | null | 1960-05-06 | 2026-02-01
--> ok | null | 2.0 | 0.25 | null | null | null
--> raw | * | null | 0.25 | null | null | null
--> at | null | null | null | null | null | null
--> null | null | null | null | 4.0 | null | null
CALL hive.system.drop_stats('${schema}', 'measured');
SHOW STATS FOR measured;
--~ id | null | null | null | null | null | null
ANALYZE measured;
--# 4
SHOW STATS FOR measured;
--~ id | null | 4.0 | 0.0 | null | -4 | 3
--~ name | 
--~ null | null | null | null | 4.0
-- a merge of the figures that are there with those of an insert
INSERT INTO measured (id, name) VALUES (100, 'a longer name');
--# 1
SHOW STATS FOR measured;
--~ id | null | 4.0 | 0.0 | null | -4 | 100
--~ null | null | null | null | 5.0
-- partitions
CREATE TABLE measured_parts (id bigint, name varchar, ds date) WITH (partitioned_by = ARRAY['ds']);
INSERT INTO measured_parts SELECT x, CAST(x AS varchar), DATE '2026-01-01' + INTERVAL '1' DAY * (x % 3) FROM UNNEST(sequence(1, 300)) AS t(x);
--# 300
SHOW STATS FOR measured_parts;
--> id | null | * | 0.0 | null | 1 | 300
--> name | * | * | 0.0 | null | null | null
--> ds | null | 3.0 | 0.0 | null | 2026-01-01 | 2026-01-03
--> null | null | null | null | 300.0 | null | null
SHOW STATS FOR (SELECT * FROM measured_parts WHERE ds = DATE '2026-01-02');
--~ null | null | null | null | 100.0
CALL hive.system.drop_stats('${schema}', 'measured_parts', ARRAY[ARRAY['2026-01-01']]);
ANALYZE measured_parts WITH (partitions = ARRAY[ARRAY['2026-01-01']]);
--# 100
ANALYZE measured_parts;
--# 300
ANALYZE measured_parts WITH (columns = ARRAY['id']);
--# 300
SHOW STATS FOR (SELECT * FROM measured_parts WHERE ds = DATE '2026-01-01');
--~ id | null | 100.0 | 0.0 | null | 3 | 300
ANALYZE measured_parts WITH (partitions = ARRAY[ARRAY['2031-01-01']]);
--! no longer exists
-- figures go with their column
ALTER TABLE measured DROP COLUMN weight;
ALTER TABLE measured RENAME COLUMN name TO label;
SELECT count(*) FROM measured;
--> 5
-- 30 columns: more than one call writes
CREATE TABLE wide AS SELECT x AS c01, x AS c02, x AS c03, x AS c04, x AS c05, x AS c06, x AS c07, x AS c08, x AS c09, x AS c10,
  x AS c11, x AS c12, x AS c13, x AS c14, x AS c15, x AS c16, x AS c17, x AS c18, x AS c19, x AS c20,
  x AS c21, x AS c22, x AS c23, x AS c24, x AS c25, x AS c26, x AS c27, x AS c28, x AS c29, x AS c30 FROM UNNEST(sequence(1, 10)) AS t(x);
--# 10
SHOW STATS FOR wide;
--~ c01 | null | 10.0 | 0.0 | null | 1 | 10
--~ c30 | null | 10.0 | 0.0 | null | 1 | 10
