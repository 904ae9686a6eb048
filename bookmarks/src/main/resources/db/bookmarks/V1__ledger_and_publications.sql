-- The state of a job's bookmark: Glue's counters. "version" grows with every change and orders commits and rewinds.
CREATE TABLE bookmark (
    job_name        text PRIMARY KEY,
    version         int  NOT NULL DEFAULT 0 CHECK (version >= 0),
    run             int  NOT NULL DEFAULT 0 CHECK (run >= 0),
    attempt         int  NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    run_id          text,
    previous_run_id text
);

-- The runs that advanced a bookmark and were not rewound: the counters as they were then.
CREATE TABLE bookmark_commit (
    job_name        text        NOT NULL REFERENCES bookmark ON DELETE CASCADE,
    version         int         NOT NULL,
    run             int         NOT NULL,
    attempt         int         NOT NULL,
    run_id          text        NOT NULL UNIQUE,
    previous_run_id text,
    committed_on    timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (job_name, version)
);

-- One row for each version of an object that a job reads or has read. The primary key is what makes it exactly once:
-- two runs cannot both hold the same version.
CREATE TABLE object_claim (
    job_name      text        NOT NULL,
    source        text        NOT NULL,
    bucket        text        NOT NULL,
    object_key    text        NOT NULL,
    etag          text        NOT NULL,
    size          bigint      NOT NULL,
    last_modified timestamptz NOT NULL,
    run_id        text        NOT NULL,
    state         text        NOT NULL CHECK (state IN ('CLAIMED', 'DONE')),
    version       int,
    PRIMARY KEY (job_name, source, bucket, object_key, etag),
    CONSTRAINT done_has_a_version CHECK ((state = 'DONE') = (version IS NOT NULL))
);
CREATE INDEX object_claim_of_run ON object_claim (run_id) WHERE state = 'CLAIMED';
CREATE INDEX object_claim_of_version ON object_claim (job_name, version) WHERE state = 'DONE';

-- What a run asked for and another run held: those objects are still to be processed if that other run fails.
CREATE TABLE held_object (
    run_id     text NOT NULL,
    bucket     text NOT NULL,
    object_key text NOT NULL,
    etag       text NOT NULL,
    PRIMARY KEY (run_id, bucket, object_key, etag)
);

-- Where a run announced to upload: where to look for what it left if it dies.
CREATE TABLE staged_output (
    run_id    text        NOT NULL,
    output    text        NOT NULL,
    location  text        NOT NULL,
    staged_on timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (run_id, output, location)
);

-- A committed run and everything that must still be made visible for it.
CREATE TABLE publication (
    run_id          text PRIMARY KEY,
    job_name        text        NOT NULL,
    state           text        NOT NULL CHECK (state IN ('COMMITTED', 'PUBLISHED')),
    outputs         json        NOT NULL,
    attempts        int         NOT NULL DEFAULT 0,
    last_error      text,
    committed_on    timestamptz NOT NULL DEFAULT clock_timestamp(),
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    published_on    timestamptz,
    CONSTRAINT published_has_a_time CHECK ((state = 'PUBLISHED') = (published_on IS NOT NULL))
);
CREATE INDEX publication_due ON publication (next_attempt_at) WHERE state = 'COMMITTED';
