-- The Iceberg connector with iceberg.catalog.type=glue: every commit is an UpdateTable with VersionId.
CREATE SCHEMA iceberg.${schema}_ice WITH (location = 's3://${bucket}/${schema}_ice/');
USE iceberg.${schema}_ice;
CREATE TABLE trips (id bigint, city varchar, fare decimal(8,2), at timestamp(6) with time zone, tags map(varchar, varchar))
WITH (format = 'PARQUET', partitioning = ARRAY['city', 'month(at)', 'bucket(id, 4)']) ;
INSERT INTO trips VALUES
  (1, 'Bern', 10.00, TIMESTAMP '2026-01-01 10:00:00 UTC', MAP(ARRAY['k'], ARRAY['v'])),
  (2, 'Basel', 20.00, TIMESTAMP '2026-01-02 10:00:00 UTC', NULL),
  (3, 'Bern', 30.00, TIMESTAMP '2026-02-01 10:00:00 UTC', NULL);
--# 3
SELECT id, city, fare FROM trips WHERE city = 'Bern' AND at >= TIMESTAMP '2026-02-01 00:00:00 UTC';
--> 3 | Bern | 30.00
SELECT count(*) FROM "trips$partitions";
--> 3
UPDATE trips SET fare = fare + 1 WHERE city = 'Bern';
--# 2
SELECT id, fare FROM trips ORDER BY id;
--> 1 | 11.00
--> 2 | 20.00
--> 3 | 31.00
DELETE FROM trips WHERE id = 2;
--# 1
MERGE INTO trips t USING (VALUES (1, 'Bern', 99.00), (4, 'Chur', 40.00)) AS s(id, city, fare) ON t.id = s.id
  WHEN MATCHED THEN UPDATE SET fare = s.fare
  WHEN NOT MATCHED THEN INSERT (id, city, fare, at) VALUES (s.id, s.city, s.fare, TIMESTAMP '2026-03-01 00:00:00 UTC');
--# 2
SELECT id, city, fare FROM trips ORDER BY id;
--> 1 | Bern | 99.00
--> 3 | Bern | 31.00
--> 4 | Chur | 40.00
-- history
SELECT operation FROM "trips$snapshots" ORDER BY committed_at;
--> append
--> append
--> overwrite
--> delete
--> overwrite
SELECT count(*) > 4 FROM "trips$history";
--> true
SELECT count(*) > 0 FROM "trips$files";
--> true
SELECT count(*) FROM trips FOR TIMESTAMP AS OF TIMESTAMP '2001-01-01 00:00:00 UTC';
--! No version history
CREATE TABLE versions (n integer);
INSERT INTO versions VALUES 1;
--# 1
INSERT INTO versions VALUES 2;
--# 1
SELECT count(*) FROM "versions$snapshots";
--> 3
SELECT count(*) FROM versions FOR VERSION AS OF BIGINT '42';
--! Iceberg snapshot ID does not exists: 42
-- changes of the schema
ALTER TABLE trips ADD COLUMN note varchar COMMENT 'free text';
ALTER TABLE trips RENAME COLUMN fare TO price;
ALTER TABLE trips DROP COLUMN tags;
ALTER TABLE trips ALTER COLUMN price SET DATA TYPE decimal(12,2);
ALTER TABLE trips SET PROPERTIES partitioning = ARRAY['city'];
COMMENT ON TABLE trips IS 'Rides';
DESCRIBE trips;
--> id | bigint |  | 
--> city | varchar |  | 
--> price | decimal(12,2) |  | 
--> at | timestamp(6) with time zone |  | 
--> note | varchar |  | free text
SHOW CREATE TABLE trips;
--~ COMMENT 'Rides'
--~ partitioning = ARRAY['city']
SELECT id, price, note FROM trips WHERE id = 4;
--> 4 | 40.00 | null
-- statistics
ANALYZE trips;
SHOW STATS FOR trips;
--~ price | null | 3.0 | 0.0 | null | 10.0 | 99.0
-- names
ALTER TABLE trips RENAME TO rides;
SELECT count(*) FROM rides;
--> 3
SELECT count(*) FROM trips;
--! does not exist
ALTER TABLE rides RENAME TO versions;
--! already exists
CREATE TABLE rides (x integer);
--! already exists
CREATE OR REPLACE TABLE versions (m varchar);
INSERT INTO versions VALUES 'new';
--# 1
SELECT * FROM versions;
--> new
CREATE TABLE copied WITH (format = 'ORC') AS SELECT * FROM rides;
--# 3
TRUNCATE TABLE copied;
SELECT count(*) FROM copied;
--> 0
-- a table's files without the table, and the table again
CREATE TABLE kept (n integer) WITH (location = 's3://${bucket}/kept');
INSERT INTO kept VALUES 1, 2, 3;
--# 3
CALL iceberg.system.unregister_table('${schema}_ice', 'kept');
SELECT * FROM kept;
--! does not exist
CALL iceberg.system.register_table('${schema}_ice', 'kept', 's3://${bucket}/kept');
SELECT sum(n) FROM kept;
--> 6
CALL iceberg.system.register_table('${schema}_ice', 'kept', 's3://${bucket}/kept');
--! already exists
-- upkeep
ALTER TABLE rides EXECUTE optimize;
ALTER TABLE rides EXECUTE expire_snapshots(retention_threshold => '7d');
SELECT count(*) FROM rides;
--> 3
-- views and materialized views
CREATE VIEW dear AS SELECT id, price FROM rides WHERE price > 35;
SELECT id FROM dear ORDER BY id;
--> 1
--> 4
ALTER VIEW dear RENAME TO expensive;
SELECT count(*) FROM expensive;
--> 2
CREATE MATERIALIZED VIEW by_city AS SELECT city, count(*) AS n FROM rides GROUP BY city;
REFRESH MATERIALIZED VIEW by_city;
SELECT city, n FROM by_city ORDER BY city;
--> Bern | 2
--> Chur | 1
INSERT INTO rides (id, city) VALUES (5, 'Chur');
--# 1
REFRESH MATERIALIZED VIEW by_city;
SELECT n FROM by_city WHERE city = 'Chur';
--> 2
SHOW CREATE MATERIALIZED VIEW by_city;
--~ GROUP BY city
SELECT name, freshness FROM system.metadata.materialized_views WHERE catalog_name = 'iceberg' AND schema_name = '${schema}_ice';
--> by_city | *
DROP MATERIALIZED VIEW by_city;
DROP VIEW expensive;
-- two sessions insert at once: a commit that comes second is refused by its VersionId, and Trino tries again
CREATE TABLE contested (session integer, n integer);
--* 2 sessions 10 times
INSERT INTO iceberg.${schema}_ice.contested VALUES (${session}, ${time});
--# 1
SELECT session, count(*), sum(n) FROM contested GROUP BY session ORDER BY session;
--> 1 | 10 | 55
--> 2 | 10 | 55
SELECT count(*) FROM "contested$snapshots" WHERE operation = 'append';
--> 21
-- each connector says that the other's table is not its own
SELECT * FROM hive.${schema}_ice.rides;
--! Cannot query Iceberg table
SELECT * FROM iceberg.${schema}.orders;
--! Not an Iceberg table
DROP TABLE copied;
DROP SCHEMA iceberg.${schema}_ice;
--! non-empty
DROP SCHEMA iceberg.${schema}_ice CASCADE;
SHOW SCHEMAS FROM iceberg LIKE '${schema}_ice';
--> (no rows)
