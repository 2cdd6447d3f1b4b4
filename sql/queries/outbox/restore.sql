-- Restore and clone.

-- name: at_home
-- Whether this database is the one it was.
select outbox.at_home() as at_home;

-- name: follow_timeline
-- How many unsettled events are to be looked for first, because the server has come to a new timeline.
select outbox.follow_timeline() as events;

-- name: let_go
-- What is to be looked for is neither handed out nor held by anybody of the time before.
update outbox.event
set lease_until = null, handed_at = null, begun_at = null, worker = null, epoch = epoch + 1
where state = 'pending';

-- name: hold_copy
-- This is our home from now on. Nothing is handed out, begun or held by processes of the time before.
with event as (
    update outbox.event
    set look_since = least(look_since, created_at), lease_until = null, handed_at = null, begun_at = null, worker = null,
        epoch = epoch + 1
    where state in ('pending', 'dead')
    returning event_id
),
lane as (
    update outbox.lane set pause_reason = 'operator', paused_at = clock_timestamp(), suspect = false
    returning practice_id
),
installation as (
    update outbox.installation set home = outbox.here(), place = outbox.place(), restored_at = clock_timestamp() returning only_one
)
select (select count(*) from event) as events, (select count(*) from lane) as practices, (select count(*) from installation);

-- name: server
-- Which database this is, and how many bytes of its server's log are on disk. Another timeline, and what was made the home after
-- a restore, is another database. No row: a standby.
select md5(concat_ws('/', i.salt, outbox.here(), outbox.timeline(), i.restored_at)) as home,
       (pg_current_wal_flush_lsn() - '0/0')::bigint as position
from outbox.installation i
where not pg_is_in_recovery();
