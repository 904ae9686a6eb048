ALTER TABLE catalog.connection ADD COLUMN tags jsonb NOT NULL DEFAULT '{}';
