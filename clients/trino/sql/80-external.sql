-- Tables that others made: by the Glue API and by Mastic's crawler (80-external.sh).
USE hive.${schema}_external;
SHOW TABLES;
--> days
--> flights
--> people
--> synced
SELECT id, name, amount FROM people ORDER BY id;
--> 1 | ann | 1.5
--> 2 | bob; the second | 2.5
SHOW CREATE TABLE people;
--~ format = 'CSV'
--~ skip_header_line_count = 1
SELECT day, n, ds FROM days WHERE ds = DATE '2026-01-02';
--> 2026-01-02 | 7 | 2026-01-02
SELECT count(*) FROM days;
--> 2
INSERT INTO days VALUES ('2026-01-03', 8, DATE '2026-01-03');
--# 1
SELECT sum(n) FROM days WHERE ds BETWEEN DATE '2026-01-02' AND DATE '2026-01-03';
--> 15
SELECT month, count(*) > 1000 FROM flights GROUP BY month ORDER BY month;
--> 01 | true
--> 02 | true
SELECT count(*) FROM "flights$partitions";
--> 2
ANALYZE flights;
SELECT v, k FROM synced ORDER BY v;
--> 1 | one
--> 2 | two
--> 3 | with space
--> 4 | a=b
SELECT v FROM synced WHERE k = 'with space';
--> 3
DROP TABLE people;
DROP SCHEMA hive.${schema}_external CASCADE;
