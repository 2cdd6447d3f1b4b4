-- Failover and recovery to a point in time: the last commits may be lost, and with them the knowledge of what was sent.
-- Also: a cancellation that names itself as its original waits for nobody.

alter table outbox.installation add column timeline text;
comment on column outbox.installation.timeline is
    'The timeline on which the server writes; another one after a failover or a recovery to a point in time.';

create function outbox.follow_timeline() returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    here text := case when not pg_is_in_recovery() then left(pg_walfile_name(pg_current_wal_lsn()), 8) end;
    before text := (select timeline from outbox.installation for update);
    unsettled int := 0;
begin
    if here is null or here is not distinct from before then
        return 0;
    end if;
    update outbox.installation
    set timeline = here, restored_at = case when before is null then restored_at else clock_timestamp() end;
    if before is not null then
        update outbox.event set look_since = least(look_since, created_at) where state in ('pending', 'dead');
        get diagnostics unsettled = row_count;
    end if;
    return unsettled;
end
$$;
comment on function outbox.follow_timeline() is
    'On a new timeline everything unsettled is looked for in Lexware before it is sent. Returns how many events.';

create or replace function outbox.blocked(e outbox.event) returns boolean language sql stable as $$
select (e.original_id is not null and exists (
           select from outbox.event o
           where o.practice_id = e.practice_id and o.document_id = e.original_id and o.event_id <> e.event_id
             and o.state in ('pending', 'dead')))
    or exists (
           select from outbox.intent i
           join outbox.event holder on holder.event_id = i.event_id
           where i.practice_id = e.practice_id and i.effect = 'contact' and i.subject_id = e.payer_id
             and i.closed_at is null and i.event_id <> e.event_id and holder.state in ('pending', 'dead'))
$$;
