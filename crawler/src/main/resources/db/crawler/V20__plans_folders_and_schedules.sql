-- A run may be a plan: it looks and compares as a crawl does, and writes nothing into the catalog.
alter table crawl add column kind text not null default 'CRAWL' check (kind in ('CRAWL', 'PLAN'));
-- The plan that a crawl was asked to apply; not a reference, plans are forgotten sooner than crawls.
alter table crawl add column applies uuid;
alter table crawl add column plan json check (plan is null or kind = 'PLAN');
-- Live numbers: where the crawl stands, how many files are to be read, tables found and written.
alter table crawl add column phase text not null default 'WAITING';
alter table crawl add column samples_found bigint not null default 0;
alter table crawl add column tables_found int not null default 0;
alter table crawl add column tables_written int not null default 0;
-- How the targets were looked through, in words.
alter table crawl add column mode text not null default 'EVERYTHING';

-- What is known of each folder that held data: one row for a folder, however many objects it has.
create table folder (
    crawler     text   not null references crawler (name) on delete cascade,
    target      text   not null,
    folder      text   not null,
    fingerprint bigint not null,
    objects     bigint not null check (objects > 0),
    bytes       bigint not null check (bytes >= 0),
    -- The form that the profiles are written in; rows of another form are read anew from the store.
    form        bigint not null,
    profiles    bytea  not null,
    -- Whether a crawl that ended well has seen it; a plan only notes what it read.
    crawled     boolean not null,
    primary key (crawler, target, folder)
);

-- What the folders of a crawler are worth: they were read under this definition, and whether all of them are known.
create table folder_state (
    crawler    text primary key references crawler (name) on delete cascade,
    definition text    not null,
    complete   boolean not null
);

-- Folders that bucket events named since they were crawled last.
create table touched_folder (
    crawler text   not null references crawler (name) on delete cascade,
    folder  text   not null,
    event   bigint generated always as identity,
    primary key (crawler, folder)
);

-- When a crawler is to be started next; empty when its schedule is paused or it has none.
alter table crawler add column next_start timestamptz;
create index crawler_next_start on crawler (next_start) where next_start is not null;

-- Which events concern a crawler that is told of them (CRAWL_EVENT_MODE without a queue of its own).
create table event_target (
    crawler text not null references crawler (name) on delete cascade,
    bucket  text not null,
    prefix  text not null,
    primary key (crawler, bucket, prefix)
);
create index event_target_bucket on event_target (bucket);
