-- Developers' programs. A jar is stored once, by its digest, and never changed.
create table program_jar (
    digest text primary key check (digest ~ '^sha256:[0-9a-f]{64}$'),
    bytes bytea not null,
    created_at timestamptz not null
);
create table program (
    id text primary key,
    state text not null,
    agreement text not null references agreement,
    developer text not null references organization,
    provider text not null references organization,
    person text not null references person,
    jar text not null references program_jar,
    main_class text not null,
    arguments text[] not null,
    grant_text text not null,
    submit_key text,
    body_digest text not null,
    attempt integer not null default 0,
    problem_code text,
    problem_detail text,
    findings text,
    place bigint generated always as identity,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check (developer <> provider),
    unique (person, submit_key)
);
create index program_queue on program (place) where state in ('SUBMITTED', 'RUNNING');

-- The tables that a program asked for, each made by an ordinary job.
create table program_table (
    program text not null references program,
    place integer not null,
    name text not null,
    job text not null references job,
    primary key (program, place),
    unique (program, name)
);
create index program_table_job on program_table (job);
