-- Names are ordered by their bytes, as lists answer them.
create table registry (
    id          bigint generated always as identity primary key,
    name        text collate "C" not null unique check (length(name) between 1 and 255),
    description text,
    tags        jsonb       not null default '{}',
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now()
);

-- A row is locked by whoever registers or deletes versions, so that numbers have no gaps and checks see what is there.
create table schema (
    id            bigint generated always as identity primary key,
    registry      bigint      not null references registry (id) on delete cascade,
    name          text collate "C" not null check (length(name) between 1 and 255),
    data_format   text        not null check (data_format in ('AVRO', 'JSON', 'PROTOBUF')),
    compatibility text        not null check (compatibility in ('NONE', 'DISABLED', 'BACKWARD', 'BACKWARD_ALL',
                                                                'FORWARD', 'FORWARD_ALL', 'FULL', 'FULL_ALL')),
    description   text,
    tags          jsonb       not null default '{}',
    next_version  bigint      not null default 1 check (next_version > 0),
    checkpoint    bigint,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (registry, name)
);

-- A version that did not fit the schema's compatibility keeps its number and says why in failure.
create table schema_version (
    id              uuid primary key,
    schema          bigint      not null references schema (id) on delete cascade,
    number          bigint      not null check (number > 0),
    status          text        not null check (status in ('AVAILABLE', 'FAILURE')),
    definition      text        not null check (length(definition) between 1 and 170000),
    definition_hash bytea       not null,
    failure         text,
    created_at      timestamptz not null default now(),
    unique (schema, number),
    check ((status = 'FAILURE') = (failure is not null))
);

-- The same definition is one version; those that failed may be many.
create unique index schema_version_definition on schema_version (schema, definition_hash) where status = 'AVAILABLE';
create index schema_version_failed on schema_version (schema, definition_hash) where status = 'FAILURE';

-- The checkpoint is a version that there is. A schema without versions has none.
alter table schema
    add foreign key (id, checkpoint) references schema_version (schema, number) deferrable initially deferred;

create table schema_version_metadata (
    version    uuid        not null references schema_version (id) on delete cascade,
    key        text        not null,
    value      text        not null,
    position   bigint generated always as identity,
    created_at timestamptz not null default now(),
    primary key (version, key, value)
);
