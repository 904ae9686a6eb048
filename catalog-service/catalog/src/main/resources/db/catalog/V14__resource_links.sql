-- A database that only names another has no tables and no functions of its own.
ALTER TABLE catalog.database ADD COLUMN resource_link boolean NOT NULL DEFAULT false;
