-- Hand-outs, and taking back what nobody holds any more. An event that somebody else has locked, a host's open transaction for
-- one, is left for a later round: nothing else waits for it.
-- `handed_since`: nothing that is in flight was handed out before that moment, as far as `capacity` saw; null: not known. The
-- view in_flight is read from there on, so that what was handed out before lies in nobody's way, dead or not.

-- name: wake
-- Tell the poller that something may be due now.
select pg_notify('lexrelay', '');

-- name: dispatch
-- Hand out at most one event of each due lane, longest-waiting lanes first. `turn` brings the lanes into their order; the
-- lanes are asked for an event one by one in that order, and no longer than until enough are found: what waits in the others
-- costs nothing. Lanes are not written: `ledger.begin` does that, once for a document. One poller at a time, the others hand
-- out nothing in that moment. One in flight per lane is the unique index one_handed_out_per_lane: a poller that could not see
-- yet what another one has just handed out gets a unique violation and tries again; the event itself has another epoch then
-- and is passed over, as is one that somebody else has locked: its lane waits, no other does. The function blocked() is asked only where something could block.
-- Params: lanes (how many at most), fresh_only (lanes whose last call was answered), ahead_seconds (how long before its slot
--         a lane may be handed out), hold_seconds, handed_since.
with flying as materialized (
    select practice_id from outbox.in_flight where handed_at >= coalesce(%(handed_since)s::timestamptz, '-infinity')
),
turn as materialized (
    select l.practice_id, l.last_dispatch_at
    from outbox.lane l
    where (select pg_try_advisory_xact_lock(5462901, 0))
      and outbox.lane_runs(l) and l.cool_until <= now() and (l.silent_calls = 0 or not %(fresh_only)s)
      and case when l.pacer is null then l.tat else (select p.tat from outbox.lane p where p.practice_id = l.pacer) end
          <= now() + make_interval(secs => %(ahead_seconds)s)
      and l.practice_id not in (select practice_id from flying)
    order by l.last_dispatch_at, l.practice_id
),
pick as materialized (
    select locked.event_id
    from turn
    cross join lateral (
        select candidate.event_id, candidate.epoch
        from (values (0), (1)) as rank (priority)
        cross join lateral (
            select e.event_id, e.epoch
            from outbox.event e
            where e.practice_id = turn.practice_id and e.priority = rank.priority and e.due_at <= now()
              and e.due_at is not null and e.handed_at is null
              and (e.original_id is null
                   and not exists (select from outbox.intent i
                                   where i.practice_id = e.practice_id and i.effect = 'contact'
                                     and i.subject_id = e.payer_id and i.closed_at is null)
                   or not outbox.blocked(e))
            order by e.due_at, e.event_id
            limit 1
        ) candidate
        order by rank.priority
        limit 1
    ) choice
    cross join lateral (
        select e.event_id
        from outbox.event e
        where e.event_id = choice.event_id and e.epoch = choice.epoch and e.lease_until is null
        for no key update skip locked
    ) locked
    limit %(lanes)s
)
update outbox.event e
set epoch = e.epoch + 1, handed_at = clock_timestamp(),
    lease_until = clock_timestamp() + make_interval(secs => %(hold_seconds)s)
from pick
where e.event_id = pick.event_id
returning e.event_id, e.epoch, e.practice_id, e.kind, e.step;

-- name: give_back
-- Hand-outs that could not be enqueued. Params: event_ids, epochs.
update outbox.event e set lease_until = null, handed_at = null
from unnest(%(event_ids)s::bigint[], %(epochs)s::int[]) as h (event_id, epoch)
where e.event_id = h.event_id and e.epoch = h.epoch and e.begun_at is null;

-- name: next_due
-- Seconds until a lane can be handed out next; null: no lane waits for a moment. One that has something in flight and
-- more to do may be free at any time: it is 0 as soon as its slot has come. Params: ahead_seconds.
select extract(epoch from min(moment.at) - clock_timestamp())::float8 as seconds
from outbox.lane l
join outbox.lane pacer on pacer.practice_id = outbox.pacer(l)
cross join lateral (
    select min(e.due_at) as due_at
    from (values (0), (1)) as rank (priority)
    cross join lateral (
        select e.due_at from outbox.event e
        where e.practice_id = l.practice_id and e.priority = rank.priority and e.due_at is not null and e.handed_at is null
        order by e.due_at limit 1
    ) e
) e
cross join lateral (
    select greatest(pacer.tat - make_interval(secs => %(ahead_seconds)s), l.cool_until, e.due_at) as at
) moment
where outbox.lane_runs(l) and e.due_at is not null
  and (moment.at > now()
       or exists (select from outbox.event f where f.practice_id = l.practice_id and f.handed_at is not null));

