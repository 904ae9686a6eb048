-- Words by which SearchTables finds the tables that it looks at. Null is a table whose words are not known, from before
-- this column or with more words than are worth an index: those are looked at in every search.
ALTER TABLE catalog.table_entry ADD COLUMN search_tokens text[] COLLATE "C";
CREATE INDEX table_by_search_token ON catalog.table_entry USING gin (search_tokens);
CREATE INDEX table_without_search_tokens ON catalog.table_entry (id) WHERE search_tokens IS NULL;
