-- Listings, by SQL and by JDBC's own tables.
SELECT table_name, table_type FROM hive.information_schema.tables WHERE table_schema = '${schema}' AND table_name IN ('orders', 'orders_csv', 'keyed', 'absent') ORDER BY 1;
--> keyed | BASE TABLE
--> orders | BASE TABLE
--> orders_csv | BASE TABLE
SELECT count(*) FROM hive.information_schema.tables WHERE table_schema = '${schema}' AND table_name LIKE 'keyed%';
--> 2
SELECT column_name, data_type, is_nullable FROM hive.information_schema.columns WHERE table_schema = '${schema}' AND table_name = 'orders_bucketed' ORDER BY ordinal_position;
--> id | bigint | YES
--> customer | varchar | YES
SELECT count(*) > 50 FROM hive.information_schema.columns WHERE table_schema = '${schema}';
--> true
SHOW TABLES FROM hive.${schema} LIKE 'orders\_%' ESCAPE '\';
--> orders_avro
--> orders_bucketed
--> orders_csv
--> orders_json
--> orders_orc
--> orders_rc
--> orders_text
SELECT table_name, table_type FROM system.jdbc.tables WHERE table_cat = 'hive' AND table_schem = '${schema}' AND table_name = 'orders';
--> orders | TABLE
SELECT column_name FROM system.jdbc.columns WHERE table_cat = 'hive' AND table_schem = '${schema}' AND table_name = 'orders_orc' ORDER BY ordinal_position;
--> id
--> customer
--> total
--> ds
SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'hive' AND schema_name = '${schema}' AND table_name = 'orders';
--> What was ordered; 'quoted' and ünïcode
SELECT count(*) FROM hive.information_schema.tables WHERE table_schema = '${schema}_absent';
--> 0
SHOW TABLES FROM hive.${schema}_absent;
--! Schema '${schema}_absent' does not exist
SELECT * FROM hive.${schema}.absent;
--! Table 'hive.${schema}.absent' does not exist
SELECT absent FROM hive.${schema}.orders;
--! Column 'absent' cannot be resolved
SELECT * FROM hive.${schema}_absent.orders;
--! Schema '${schema}_absent' does not exist
-- Trino knows no upper case, and Glue neither
SELECT count(*) FROM HIVE."${schema}"."ORDERS_ORC";
--> 5
CREATE TABLE hive.${schema}."Mixed Case" AS SELECT 1 AS "One Column";
--# 1
SELECT "one column" FROM hive.${schema}."mixed case";
--> 1
SHOW CREATE TABLE hive.${schema}.orders_csv;
--~ csv_separator = ';'
EXPLAIN SELECT count(*) FROM hive.${schema}.keyed WHERE ki = 2;
--~ ki:int:PARTITION_KEY
