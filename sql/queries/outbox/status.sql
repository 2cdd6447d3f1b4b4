-- The figures of `lexrelay status`. Run them in one repeatable read transaction: then they are of one moment.

-- name: unsettled
-- Events that are not settled, by practice and by where they stand; what was replayed is as old as its fresh start.
-- Returns practice_id, standing, events, oldest_seconds.
-- Of many that stand alike one is asked where it stands: only an intent of its own, one of its payer's contact, or its
-- original lets an event stand elsewhere than those beside it.
with lane as materialized (
    select l.practice_id, outbox.lane_connection(l) as connection from outbox.lane l
), open as materialized (
    select practice_id, event_id, case when effect = 'contact' then subject_id end as customer_id
    from outbox.intent where closed_at is null
), pending as materialized (
    select e.practice_id, coalesce(lane.connection, '') as connection, e.lease_until is null as waits,
           case when e.original_id is not null or e.event_id in (select event_id from open)
                     or (e.practice_id, e.payer_id) in (select practice_id, customer_id from open where customer_id is not null)
                then e.event_id else 0 end as alone,
           min(e.event_id) as example, count(*) as events, min(greatest(e.created_at, e.replayed_at)) as since
    from outbox.event e
    left join lane using (practice_id)
    where e.state = 'pending'
    group by 1, 2, 3, 4
), alike as materialized (
    select connection, waits, alone, min(example) as example from pending group by 1, 2, 3
), stands as materialized (
    select a.*, outbox.standing(e, a.connection) as standing from alike a join outbox.event e on e.event_id = a.example
)
select p.practice_id, s.standing, sum(p.events)::bigint as events,
       extract(epoch from clock_timestamp() - min(p.since))::float8 as oldest_seconds
from pending p
join stands s using (connection, waits, alone)
group by 1, 2;

-- name: practices
-- Every practice with a lane, and what is settled of it. Params: practice_ids (null: all).
-- Reads contract: name and key are the host's.
select l.practice_id, p.host_key, p.name, outbox.lane_connection(l) as connection, l.pause_reason,
       coalesce(s.delivered, 0) as delivered, coalesce(s.dead, 0) as dead, coalesce(s.discarded, 0) as discarded,
       s.last_delivered_at
from outbox.lane l
left join contract.practice p using (practice_id)
left join outbox.settled s using (practice_id)
where %(practice_ids)s::bigint[] is null or l.practice_id = any (%(practice_ids)s)
order by l.practice_id;

-- name: pending
-- How many events of these practices are not settled, wherever they stand. Params: practice_ids.
select practice_id, count(*) as events
from outbox.event
where state = 'pending' and practice_id = any (%(practice_ids)s)
group by 1;

-- name: processes
-- Who is alive, and when a poller last made a good round; before its first, when it started. A heartbeat does not count:
-- another thread gives it. Params: processes (ids whose lock is held).
select count(*) filter (where kind = 'worker' and process_id = any (%(processes)s)) as workers,
       count(*) filter (where kind = 'poller' and process_id = any (%(processes)s)) as pollers,
       max(coalesce(last_round_at, started_at)) filter (where kind = 'poller') as last_round_at
from outbox.process;

-- name: silence
-- Since when Lexware has answered nobody: an outage was declared, or at least two calls in a row were silent and no lane
-- was answered since they began. One whose call is still on the wire says nothing yet. No row: it answers.
with silent as (
    select min(silent_since) as since, sum(silent_calls) as calls from outbox.lane where silent_calls > 0 and pause_reason is null
)
select coalesce(outage.started_at, silent.since) as since
from silent
left join outbox.outage on outage.ended_at is null
where outage.started_at is not null
   or silent.calls >= 2
      and not exists (select from outbox.lane l
                      where l.silent_calls = 0 and l.last_dispatch_at >= silent.since and l.pause_reason is null
                        and not exists (select from outbox.event e
                                        where e.practice_id = l.practice_id and e.handed_at is not null));
