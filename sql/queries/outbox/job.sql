-- Recurring jobs: armed, handed out when their lane has nothing else to do, and taken on from step to step.

-- name: arm
-- Jobs of practices whose first document was delivered; each is due for the first time one period from now.
-- Params: kinds, seconds.
insert into outbox.job (practice_id, kind, due_at)
select s.practice_id, period.kind, clock_timestamp() + make_interval(secs => period.seconds)
from outbox.settled s
join outbox.lane l on l.practice_id = s.practice_id
cross join unnest(%(kinds)s::text[], %(seconds)s::float8[]) as period (kind, seconds)
where s.delivered > 0
  and not exists (select from outbox.job j where j.practice_id = s.practice_id and j.kind = period.kind)
on conflict do nothing;

-- name: hand_out
-- Hand out at most one job of each lane that runs, is idle, does not cool down and has nothing to send; at most a quarter
-- of the living workers' threads are lent to jobs, and none in an outage. Two pollers that collide get a unique violation.
-- Params: kinds, processes (ids whose lock is held), hold_seconds.
with room as (
    select greatest(1, sum(threads) / 4)::int
           - (select count(*) from outbox.job where handed_at is not null)::int as jobs
    from outbox.process
    where kind = 'worker' and gone_at is null and process_id = any (%(processes)s)
    having count(*) > 0 and not exists (select from outbox.outage where ended_at is null)
),
pick as (
    select distinct on (j.practice_id) j.job_id, j.due_at
    from outbox.job j
    join outbox.lane l on l.practice_id = j.practice_id
    join outbox.lane pacer on pacer.practice_id = outbox.pacer(l)
    where j.handed_at is null and j.due_at <= clock_timestamp() and j.kind = any (%(kinds)s) and j.wanted
      and outbox.lane_runs(l) and l.cool_until <= clock_timestamp() and pacer.tat <= clock_timestamp()
      and not outbox.lane_has_work(j.practice_id)
      and not exists (select from outbox.job o where o.practice_id = j.practice_id and o.handed_at is not null)
    order by j.practice_id, j.kind = 'probe', j.due_at
)
update outbox.job j
set epoch = j.epoch + 1, handed_at = clock_timestamp(),
    lease_until = clock_timestamp() + make_interval(secs => %(hold_seconds)s)
from (select pick.job_id from pick, room order by pick.due_at limit (select greatest(0, jobs) from room)) chosen
where j.job_id = chosen.job_id and j.handed_at is null
returning j.job_id, j.epoch;

-- name: switch
-- A job that a practice has only when it is asked for; switched on, it is due at once. No row: there is no such lane.
-- Params: practice_id, kind, wanted.
insert into outbox.job as known (practice_id, kind, due_at, wanted)
select l.practice_id, %(kind)s, clock_timestamp(), %(wanted)s from outbox.lane l where l.practice_id = %(practice_id)s
on conflict (practice_id, kind) do update
set wanted = excluded.wanted,
    due_at = case when excluded.wanted and not known.wanted then least(known.due_at, clock_timestamp()) else known.due_at end
returning job_id;

-- name: give_back
-- Hand-outs that could not be enqueued. Params: job_ids, epochs.
update outbox.job j set lease_until = null, handed_at = null
from unnest(%(job_ids)s::bigint[], %(epochs)s::int[]) as h (job_id, epoch)
where j.job_id = h.job_id and j.epoch = h.epoch;

-- name: take_back
-- Hand-outs that nobody has begun, and claims whose worker died or stands still: what they were at is done again.
update outbox.job set lease_until = null, handed_at = null
where handed_at is not null and lease_until < clock_timestamp();

-- name: begin
-- Turn a hand-out into a claim with an epoch of its own. No row: the message was stale, a duplicate or forged.
-- Params: job_id, epoch, lease_seconds.
update outbox.job j
set epoch = j.epoch + 1, lease_until = clock_timestamp() + make_interval(secs => %(lease_seconds)s),
    started_at = case when j.under_way then j.started_at else clock_timestamp() end, under_way = true
from outbox.lane l
where j.job_id = %(job_id)s and j.epoch = %(epoch)s and j.handed_at is not null and l.practice_id = j.practice_id
returning j.job_id, j.practice_id, j.kind, j.epoch, j.failures, l.suspect, l.cool_count,
          l.suspect or l.cool_count > 0 or l.silent_calls > 0 as troubled;

-- name: take_slot
-- A slot that is free at this very moment, for a lane that has nothing to send; keeps the lease alive. No row: not now.
-- Params: job_id, epoch, lease_seconds, gap_seconds.
with job as (
    update outbox.job j
    set lease_until = clock_timestamp() + make_interval(secs => %(lease_seconds)s)
    from outbox.lane l
    where j.job_id = %(job_id)s and j.epoch = %(epoch)s and j.handed_at is not null
      and l.practice_id = j.practice_id and outbox.lane_runs(l) and l.cool_until <= clock_timestamp()
      and not outbox.lane_has_work(l.practice_id) and not exists (select from outbox.outage where ended_at is null)
    returning outbox.pacer(l) as pacer
)
update outbox.lane l
set tat = clock_timestamp() + make_interval(secs => %(gap_seconds)s)
from job
where l.practice_id = job.pacer and l.tat <= clock_timestamp()
returning l.practice_id;

-- name: rest
-- The end of a stint: the job goes on later, and no other job of the lane sooner than the rate allows.
-- Params: job_id, epoch, delay_seconds, gap_seconds, failures.
with mine as (
    update outbox.job
    set handed_at = null, lease_until = null, failures = %(failures)s,
        due_at = clock_timestamp() + make_interval(secs => %(delay_seconds)s)
    where job_id = %(job_id)s and epoch = %(epoch)s and handed_at is not null
    returning job_id, practice_id
)
update outbox.job j set due_at = greatest(j.due_at, clock_timestamp() + make_interval(secs => %(gap_seconds)s))
from mine
where j.practice_id = mine.practice_id and j.job_id <> mine.job_id;

-- name: finish
-- The end of a run; the next one is due one period after its beginning. Params: job_id, epoch, period_seconds, gap_seconds.
update outbox.job
set handed_at = null, lease_until = null, under_way = false, failures = 0,
    due_at = greatest(started_at + make_interval(secs => %(period_seconds)s),
                      clock_timestamp() + make_interval(secs => %(gap_seconds)s))
where job_id = %(job_id)s and epoch = %(epoch)s and handed_at is not null;
