-- Partition filters: Trino sends what it can to GetPartitions as an expression, for keys of every type.
USE hive.${schema};
CREATE TABLE keyed (v bigint, ks varchar, ki integer, kd date) WITH (format = 'PARQUET', partitioned_by = ARRAY['ks', 'ki', 'kd']);
INSERT INTO keyed VALUES
  (1, 'apple', 1, DATE '2026-01-01'), (2, 'banana', 2, DATE '2026-01-02'), (3, 'cherry', 10, DATE '2026-01-10'),
  (4, 'date', -5, DATE '2025-12-31'), (5, NULL, 7, DATE '2026-02-01'), (6, 'fig', NULL, DATE '2026-02-02'),
  (7, 'grape', 100, NULL), (8, 'a%b_c', 3, DATE '2026-03-01'), (9, 'o''brien', 4, DATE '2026-03-02'),
  (10, 'slash/equals=colon:', 5, DATE '2026-03-03'), (11, 'zulu', 6, DATE '2026-03-04');
--# 11
SELECT count(*) FROM "keyed$partitions";
--> 11
-- varchar
SELECT v FROM keyed WHERE ks = 'banana';
--> 2
SELECT v FROM keyed WHERE ks <> 'banana' ORDER BY v;
--> 1
--> 3
--> 4
--> 6
--> 7
--> 8
--> 9
--> 10
--> 11
SELECT v FROM keyed WHERE ks < 'b' ORDER BY v;
--> 1
--> 8
SELECT v FROM keyed WHERE ks >= 'date' AND ks <= 'grape' ORDER BY v;
--> 4
--> 6
--> 7
SELECT v FROM keyed WHERE ks IN ('apple', 'fig', 'absent') ORDER BY v;
--> 1
--> 6
SELECT v FROM keyed WHERE ks NOT IN ('apple', 'fig', 'zulu', 'a%b_c') ORDER BY v;
--> 2
--> 3
--> 4
--> 7
--> 9
--> 10
SELECT v FROM keyed WHERE ks BETWEEN 'b' AND 'd' ORDER BY v;
--> 2
--> 3
SELECT v FROM keyed WHERE ks NOT BETWEEN 'b' AND 'z' ORDER BY v;
--> 1
--> 8
--> 11
SELECT v FROM keyed WHERE ks LIKE 'c%';
--> 3
SELECT v FROM keyed WHERE ks LIKE '%an%' ORDER BY v;
--> 2
SELECT v FROM keyed WHERE ks LIKE 'a\%b\_c' ESCAPE '\';
--> 8
SELECT v FROM keyed WHERE ks IS NULL;
--> 5
SELECT count(*) FROM keyed WHERE ks IS NOT NULL;
--> 10
SELECT v FROM keyed WHERE ks IS NULL OR ks = 'apple' ORDER BY v;
--> 1
--> 5
SELECT v FROM keyed WHERE ks IS DISTINCT FROM 'apple' AND v < 4 ORDER BY v;
--> 2
--> 3
SELECT v FROM keyed WHERE ks = 'slash/equals=colon:';
--> 10
SELECT v FROM keyed WHERE ks = 'zulu';
--> 11
SELECT v FROM keyed WHERE upper(ks) = 'FIG';
--> 6
SELECT v FROM keyed WHERE ks > 'z';
--> 11
-- Trino sends a quote as it is, which makes the expression of another meaning or of none.
SELECT v FROM keyed WHERE ks = 'o''brien';
--! Expression
SELECT v FROM keyed WHERE ks LIKE 'o''b%';
--! Expression
SELECT v FROM keyed WHERE concat(ks, '') = 'o''brien';
--> 9
SELECT v FROM keyed WHERE ks = '';
--> (no rows)
-- integer: compared as numbers, not as text
SELECT v FROM keyed WHERE ki = 2;
--> 2
SELECT v FROM keyed WHERE ki > 9 ORDER BY v;
--> 3
--> 7
SELECT v FROM keyed WHERE ki < 2 ORDER BY v;
--> 1
--> 4
SELECT v FROM keyed WHERE ki BETWEEN 2 AND 10 AND v < 6 ORDER BY v;
--> 2
--> 3
--> 5
SELECT v FROM keyed WHERE ki <> 2 AND v <= 3 ORDER BY v;
--> 1
--> 3
SELECT v FROM keyed WHERE ki IN (-5, 10) ORDER BY v;
--> 3
--> 4
SELECT v FROM keyed WHERE ki NOT IN (1, 2, 3, 4, 5, 6, 7) ORDER BY v;
--> 3
--> 4
--> 7
SELECT v FROM keyed WHERE ki IS NULL;
--> 6
SELECT v FROM keyed WHERE ki IS NOT NULL AND v > 9 ORDER BY v;
--> 10
--> 11
SELECT v FROM keyed WHERE ki <= -5;
--> 4
SELECT v FROM keyed WHERE ki % 2 = 0 AND v < 5 ORDER BY v;
--> 2
--> 3
-- date
SELECT v FROM keyed WHERE kd = DATE '2026-01-02';
--> 2
SELECT v FROM keyed WHERE kd >= DATE '2026-01-10' AND kd < DATE '2026-02-02' ORDER BY v;
--> 3
--> 5
SELECT v FROM keyed WHERE kd < DATE '2026-01-01';
--> 4
SELECT v FROM keyed WHERE kd <> DATE '2026-01-01' AND v < 4 ORDER BY v;
--> 2
--> 3
SELECT v FROM keyed WHERE kd IN (DATE '2026-01-01', DATE '2026-03-02') ORDER BY v;
--> 1
--> 9
SELECT v FROM keyed WHERE kd BETWEEN DATE '2026-03-01' AND DATE '2026-03-31' ORDER BY v;
--> 8
--> 9
--> 10
--> 11
SELECT v FROM keyed WHERE kd IS NULL;
--> 7
SELECT v FROM keyed WHERE year(kd) = 2025;
--> 4
-- keys together, and keys with other columns
SELECT v FROM keyed WHERE ks = 'cherry' AND ki = 10 AND kd = DATE '2026-01-10';
--> 3
SELECT v FROM keyed WHERE (ks = 'cherry' AND ki = 10) OR (ks = 'apple' AND ki = 1) ORDER BY v;
--> 1
--> 3
SELECT v FROM keyed WHERE ks = 'cherry' AND v = 99;
--> (no rows)
SELECT count(*) FROM keyed WHERE ks = 'no such';
--> 0
SELECT k.v FROM keyed k JOIN (VALUES 'apple', 'fig') AS w(word) ON k.ks = w.word ORDER BY 1;
--> 1
--> 6
SELECT ks, ki, kd FROM "keyed$partitions" WHERE ki BETWEEN 1 AND 3 ORDER BY ki;
--> apple | 1 | 2026-01-01
--> banana | 2 | 2026-01-02
--> a%b_c | 3 | 2026-03-01
-- the other types of keys
CREATE TABLE keyed_more (v bigint, kb boolean, kt tinyint, ksm smallint, kbig bigint, kdec decimal(5,2), kc char(3), kts timestamp(3))
WITH (format = 'PARQUET', partitioned_by = ARRAY['kb', 'kt', 'ksm', 'kbig', 'kdec', 'kc', 'kts']);
INSERT INTO keyed_more VALUES
  (1, true, 1, 10, 10000000000, 1.50, 'abc', TIMESTAMP '2026-01-01 10:00:00'),
  (2, false, -1, 9, 9, 10.25, 'xy', TIMESTAMP '2026-01-02 00:00:00');
