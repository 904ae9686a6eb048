-- Schemas are Glue databases.
CREATE SCHEMA hive.${schema} WITH (location = 's3://${bucket}/${schema}/');
SHOW SCHEMAS FROM hive LIKE '${schema}';
--> ${schema}
SHOW CREATE SCHEMA hive.${schema};
--~ location = 's3://${bucket}/${schema}/'
CREATE SCHEMA hive.${schema};
--! already exists
CREATE SCHEMA IF NOT EXISTS hive.${schema};
SELECT schema_name FROM hive.information_schema.schemata WHERE schema_name = '${schema}';
--> ${schema}
DROP SCHEMA hive.${schema}_absent;
--! does not exist
