-- The differencing guard's memory: sealed by a key that only engines get. Nothing is changed or removed.
create table guard_entry (
    family text not null,
    place bigint not null,
    job text not null references job,
    sealed bytea not null,
    link text not null,
    created_at timestamptz not null,
    primary key (family, place)
);