--# 2
SELECT v FROM keyed_more WHERE kb;
--> 1
SELECT v FROM keyed_more WHERE kt = -1;
--> 2
SELECT v FROM keyed_more WHERE ksm > 9;
--> 1
SELECT v FROM keyed_more WHERE kbig < 10;
--> 2
SELECT v FROM keyed_more WHERE kdec > 9.9;
--> 2
SELECT v FROM keyed_more WHERE kc = 'xy';
--> 2
SELECT v FROM keyed_more WHERE kts < TIMESTAMP '2026-01-02 00:00:00';
--> 1
SELECT v, kb, kt, ksm, kbig, kdec, kc, kts FROM keyed_more ORDER BY v;
--> 1 | true | 1 | 10 | 10000000000 | 1.50 | abc | 2026-01-01 10:00:00.0
--> 2 | false | -1 | 9 | 9 | 10.25 | xy  | 2026-01-02 00:00:00.0
-- more partitions than one page and one batch hold
CREATE TABLE many WITH (format = 'ORC', partitioned_by = ARRAY['n']) AS SELECT x AS v, x AS n FROM UNNEST(sequence(1, 450)) AS t(x);
--# 450
INSERT INTO many SELECT x, x FROM UNNEST(sequence(451, 900)) AS t(x);
--# 450
INSERT INTO many SELECT x, x FROM UNNEST(sequence(901, 1250)) AS t(x);
--# 350
SELECT count(*), min(n), max(n) FROM "many$partitions";
--> 1250 | 1 | 1250
SELECT count(*), sum(v) FROM many;
--> 1250 | 781875
SELECT count(*) FROM many WHERE n > 1000;
--> 250
SELECT v FROM many WHERE n IN (9, 99, 999) ORDER BY v;
--> 9
--> 99
--> 999
DELETE FROM many WHERE n <= 1200;
SELECT count(*) FROM "many$partitions";
--> 50
-- folders that came without the catalog's knowledge
CREATE TABLE synced (v bigint, k varchar) WITH (format = 'PARQUET', partitioned_by = ARRAY['k'], external_location = 's3://${bucket}/synced/');
CREATE TABLE synced_writer (v bigint, k varchar) WITH (format = 'PARQUET', partitioned_by = ARRAY['k'], external_location = 's3://${bucket}/synced/');
INSERT INTO synced_writer VALUES (1, 'one'), (2, 'two'), (3, 'with space'), (4, 'a=b');
--# 4
SELECT count(*) FROM synced;
--> 0
CALL hive.system.sync_partition_metadata('${schema}', 'synced', 'ADD');
SELECT v, k FROM synced ORDER BY v;
--> 1 | one
--> 2 | two
--> 3 | with space
--> 4 | a=b
CALL hive.system.sync_partition_metadata('${schema}', 'synced', 'FULL');
SELECT count(*) FROM "synced$partitions";
--> 4
CALL hive.system.drop_stats('${schema}', 'synced');
CALL hive.system.sync_partition_metadata('${schema}', 'absent', 'ADD');
--! not found
