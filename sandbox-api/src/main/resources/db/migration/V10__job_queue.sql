-- Whose turn it is. Order is by numbers given out here, never by a clock.
alter table job add column priority smallint not null default 1 check (priority between 0 and 2);
alter table job add column place bigint generated always as identity;

create sequence job_turn;
create table developer_turn (
    developer text primary key references organization,
    turn bigint not null
);
