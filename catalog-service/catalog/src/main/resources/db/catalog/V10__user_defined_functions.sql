CREATE TABLE catalog.user_defined_function (
    database_id bigint NOT NULL CONSTRAINT function_has_a_database REFERENCES catalog.database ON DELETE CASCADE,
    name text COLLATE "C" NOT NULL,
    function_type text COLLATE "C",
    definition text NOT NULL,
    CONSTRAINT function_name_is_unique PRIMARY KEY (database_id, name),
    CONSTRAINT function_name_is_not_empty CHECK (name <> '')
);
