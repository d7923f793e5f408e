-- What differentially private jobs cost. Rows are never deleted: the accounts are sums over them.
create table privacy_charge (
    job text primary key references job,
    family text not null,
    recipient text not null references organization,
    provider text not null references organization,
    agreement text not null references agreement,
    query_digest text not null,
    rho_micros bigint not null check (rho_micros >= 0),
    delta_picos bigint not null check (delta_picos >= 0),
    state text not null check (state in ('RESERVED', 'SPENT', 'RETURNED')),
    created_at timestamptz not null,
    settled_at timestamptz
);
create index privacy_charge_account on privacy_charge (family, recipient, query_digest);
