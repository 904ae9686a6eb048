-- Managed tables of the Hive connector: formats, inserts, changes of columns, names and partitions.
USE hive.${schema};
CREATE TABLE orders (id bigint, customer varchar, total decimal(12,2), tags array(varchar), address row(city varchar, zip integer), st varchar(1), ds date)
WITH (format = 'PARQUET', partitioned_by = ARRAY['st', 'ds']);
CREATE TABLE orders (id bigint);
--! already exists
INSERT INTO orders VALUES
  (1, 'ann', 10.50, ARRAY['a','b'], ROW('Bern', 3000), 'F', DATE '2026-01-01'),
  (2, 'bob', 20.00, ARRAY[], ROW('Basel', 4000), 'O', DATE '2026-01-01'),
  (3, 'cyd', 30.25, NULL, NULL, 'F', DATE '2026-01-02');
--# 3
SELECT id, customer, total, tags, address.city, st, ds FROM orders ORDER BY id;
--> 1 | ann | 10.50 | [a, b] | Bern | F | 2026-01-01
--> 2 | bob | 20.00 | [] | Basel | O | 2026-01-01
--> 3 | cyd | 30.25 | null | null | F | 2026-01-02
INSERT INTO orders VALUES (4, 'dan', 1.00, NULL, NULL, 'O', DATE '2026-01-02');
--# 1
-- a second insert into a partition that is there
INSERT INTO orders VALUES (5, 'eve', 2.00, NULL, NULL, 'O', DATE '2026-01-02');
--# 1
SELECT st, ds FROM "orders$partitions" ORDER BY 1, 2;
--> F | 2026-01-01
--> F | 2026-01-02
--> O | 2026-01-01
--> O | 2026-01-02
SHOW CREATE TABLE orders;
--~ partitioned_by = ARRAY['st','ds']
--~ format = 'PARQUET'
DESCRIBE orders;
--> id | bigint |  | 
--> customer | varchar |  | 
--> total | decimal(12,2) |  | 
--> tags | array(varchar) |  | 
--> address | row(city varchar, zip integer) |  | 
--> st | varchar(1) | partition key | 
--> ds | date | partition key | 
-- the same in the other formats
CREATE TABLE orders_orc WITH (format = 'ORC', partitioned_by = ARRAY['ds']) AS SELECT id, customer, total, ds FROM orders;
--# 5
SELECT ds, count(*), sum(total) FROM orders_orc GROUP BY ds ORDER BY ds;
--> 2026-01-01 | 2 | 30.50
--> 2026-01-02 | 3 | 33.25
CREATE TABLE orders_csv (id varchar, customer varchar) WITH (format = 'CSV', csv_separator = ';');
INSERT INTO orders_csv SELECT CAST(id AS varchar), customer FROM orders;
--# 5
SELECT count(*), min(customer), max(id) FROM orders_csv;
--> 5 | ann | 5
CREATE TABLE orders_text (id bigint, customer varchar, ds date) WITH (format = 'TEXTFILE', textfile_field_separator = '|', partitioned_by = ARRAY['ds']);
INSERT INTO orders_text SELECT id, customer, ds FROM orders;
--# 5
SELECT id, customer, ds FROM orders_text WHERE ds = DATE '2026-01-01' ORDER BY id;
--> 1 | ann | 2026-01-01
--> 2 | bob | 2026-01-01
CREATE TABLE orders_json WITH (format = 'JSON') AS SELECT id, customer, tags, address FROM orders;
--# 5
SELECT id, tags, address.zip FROM orders_json WHERE id < 3 ORDER BY id;
--> 1 | [a, b] | 3000
--> 2 | [] | 4000
CREATE TABLE orders_avro WITH (format = 'AVRO') AS SELECT id, customer, total FROM orders;
--# 5
SELECT sum(total) FROM orders_avro;
--> 63.75
CREATE TABLE orders_rc WITH (format = 'RCBINARY') AS SELECT id, customer FROM orders;
--# 5
SELECT count(*) FROM orders_rc;
--> 5
CREATE TABLE orders_bucketed WITH (format = 'ORC', bucketed_by = ARRAY['id'], bucket_count = 4, sorted_by = ARRAY['id DESC']) AS SELECT id, customer FROM orders;
--# 5
SHOW CREATE TABLE orders_bucketed;
--~ bucket_count = 4
--~ bucketed_by = ARRAY['id']
--~ sorted_by = ARRAY['id DESC']
SELECT customer FROM orders_bucketed WHERE id = 3;
--> cyd
-- comments and columns
COMMENT ON TABLE orders IS 'What was ordered; ''quoted'' and ünïcode';
COMMENT ON COLUMN orders.customer IS 'Who';
SHOW CREATE TABLE orders;
--~ COMMENT 'What was ordered; ''quoted'' and ünïcode'
--~ customer varchar COMMENT 'Who'
ALTER TABLE orders ADD COLUMN note varchar COMMENT 'Anything';
INSERT INTO orders (id, customer, note, st, ds) VALUES (6, 'fay', 'first with a note', 'F', DATE '2026-01-03');
--# 1
SELECT id, note FROM orders WHERE id IN (1, 6) ORDER BY id;
--> 1 | null
--> 6 | first with a note
ALTER TABLE orders ADD COLUMN note varchar;
--! already exists
ALTER TABLE orders_text RENAME COLUMN customer TO buyer;
SELECT buyer FROM orders_text WHERE id = 1;
--> ann
ALTER TABLE orders_json DROP COLUMN tags;
DESCRIBE orders_json;
--> id | bigint |  | 
--> customer | varchar |  | 
--> address | row(city varchar, zip integer) |  | 
ALTER TABLE orders DROP COLUMN absent;
--! does not exist
ALTER TABLE orders DROP COLUMN ds;
--! Cannot drop partition column
-- Glue has no rename, and the Hive connector says so.
ALTER TABLE orders_rc RENAME TO orders_renamed;
--! Table rename is not supported
-- partitions
DELETE FROM orders WHERE ds = DATE '2026-01-03';
SELECT count(*) FROM "orders$partitions";
--> 4
DELETE FROM orders WHERE st = 'O' AND ds = DATE '2026-01-02';
SELECT id FROM orders ORDER BY id;
--> 1
--> 2
--> 3
DELETE FROM orders WHERE id = 1;
--! Modifying Hive table rows is only supported for transactional tables
CALL hive.system.create_empty_partition('${schema}', 'orders', ARRAY['st','ds'], ARRAY['X', '2026-02-01']);
SELECT count(*) FROM "orders$partitions" WHERE st = 'X';
--> 1
CALL hive.system.create_empty_partition('${schema}', 'orders', ARRAY['st','ds'], ARRAY['X', '2026-02-01']);
--! already exists
CALL hive.system.unregister_partition('${schema}', 'orders', ARRAY['st','ds'], ARRAY['F', '2026-01-01']);
SELECT id FROM orders WHERE st = 'F' ORDER BY id;
--> 3
CALL hive.system.register_partition('${schema}', 'orders', ARRAY['st','ds'], ARRAY['F', '2026-01-01']);
SELECT id FROM orders WHERE st = 'F' ORDER BY id;
--> 1
--> 3
CALL hive.system.unregister_partition('${schema}', 'orders', ARRAY['st','ds'], ARRAY['F', '2099-01-01']);
--! does not exist
SET SESSION hive.insert_existing_partitions_behavior = 'OVERWRITE';
INSERT INTO orders (id, customer, st, ds) VALUES (9, 'gus', 'F', DATE '2026-01-01');
--# 1
SELECT id FROM orders WHERE st = 'F' ORDER BY id;
--> 3
--> 9
RESET SESSION hive.insert_existing_partitions_behavior;
-- a column of nothing but nulls: Trino knows no average length of it
CREATE TABLE nulls AS SELECT CAST(NULL AS varchar) AS s, CAST(NULL AS bigint) AS n, CAST(NULL AS date) AS d, CAST(NULL AS boolean) AS b, CAST(NULL AS double) AS f, CAST(NULL AS varbinary) AS y;
--# 1
SELECT * FROM nulls;
--> null | null | null | null | null | null
INSERT INTO nulls VALUES (NULL, NULL, NULL, NULL, NULL, NULL), ('x', 1, DATE '2026-01-01', true, 0.5, X'00');
--# 2
SELECT count(*) FROM nulls WHERE s IS NULL;
--> 2
-- a table without partitions, and one whose select fails half way
CREATE TABLE plain AS SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(n, s);
--# 2
DELETE FROM plain;
SELECT count(*) FROM plain;
--> 0
CREATE TABLE never AS SELECT 1 / (n - n) AS x FROM (VALUES 1, 2) AS t(n);
--! Division by zero
SHOW TABLES LIKE 'never';
--> (no rows)
CREATE TABLE IF NOT EXISTS plain (n integer);
DROP TABLE plain;
SELECT * FROM plain;
--! Table 'hive.${schema}.plain' does not exist
DROP TABLE plain;
--! does not exist
DROP TABLE IF EXISTS plain;
