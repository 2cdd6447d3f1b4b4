-- Restore and clone: a copy of the database must not send what the original has sent, or will send.

create function outbox.here() returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    return concat_ws('/', (select system_identifier from pg_control_system()), current_database(),
                     (select oid from pg_database where datname = current_database()));
exception when insufficient_privilege then
    return concat_ws('/', current_database(), (select oid from pg_database where datname = current_database()));
end
$$;
comment on function outbox.here() is 'Where this database lives: server, name and oid; another one after a restore or in a clone.';

alter table outbox.installation add column home text, add column restored_at timestamptz;
comment on column outbox.installation.home is
    'outbox.here() since the first practice; null: nobody''s yet, so a copy of it is no clone.';
comment on column outbox.installation.restored_at is 'Last `lexrelay migrate --after-restore`: what is older may be in Lexware already.';

alter table outbox.event add column look_since timestamptz;
comment on column outbox.event.look_since is
    'Not null: before its first POST the document is looked for among what was made in Lexware since then.';

update outbox.installation set home = outbox.here() where exists (select from outbox.lane);

create function outbox.settle_down() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    update outbox.installation set home = outbox.here() where home is null;
    return null;
end
$$;
create trigger settle_down after insert on outbox.lane for each statement execute function outbox.settle_down();

create function outbox.at_home() returns boolean language sql stable as $$
select home is null or home = outbox.here() from outbox.installation
$$;
comment on function outbox.at_home() is 'False in a restored or cloned database until `lexrelay migrate --after-restore`.';
