CREATE TABLE catalog.security_configuration (
    name text COLLATE "C" CONSTRAINT security_configuration_name_is_unique PRIMARY KEY,
    definition text NOT NULL,
    CONSTRAINT security_configuration_name_is_not_empty CHECK (name <> '')
);