-- name: capacity
-- How many hand-outs are still wanted: twice the threads of living workers, less what is in flight. In an outage,
-- `fresh_in_flight` are those of lanes without bad news; otherwise nobody asks. `handed_since` is that of the next round: a
-- hand-out that commits late was made a moment before.
-- Params: processes (ids whose lock is held), handed_since, late_seconds.
with flying as materialized (
    select practice_id, handed_at from outbox.in_flight where handed_at >= coalesce(%(handed_since)s::timestamptz, '-infinity')
)
select 2 * coalesce((select sum(threads) from outbox.process
                     where kind = 'worker' and gone_at is null and process_id = any (%(processes)s)), 0)::int
       - fleet.events as room,
       extract(epoch from o.probe_at - clock_timestamp())::float8 as probe_in_seconds,
       fleet.events as in_flight,
       least(fleet.oldest, clock_timestamp() - make_interval(secs => %(late_seconds)s)) as handed_since,
       case when o.probe_at is not null
            then (select count(*) from flying join outbox.lane l using (practice_id)
                  where l.silent_calls = 0)::int end as fresh_in_flight
from (select count(*)::int as events, min(handed_at) as oldest from flying) fleet
left join outbox.outage o on o.ended_at is null;

-- name: living
-- Processes whose session still holds its lock.
select objid::bigint::int as process_id
from pg_locks
where locktype = 'advisory' and classid = 5462898 and objsubid = 2 and granted and objid <> 0
  and database = (select oid from pg_database where datname = current_database());

-- name: take_back_unbegun
-- Hand-outs that no worker has begun in time: Redis lost them, or nobody listens. Params: hold_seconds, handed_since.
with unbegun as materialized (
    select e.event_id
    from outbox.event e
    where e.event_id = any (array(
        select event_id from outbox.in_flight
        where handed_at >= coalesce(%(handed_since)s::timestamptz, '-infinity')
          and begun_at is null and handed_at < clock_timestamp() - make_interval(secs => %(hold_seconds)s)))
      and e.lease_until is not null and e.begun_at is null
    order by e.event_id
    for no key update skip locked
)
update outbox.event e set lease_until = null, handed_at = null
from unbegun
where e.event_id = unbegun.event_id
returning e.event_id;

-- name: take_back_orphans
-- Claims whose worker died (its lock is free). With an open intent they are in doubt and wait for the first look,
-- otherwise they are due again: at once, and after the second death in a row each at a moment of its own, since one of them
-- may kill all that is begun beside it. Five deaths in a row: the event itself kills its workers.
-- Params: processes, settle_seconds, crashes, handed_since.
with abandoned as materialized (
    select e.event_id
    from outbox.event e
    where e.event_id = any (array(
        select event_id from outbox.in_flight where handed_at >= coalesce(%(handed_since)s::timestamptz, '-infinity')))
      and e.begun_at is not null and not e.worker = any (%(processes)s)
      and not exists (select from pg_locks l  -- one that came since `living` was asked
                      where l.locktype = 'advisory' and l.classid = 5462898 and l.objid = e.worker and l.objsubid = 2 and l.granted
                        and l.database = (select oid from pg_database where datname = current_database()))
    order by e.event_id
    for no key update skip locked
),
orphan as (
    update outbox.event e
    set lease_until = null, handed_at = null, begun_at = null, worker = null, crashes = e.crashes + 1,
        state = case when e.crashes + 1 >= %(crashes)s then 'dead' else e.state end,
        reason = case when e.crashes + 1 >= %(crashes)s then 'crashes_worker' else e.reason end,
        cause = case when e.crashes + 1 >= %(crashes)s then 'crashes_worker' else e.cause end,
        closed_at = case when e.crashes + 1 >= %(crashes)s then clock_timestamp() else e.closed_at end,
        due_at = case when e.crashes + 1 >= %(crashes)s then null
                 else greatest(clock_timestamp() + make_interval(secs => %(settle_seconds)s / 2 * e.crashes * random()),
                          (select greatest(max(i.send_by), clock_timestamp()) + make_interval(secs => %(settle_seconds)s)
                           from outbox.intent i where i.event_id = e.event_id and i.closed_at is null
                           having count(*) > 0)) end
    from abandoned
    where e.event_id = abandoned.event_id
    returning e.event_id, e.fence, e.state
),
attempt as (
    update outbox.attempt a set ended_at = clock_timestamp(), outcome = 'crashed', reason = 'worker_died'
    from orphan where a.event_id = orphan.event_id and a.fence = orphan.fence and a.ended_at is null
)
select event_id, state from orphan;

