-- Where a run announced to stage rows in a database: what to drop when it has ended.
CREATE TABLE staged_table (
    run_id          text        NOT NULL,
    output          text        NOT NULL,
    connection_name text        NOT NULL,
    schema_name     text        NOT NULL,
    table_name      text        NOT NULL,
    staged_on       timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (run_id, output, connection_name, schema_name, table_name)
);

-- What a job has read of a source by keys. The rows of a source are a chain: each begins where the one before ends, so
-- nothing is compared but texts. FREE ones were given back by runs that failed, or by a rewind.
CREATE TABLE key_claim (
    job_name    text NOT NULL,
    source      text NOT NULL,
    place       int  NOT NULL CHECK (place > 0),
    identity    text NOT NULL,
    lower_bound text,
    upper_bound text NOT NULL,
    state       text NOT NULL CHECK (state IN ('FREE', 'CLAIMED', 'DONE')),
    run_id      text,
    version     int,
    PRIMARY KEY (job_name, source, place),
    CONSTRAINT first_has_no_lower_bound CHECK ((place = 1) = (lower_bound IS NULL)),
    CONSTRAINT free_has_no_run CHECK ((state = 'FREE') = (run_id IS NULL)),
    CONSTRAINT done_has_a_version CHECK ((state = 'DONE') = (version IS NOT NULL))
);
CREATE INDEX key_claim_of_run ON key_claim (run_id) WHERE state = 'CLAIMED';
