-- "definition" has no secrets; they are in "secrets", encrypted. A key cannot go while a connection needs it.
CREATE TABLE catalog.connection (
    name text COLLATE "C" CONSTRAINT connection_name_is_unique PRIMARY KEY,
    connection_type text COLLATE "C" NOT NULL,
    schema_version integer NOT NULL,
    match_criteria text[] NOT NULL,
    definition text NOT NULL,
    secrets text,
    key_id text COLLATE "C" CONSTRAINT connection_has_its_key REFERENCES catalog.secret_key,
    CONSTRAINT connection_name_is_not_empty CHECK (name <> ''),
    CONSTRAINT connection_secrets_have_a_key CHECK ((secrets IS NULL) = (key_id IS NULL))
);
CREATE INDEX connection_by_key ON catalog.connection (key_id) WHERE key_id IS NOT NULL;
