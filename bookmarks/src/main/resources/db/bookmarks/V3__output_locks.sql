-- Which runs write where, from the announcement until the run is published or ended: one that replaces what is at a
-- location has it alone.
CREATE TABLE output_lock (
    run_id    text        NOT NULL,
    location  text        NOT NULL,
    access    text        NOT NULL CHECK (access IN ('SHARED', 'EXCLUSIVE')),
    locked_on timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (run_id, location, access)
);
