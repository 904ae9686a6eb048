-- Views are Glue tables of the type VIRTUAL_VIEW, SQL functions are Glue's user defined functions.
USE hive.${schema};
CREATE VIEW late_orders COMMENT 'Those of 2026' SECURITY INVOKER AS SELECT id, customer, st FROM orders WHERE ds >= DATE '2026-01-02';
SELECT id, customer FROM late_orders ORDER BY id;
--> 3 | cyd
SHOW CREATE VIEW late_orders;
--~ CREATE VIEW hive.${schema}.late_orders COMMENT 'Those of 2026' SECURITY INVOKER AS
--~ ds >= DATE '2026-01-02'
CREATE VIEW late_orders AS SELECT 1 AS x;
--! already exists
CREATE OR REPLACE VIEW late_orders AS SELECT id, customer, st, 'ünïcode' AS word FROM orders;
DESCRIBE late_orders;
--> id | bigint |  | 
--> customer | varchar |  | 
--> st | varchar(1) |  | 
--> word | varchar(7) |  | 
SELECT word FROM late_orders LIMIT 1;
--> ünïcode
SELECT table_name FROM information_schema.views WHERE table_schema = '${schema}';
--> late_orders
SELECT table_type FROM information_schema.tables WHERE table_schema = '${schema}' AND table_name = 'late_orders';
--> VIEW
COMMENT ON VIEW late_orders IS 'Newer';
COMMENT ON COLUMN late_orders.id IS 'The number';
SHOW CREATE VIEW late_orders;
--~ COMMENT 'Newer'
ALTER VIEW late_orders RENAME TO all_orders;
SELECT * FROM late_orders;
--! does not exist
ALTER VIEW all_orders RENAME TO late_orders;
DROP TABLE late_orders;
--! late_orders
CREATE VIEW of_view AS SELECT count(*) AS n FROM late_orders;
SELECT n > 0 FROM of_view;
--> true
DROP VIEW late_orders;
SELECT * FROM of_view;
--! late_orders
DROP VIEW of_view;
DROP VIEW of_view;
--! does not exist
-- functions: sql.path and sql.default-function-schema of the configuration name a schema of Glue
CREATE FUNCTION twice(x bigint) RETURNS bigint COMMENT 'Two times' RETURN x * 2;
SELECT twice(21);
--> 42
CREATE FUNCTION twice(x varchar) RETURNS varchar RETURN concat(x, x);
SELECT twice('ab'), twice(BIGINT '4');
--> abab | 8
CREATE FUNCTION twice(x bigint) RETURNS bigint RETURN x + x;
--! already exists
CREATE OR REPLACE FUNCTION twice(x bigint) RETURNS bigint RETURN x + x + 1;
SELECT twice(21);
--> 43
CREATE FUNCTION greet(name varchar) RETURNS varchar LANGUAGE SQL DETERMINISTIC BEGIN DECLARE r varchar DEFAULT 'Hello, '; SET r = r || name || ' ünï'; RETURN r; END;
SELECT greet('you');
--> Hello, you ünï
SHOW FUNCTIONS FROM hive.${schema}_functions;
--> greet | varchar | varchar | scalar | true | 
--> twice | bigint | bigint | scalar | true | 
--> twice | varchar | varchar | scalar | true | 
SHOW CREATE FUNCTION hive.${schema}_functions.greet;
--~ RETURNS varchar
SELECT greet(customer) FROM orders WHERE id = 3;
--> Hello, cyd ünï
DROP FUNCTION twice(varchar);
SELECT twice('ab');
--! twice
DROP FUNCTION twice(bigint);
DROP FUNCTION greet(varchar);
DROP FUNCTION greet(varchar);
--! not found
DROP FUNCTION IF EXISTS greet(varchar);
