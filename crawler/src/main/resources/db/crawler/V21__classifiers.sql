-- Classifiers that somebody made. The Glue model's JSON is kept as it is, without the members that have columns here.
create table classifier (
    name       text primary key check (length(name) between 1 and 255),
    definition json        not null,
    version    bigint      not null default 1 check (version >= 1),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
