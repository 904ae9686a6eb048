-- A run may be known to several jobs: a bookmark is imported into a job of another name too.
ALTER TABLE bookmark_commit DROP CONSTRAINT bookmark_commit_run_id_key;
CREATE UNIQUE INDEX bookmark_commit_of_run ON bookmark_commit (run_id, job_name);

-- The lines of an import until all have come: then they become a bookmark at once, or are forgotten.
CREATE TABLE bookmark_import (
    import_id text PRIMARY KEY,
    job_name  text        NOT NULL,
    begun_on  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE imported_line (
    import_id text  NOT NULL REFERENCES bookmark_import ON DELETE CASCADE,
    line      bigint NOT NULL,
    kind      text  NOT NULL,
    body      jsonb NOT NULL,
    PRIMARY KEY (import_id, line)
);
