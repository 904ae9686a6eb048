-- Drops: data of managed tables goes, data of external ones stays.
USE hive.${schema};
DROP TABLE synced;
SELECT count(*) FROM synced_writer;
--> 4
DROP SCHEMA hive.${schema};
--! non-empty
DROP TABLE orders;
SELECT * FROM orders;
--! does not exist
DROP TABLE IF EXISTS orders;
ALTER SCHEMA hive.${schema} RENAME TO ${schema}_other;
--! cannot be renamed
ALTER SCHEMA hive.${schema} SET AUTHORIZATION someone;
--! not supported by Glue
DROP SCHEMA hive.${schema} CASCADE;
SHOW SCHEMAS FROM hive LIKE '${schema}';
--> (no rows)
DROP SCHEMA IF EXISTS hive.${schema};
