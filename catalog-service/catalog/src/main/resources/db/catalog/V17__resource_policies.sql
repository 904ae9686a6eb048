-- Of the catalog as a whole; resources of it have no policies of their own.
CREATE TABLE catalog.resource_policy (
    resource_arn text COLLATE "C" CONSTRAINT resource_has_one_policy PRIMARY KEY,
    policy text NOT NULL,
    hash text NOT NULL,
    created timestamptz NOT NULL DEFAULT now(),
    updated timestamptz NOT NULL DEFAULT now()
);
