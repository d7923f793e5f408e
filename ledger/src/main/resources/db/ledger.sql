-- The append-only log. Only commitments are in the tree; what opens them lies apart, so that it can be erased.
create table ledger_leaf (
    idx bigint primary key check (idx >= 0),
    leaf_hash bytea not null check (length(leaf_hash) = 32)
);

-- Hashes of complete subtrees of 2^level leaves, level 1 and up: roots and proofs need O(log n) of them.
create table ledger_node (
    level smallint not null check (level between 1 and 62),
    idx bigint not null check (idx >= 0),
    hash bytea not null check (length(hash) = 32),
    primary key (level, idx)
);

create table ledger_opening (
    idx bigint primary key references ledger_leaf (idx),
    salt text not null,
    event text not null
);

create table ledger_checkpoint (
    size bigint primary key check (size >= 0),
    root text not null,
    note text not null,
    at timestamptz not null
);

-- Even a mistaken statement of the control plane must not change what was logged.
create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'The ledger is append-only: % on % is refused.', tg_op, tg_table_name;
end
$$;

create trigger ledger_leaf_append_only before update or delete or truncate on ledger_leaf
    for each statement execute function ledger_refuse_change();
create trigger ledger_node_append_only before update or delete or truncate on ledger_node
    for each statement execute function ledger_refuse_change();
create trigger ledger_checkpoint_append_only before update or delete or truncate on ledger_checkpoint
    for each statement execute function ledger_refuse_change();
