-- The keys that secrets are encrypted with, by what tells them apart; the keys themselves are never here.
CREATE TABLE catalog.secret_key (
    id text COLLATE "C" CONSTRAINT secret_key_id_is_unique PRIMARY KEY,
    fingerprint text NOT NULL
);
