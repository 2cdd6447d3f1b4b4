-- Alarms that the daemon sends: what rings, who is to be told, and who was.

-- name: try_lock
-- One process tells at a time. Returns whether it is this one; the lock ends with `unlock`, or with the session.
select pg_try_advisory_lock(5462900, 0) as mine;

-- name: unlock
select pg_advisory_unlock(5462900, 0);

-- name: seen
-- A cause that rings now: a new one, or again. Params: cause, name, practice_id, for_practice, told_de, told_en.
insert into outbox.alarm (cause, name, practice_id, for_practice, told_de, told_en)
values (%(cause)s, %(name)s, %(practice_id)s, %(for_practice)s, %(told_de)s, %(told_en)s)
on conflict (cause) where over_at is null
do update set last_seen_at = clock_timestamp(), told_de = excluded.told_de, told_en = excluded.told_en;

-- name: over
-- Causes that have not rung for so long are over. Params: quiet_seconds.
update outbox.alarm set over_at = clock_timestamp()
where over_at is null and last_seen_at < clock_timestamp() - make_interval(secs => %(quiet_seconds)s);

-- name: queue
-- Messages that are still to be written: of what has rung in more than one round, and of the end of what was told.
-- Params: channels, settle_seconds.
insert into outbox.alarm_message (alarm_id, stage, channel)
select a.alarm_id, 'on', c.channel
from outbox.alarm a
cross join unnest(%(channels)s::text[]) as c (channel)
where a.over_at is null and a.last_seen_at >= a.first_seen_at + make_interval(secs => %(settle_seconds)s)
  and (c.channel <> 'practice'
       or a.for_practice and exists (select from outbox.alarm_address d where d.practice_id = a.practice_id and d.mail is not null))
union all
select a.alarm_id, 'over', m.channel
from outbox.alarm a
join outbox.alarm_message m on m.alarm_id = a.alarm_id and m.stage = 'on' and m.sent_at is not null
where a.over_at > clock_timestamp() - interval '7 days' and m.channel = any (%(channels)s)
on conflict do nothing;

-- name: due
-- Messages to be sent now; nobody is told of a beginning whose end is there already. Params: channels.
select m.alarm_id, m.stage, m.channel, a.name, a.practice_id, a.told_de, a.told_en, a.first_seen_at, a.over_at, d.mail
from outbox.alarm_message m
join outbox.alarm a using (alarm_id)
left join outbox.alarm_address d on m.channel = 'practice' and d.practice_id = a.practice_id
where m.sent_at is null and m.due_at <= clock_timestamp() and m.channel = any (%(channels)s)
  and (m.stage = 'over' or a.over_at is null) and (m.channel <> 'practice' or d.mail is not null)
order by m.alarm_id, m.stage;

-- name: sent
-- Params: alarm_ids, stage, channel.
update outbox.alarm_message set sent_at = clock_timestamp(), tries = tries + 1
where alarm_id = any (%(alarm_ids)s) and stage = %(stage)s and channel = %(channel)s;

-- name: failed
-- The next try comes later each time, after an hour at the latest. Params: alarm_ids, stage, channel.
update outbox.alarm_message
set tries = tries + 1, due_at = clock_timestamp() + make_interval(secs => least(3600, 30 * 2 ^ least(tries, 7)))
where alarm_id = any (%(alarm_ids)s) and stage = %(stage)s and channel = %(channel)s;

-- name: open
-- What rings and was told, the oldest first.
select a.told_de, a.told_en, a.first_seen_at
from outbox.alarm a
where a.over_at is null and exists (select from outbox.alarm_message m where m.alarm_id = a.alarm_id and m.stage = 'on')
order by a.alarm_id;

-- name: add_digest
-- The digest of this Berlin day, when its hour has come; the first day that there ever was is left out, since nothing was
-- seen of it. Params: channels, hour.
insert into outbox.alarm_digest (day, channel, sent_at)
select (clock_timestamp() at time zone 'Europe/Berlin')::date, c.channel,
       case when not exists (select from outbox.alarm_digest) then clock_timestamp() end
from unnest(%(channels)s::text[]) as c (channel)
where extract(hour from clock_timestamp() at time zone 'Europe/Berlin') >= %(hour)s
   or not exists (select from outbox.alarm_digest)
on conflict do nothing;

-- name: due_digests
-- Params: channels.
select day, channel from outbox.alarm_digest
where sent_at is null and due_at <= clock_timestamp() and channel = any (%(channels)s)
  and day = (clock_timestamp() at time zone 'Europe/Berlin')::date;

-- name: digest_sent
-- Params: day, channel.
update outbox.alarm_digest set sent_at = clock_timestamp(), tries = tries + 1 where day = %(day)s and channel = %(channel)s;

-- name: digest_failed
-- Params: day, channel.
update outbox.alarm_digest
set tries = tries + 1, due_at = clock_timestamp() + make_interval(secs => least(3600, 30 * 2 ^ least(tries, 7)))
where day = %(day)s and channel = %(channel)s;

-- name: set_address
-- Where a practice is told; null: nowhere. Params: practice_id, mail, by.
insert into outbox.alarm_address (practice_id, mail, set_by) values (%(practice_id)s, %(mail)s, %(by)s)
on conflict (practice_id) do update set mail = excluded.mail, set_by = excluded.set_by, set_at = clock_timestamp();

-- name: address
-- Params: practice_id.
select mail from outbox.alarm_address where practice_id = %(practice_id)s;

-- name: today
-- The day in Berlin.
select (clock_timestamp() at time zone 'Europe/Berlin')::date as today;
