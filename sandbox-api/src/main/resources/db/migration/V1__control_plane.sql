-- Metadata, sealed candidates and releases. Never an original row, never an unprotected cell, never a key that opens either.

create table organization (
    id text primary key,
    kind text not null check (kind in ('PROVIDER', 'AUTHORITY', 'PRIMARY_DEVELOPER', 'SECONDARY_DEVELOPER', 'OPERATOR')),
    name_zh text not null,
    name_en text not null,
    signing_key text,
    created_at timestamptz not null
);

create table person (
    id text primary key,
    organization text not null references organization,
    name text not null,
    roles text[] not null,
    signing_key text,
    password_hash text not null,
    active boolean not null default true,
    created_at timestamptz not null
);

create table api_token (
    id text primary key,
    person text not null references person,
    digest text not null unique,
    scopes text[] not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
);

create table dataset (
    id text primary key,
    provider text not null references organization,
    provider_key text not null,
    family text not null,
    unit_column text not null,
    open_attribute text not null check (open_attribute in ('UNCONDITIONAL', 'CONDITIONAL', 'NOT_OPEN')),
    kind text not null check (kind in ('ORIGINAL', 'ELEMENT')),
    title_zh text not null,
    title_en text not null,
    synthetic boolean not null,
    created_at timestamptz not null
);

create table ingest (
    id text primary key,
    state text not null,
    dataset text not null,
    provider text not null references organization,
    person text not null references person,
    order_text text not null,
    signature_key text not null,
    signature_value text not null,
    needs_password boolean not null,
    attempt integer not null default 0,
    progress text[] not null default '{}',
    problem_code text,
    problem_detail text,
    report text,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
-- Two engines must never write one table at a time.
create unique index ingest_one_running on ingest (dataset) where state = 'RUNNING';

create table dataset_version (
    dataset text not null references dataset,
    number integer not null,
    table_version bigint not null,
    batch_digest text not null,
    acquired_on date not null,
    ingest text not null unique references ingest,
    attributes text not null,
    created_at timestamptz not null,
    primary key (dataset, number)
);

create table agreement (
    id text primary key,
    state text not null,
    document text not null,
    digest text not null,
    assigner text not null references organization,
    assignee text not null references organization,
    valid_from timestamptz not null,
    valid_until timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create table agreement_signature (
    agreement text not null references agreement,
    party text not null check (party in ('assigner', 'assignee')),
    key text not null,
    value text not null,
    signed_by text not null references person,
    signed_at timestamptz not null,
    primary key (agreement, party)
);

create table job (
    id text primary key,
    state text not null,
    kind text not null check (kind in ('sql')),
    agreement text not null references agreement,
    sql text not null,
    developer text not null references organization,
    provider text not null references organization,
    person text not null references person,
    grant_text text not null,
    attempt integer not null default 0,
    progress text[] not null default '{}',
    problem_code text,
    problem_detail text,
    report text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check (developer <> provider)
);
create index job_queue on job (created_at) where state in ('SUBMITTED', 'RUNNING', 'APPROVED');

create table idempotency_key (
    person text not null references person,
    key text not null,
    body_digest text not null,
    job text not null references job,
    created_at timestamptz not null,
    primary key (person, key)
);

create table candidate (
    job text primary key references job,
    sealed bytea not null,
    digest text not null,
    report text not null,
    report_digest text not null,
    policy_version text not null,
    engine_version text not null,
    created_at timestamptz not null
);

create table review_decision (
    job text primary key references job,
    decision text not null check (decision in ('APPROVE', 'REFUSE')),
    document text not null,
    key text not null,
    value text not null,
    reviewer text not null references person,
    decided_at timestamptz not null
);

create table release (
    id text primary key,
    job text not null unique references job,
    manifest text not null,
    manifest_digest text not null,
    leaf bigint not null,
    bundle bytea,
    created_at timestamptz not null
);

-- Which event of the ledger concerns what; the ledger's own tables hold the commitments.
create table act_subject (
    leaf bigint not null,
    subject text not null,
    primary key (leaf, subject)
);
create index act_by_subject on act_subject (subject, leaf);
