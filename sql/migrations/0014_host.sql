-- The host's side: its description as it was applied, what it had completed before the switch-on, and documents that
-- cannot be landed. Also: the marker's code computed without setting up a query for each document.

create table outbox.host_file (
    name text primary key,
    text text not null,
    sha256 text not null,
    applied_at timestamptz not null default clock_timestamp(),
    applied_by text not null
);
comment on table outbox.host_file is 'The host folder that is applied; `lexrelay migrate` of a later release applies it again.';

alter table outbox.installation add column sweep_seconds float8 not null default 60 check (sweep_seconds >= 1);
comment on column outbox.installation.sweep_seconds is 'The rhythm of the safety net ([poll] of host.toml).';

alter table outbox.lane_period add column since timestamptz;
comment on column outbox.lane_period.since is
    'Transactions that were open at the switch-on began after this moment: what they completed belongs to the period.';

create table outbox.completed_before (
    document_id bigint primary key,
    practice_id bigint not null
);
comment on table outbox.completed_before is
    'Documents seen completed at a switch-on whose `completed_at` does not say that they are older: they stay where they are.';

create table outbox.unlanded (
    cause text primary key,
    documents bigint not null,
    examples bigint[] not null,
    seen_at timestamptz not null default clock_timestamp()
);
comment on table outbox.unlanded is 'Completed documents that the last sweep could write no event for, by cause.';

alter table outbox.event add column host_key text;
comment on column outbox.event.host_key is 'The host''s own key of the document, when it is not a number.';

create or replace function outbox.marker_code(practice_id bigint, subject text) returns text language plpgsql stable as $$
declare
    hash bytea := sha256(convert_to((select salt from outbox.installation) || ':' || practice_id || ':' || subject, 'UTF8'));
    code text := '';
begin
    for n in 0..11 loop
        code := code || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', get_byte(hash, n) % 32 + 1, 1)
                || case when n in (3, 7) then '-' else '' end;
    end loop;
    return code;
end
$$;

create function outbox.tell_host() returns trigger
language plpgsql as $$
begin
    if tg_op = 'UPDATE' or current_setting('max_prepared_transactions')::int = 0 then  -- what has notified cannot be prepared
        perform pg_notify('lexrelay_status', new.document_id::text);
    end if;
    return null;
end
$$;
comment on function outbox.tell_host() is 'Notifies `lexrelay_status` with the id of a document whose status has changed.';
create trigger tell_host_of_new after insert on outbox.event for each row execute function outbox.tell_host();
create trigger tell_host_of_change after update of state, reason on outbox.event
for each row when (old.state is distinct from new.state or old.reason is distinct from new.reason)
execute function outbox.tell_host();
