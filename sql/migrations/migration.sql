-- The ledger of migrations themselves. Idempotent.

create schema if not exists outbox;
create table if not exists outbox.migration (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz not null default clock_timestamp()
);
comment on table outbox.migration is 'Applied migrations; an applied file must never change.';
