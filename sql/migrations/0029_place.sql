-- A copy of the server's files that is started in another folder looks like the original, but for the folder. A standby that was
-- promoted has another one as well, and another timeline: there it is the home.

alter table outbox.installation add column place text;
comment on column outbox.installation.place is
    'The folder of the server''s files, on this timeline; null where the tables'' owner may not read that setting.';

create function outbox.place() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return current_setting('data_directory');
exception when insufficient_privilege then
    return null;
end
$$;
comment on function outbox.place() is 'The folder of the server''s files; null where the owner may not read it (pg_read_all_settings).';

create function outbox.timeline() returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
select case when not pg_is_in_recovery() then left(pg_walfile_name(pg_current_wal_lsn()), 8) end
$$;
comment on function outbox.timeline() is 'The timeline on which the server writes; null: a standby.';

create or replace function outbox.at_home() returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
select home is null
    or home = outbox.here()
        and (place is null or timeline is distinct from outbox.timeline() or place = coalesce(outbox.place(), place))
from outbox.installation
$$;
comment on function outbox.at_home() is
    'False in a restored or cloned database, and in a copy of the server''s files in another folder, until `lexrelay migrate --after-restore`.';

create or replace function outbox.follow_timeline() returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    here text := outbox.timeline();
    before text := (select timeline from outbox.installation for update);
    unsettled int := 0;
begin
    if here is null then
        return 0;
    elsif here is not distinct from before then
        update outbox.installation set place = outbox.place() where place is null and outbox.place() is not null;
        return 0;
    end if;
    update outbox.installation
    set timeline = here, place = outbox.place(),
        restored_at = case when before is null then restored_at else clock_timestamp() end;
    if before is not null then
        update outbox.event set look_since = least(look_since, created_at) where state in ('pending', 'dead');
        get diagnostics unsettled = row_count;
    end if;
    return unsettled;
end
$$;