-- name: take_back_expired
-- Claims past their lease whose process still lives: frozen, or its thread was lost. Their attempt stays open, so a
-- look's absence does not count while the sender may still be alive. One that never came to a POST is a try like any
-- other: what takes longer than a lease each time would be tried for ever. Params: processes, retry_delays, handed_since.
with expired as (
    select e.event_id,
           e.state = 'pending' and not exists (select from outbox.intent i
                                               where i.event_id = e.event_id and i.closed_at is null) as counts,
           e.tries + 1 > cardinality(%(retry_delays)s::float8[]) as is_last
    from outbox.event e
    where e.event_id = any (array(
        select event_id from outbox.in_flight where handed_at >= coalesce(%(handed_since)s::timestamptz, '-infinity')))
      and e.lease_until < clock_timestamp() and e.begun_at is not null and e.worker = any (%(processes)s)
    order by e.event_id
    for update skip locked
)
update outbox.event e
set lease_until = null, handed_at = null, begun_at = null, worker = null,
    tries = e.tries + x.counts::int,
    state = case when x.counts and x.is_last then 'dead' else e.state end,
    reason = case when x.counts and x.is_last then 'retries_exhausted' else e.reason end,
    cause = case when x.counts and x.is_last then 'retries_exhausted lease_lost' else e.cause end,
    detail = case when x.counts and x.is_last then '{"last_reason": "lease_lost"}' else e.detail end,
    closed_at = case when x.counts and x.is_last then clock_timestamp() else e.closed_at end,
    due_at = case when not x.counts then clock_timestamp()
                  when not x.is_last then clock_timestamp() + make_interval(secs => (%(retry_delays)s::float8[])[e.tries + 1]) end
from expired x
where e.event_id = x.event_id
returning e.event_id;

-- name: bury
-- Processes whose lock is free are gone. Params: processes.
update outbox.process set gone_at = clock_timestamp()
where gone_at is null and not process_id = any (%(processes)s) and started_at < clock_timestamp() - interval '5 seconds';

-- name: sweep
-- The safety net: events for documents completed in a switched-on period that have none, and how many can have none.
-- Params: reach_seconds.
select landed, unlanded from outbox.sweep(%(reach_seconds)s);

-- name: rhythm
-- How often the host wants it.
select sweep_seconds as seconds from outbox.installation;

-- name: declare_outage
-- The last call of every lane active in the last minute was silent, of one at least the last three: Lexware is down for
-- everybody. One whose first call is still on the wire says nothing yet. Tries that were counted since the silence began
-- are given back. Params: probe_seconds, handed_since.
with flying as materialized (
    select practice_id from outbox.in_flight where handed_at >= coalesce(%(handed_since)s::timestamptz, '-infinity')
),
active as (
    select count(*) as lanes, count(*) filter (where silent_calls > 0) as silent, max(silent_calls) as longest,
           min(silent_since) as since
    from outbox.lane l
    where last_dispatch_at > now() - interval '1 minute' and pause_reason is null
      and (silent_calls > 0 or l.practice_id not in (select practice_id from flying))
),
outage as (
    insert into outbox.outage (started_at, probe_at)
    select since, clock_timestamp() + make_interval(secs => %(probe_seconds)s)
    from active where longest >= 3 and silent = lanes
    on conflict do nothing
    returning started_at
),
burnt as (
    select a.event_id, count(*) as tries
    from outbox.attempt a, outage
    where a.begun_at >= outage.started_at - interval '2 minutes' and a.ended_at >= outage.started_at and a.counted
    group by a.event_id
),
refunded as (
    update outbox.event e set tries = greatest(0, e.tries - burnt.tries)
    from burnt where e.event_id = burnt.event_id and e.state = 'pending'
)
select started_at from outage;

-- name: postpone_probe
-- The probe is out, or was not answered: the next one later. Params: probe_seconds.
update outbox.outage set probe_at = clock_timestamp() + make_interval(secs => %(probe_seconds)s) where ended_at is null;

-- name: follow_clock
-- By how much the clock was set back, if it was; all that lies ahead has moved with it. Params: tolerated_seconds.
select outbox.follow_clock(%(tolerated_seconds)s) as seconds;

-- name: show
-- A good round of this poller, its heartbeat. Params: process_id.
update outbox.process set last_round_at = clock_timestamp(), heartbeat_at = clock_timestamp() where process_id = %(process_id)s;
