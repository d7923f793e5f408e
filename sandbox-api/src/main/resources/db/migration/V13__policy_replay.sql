-- Changed rules, tried on past jobs for their provider. Results are verdicts and numbers of cells.
create table policy_replay (
    id text primary key,
    provider text not null references organization,
    person text not null references person,
    rule text not null,
    created_at timestamptz not null,
    done_at timestamptz
);
create table policy_replay_job (
    replay text not null references policy_replay,
    job text not null references job,
    place integer not null,
    state text not null check (state in ('WAITING', 'RUNNING', 'DONE', 'FAILED')),
    attempt integer not null default 0,
    outcome text,
    primary key (replay, job)
);
create index policy_replay_waiting on policy_replay_job (state) where state in ('WAITING', 'RUNNING');
