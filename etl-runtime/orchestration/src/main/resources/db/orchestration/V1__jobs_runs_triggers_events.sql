CREATE TABLE job (
    name       text PRIMARY KEY,
    definition json NOT NULL,
    tags       json NOT NULL DEFAULT '{}'
);

-- One row for each attempt of a run. A row without launched_on that has not completed is in the queue.
CREATE TABLE job_run (
    ordinal           bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    id                text        PRIMARY KEY,
    job_name          text        NOT NULL,
    attempt           int         NOT NULL CHECK (attempt >= 0),
    previous_run_id   text,
    trigger_name      text,
    state             text        NOT NULL CHECK (state IN
        ('WAITING', 'STARTING', 'RUNNING', 'STOPPING', 'STOPPED', 'SUCCEEDED', 'FAILED', 'TIMEOUT')),
    request           json        NOT NULL,
    arguments         json        NOT NULL,
    script_location   text        NOT NULL,
    bookmark_option   text        NOT NULL CHECK (bookmark_option IN ('ENABLE', 'DISABLE', 'PAUSE')),
    timeout_minutes   int         NOT NULL CHECK (timeout_minutes > 0),
    retries_left      int         NOT NULL CHECK (retries_left >= 0),
    from_events       boolean     NOT NULL,
    queued_on         timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_modified_on  timestamptz NOT NULL DEFAULT clock_timestamp(),
    launched_on       timestamptz,
    assigned_on       timestamptz,
    started_on        timestamptz,
    completed_on      timestamptz,
    launches          int         NOT NULL DEFAULT 0,
    server_id         text,
    token_hash        bytea,
    lease_until       timestamptz,
    stop_requested_on timestamptz,
    committed_on      timestamptz,
    metrics           json        NOT NULL DEFAULT '{}',
    error_message     text,
    state_detail      text,
    CONSTRAINT ended_has_a_time
        CHECK ((completed_on IS NOT NULL) = (state IN ('STOPPED', 'SUCCEEDED', 'FAILED', 'TIMEOUT'))),
    CONSTRAINT commit_decides_the_outcome CHECK (committed_on IS NULL OR state IN ('RUNNING', 'SUCCEEDED')),
    CONSTRAINT success_needs_a_commit CHECK (state <> 'SUCCEEDED' OR committed_on IS NOT NULL),
    CONSTRAINT launched_has_a_lease
        CHECK (launched_on IS NULL OR (token_hash IS NOT NULL AND lease_until IS NOT NULL AND server_id IS NOT NULL))
);
CREATE INDEX job_run_of_job ON job_run (job_name, ordinal DESC);
CREATE INDEX job_run_not_ended ON job_run (ordinal) WHERE completed_on IS NULL;

CREATE TABLE trigger (
    name       text PRIMARY KEY,
    type       text NOT NULL CHECK (type IN ('EVENT', 'ON_DEMAND')),
    definition json NOT NULL
);

-- Which objects an EVENT trigger wants.
CREATE TABLE event_filter (
    trigger_name text    PRIMARY KEY REFERENCES trigger ON DELETE CASCADE,
    bucket       text    NOT NULL,
    prefix       text    NOT NULL,
    suffix       text    NOT NULL,
    active       boolean NOT NULL
);

-- Every event once. "identity" is the sequencer, or the etag where the store gives no sequencer.
CREATE TABLE bucket_event (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bucket      text        NOT NULL,
    object_key  text        NOT NULL,
    identity    text        NOT NULL,
    etag        text        NOT NULL,
    size        bigint      NOT NULL,
    sequencer   text COLLATE "C",
    name        text        NOT NULL,
    event_time  timestamptz NOT NULL,
    received_on timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (bucket, object_key, identity)
);
CREATE INDEX bucket_event_received ON bucket_event (received_on);

-- An event on its way to a trigger's job.
CREATE TABLE delivery (
    trigger_name text        NOT NULL REFERENCES trigger ON DELETE CASCADE,
    event_id     bigint      NOT NULL REFERENCES bucket_event ON DELETE CASCADE,
    state        text        NOT NULL CHECK (state IN ('PENDING', 'QUEUED', 'DONE', 'PARKED')),
    run_id       text,
    attempts     int         NOT NULL DEFAULT 0,
    since        timestamptz NOT NULL DEFAULT clock_timestamp(),
    not_before   timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_error   text,
    PRIMARY KEY (trigger_name, event_id),
    CONSTRAINT queued_has_a_run CHECK (state NOT IN ('QUEUED', 'DONE') OR run_id IS NOT NULL)
);
CREATE INDEX delivery_open ON delivery (trigger_name, event_id) WHERE state = 'PENDING';
CREATE INDEX delivery_of_run ON delivery (run_id);
CREATE INDEX delivery_of_event ON delivery (event_id);
