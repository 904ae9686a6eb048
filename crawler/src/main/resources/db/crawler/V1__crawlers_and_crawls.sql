-- Definitions. The Glue model's JSON is kept as it is; what queries need has columns of its own.
create table crawler (
    name       text primary key check (length(name) between 1 and 255),
    definition json        not null,
    tags       jsonb       not null default '{}',
    version    bigint      not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

-- Runs. A run without an end has a lease that its server renews; when the lease has expired the server is gone.
create table crawl (
    id                 uuid primary key,
    crawler            text        not null references crawler (name) on delete cascade,
    state              text        not null check (state in ('RUNNING', 'STOPPING', 'COMPLETED', 'FAILED', 'STOPPED')),
    started_at         timestamptz not null default now(),
    ended_at           timestamptz check (ended_at >= started_at),
    error              text,
    lease_until        timestamptz not null,
    objects_listed     bigint      not null default 0,
    objects_sampled    bigint      not null default 0,
    tables_created     int         not null default 0,
    tables_updated     int         not null default 0,
    tables_deleted     int         not null default 0,
    partitions_created bigint      not null default 0,
    partitions_updated bigint      not null default 0,
    partitions_deleted bigint      not null default 0,
    report             json,
    check ((state in ('RUNNING', 'STOPPING')) = (ended_at is null)),
    check (state <> 'FAILED' or error is not null)
);

-- A crawler has one run at a time, whichever server was asked.
create unique index crawl_active on crawl (crawler) where ended_at is null;
create index crawl_history on crawl (crawler, started_at desc, id);
create index crawl_age on crawl (ended_at);
create index crawl_lease on crawl (lease_until) where ended_at is null;

-- What a run met at each of its targets.
create table crawl_target (
    crawl           uuid   not null references crawl (id) on delete cascade,
    position        int    not null check (position >= 0),
    path            text   not null,
    objects_listed  bigint not null check (objects_listed >= 0),
    objects_skipped bigint not null check (objects_skipped between 0 and objects_listed),
    objects_sampled bigint not null check (objects_sampled >= 0),
    bytes_listed    bigint not null check (bytes_listed >= 0),
    tables          int    not null check (tables >= 0),
    primary key (crawl, position)
);
