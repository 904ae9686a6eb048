ALTER TABLE catalog.database ADD COLUMN tags jsonb NOT NULL DEFAULT '{}';
