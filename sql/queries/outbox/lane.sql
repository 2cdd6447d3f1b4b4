-- What happens to a lane: slots for commands, cooling, pauses, switches.

-- name: cooling
-- Seconds until the lane may be called again; negative or no row: now. Params: practice_id.
select extract(epoch from cool_until - clock_timestamp())::float8 as seconds
from outbox.lane
where practice_id = %(practice_id)s and cool_until > clock_timestamp();

-- name: take_slot
-- The next slot for a call of a command; everything that calls Lexware takes one. No row: no such lane.
-- Params: practice_id, gap_seconds, catch_up_seconds.
update outbox.lane l
set tat = greatest(l.tat, clock_timestamp() - make_interval(secs => %(catch_up_seconds)s)) + make_interval(secs => %(gap_seconds)s)
from outbox.lane mine
where mine.practice_id = %(practice_id)s and l.practice_id = outbox.pacer(mine)
returning extract(epoch from greatest(l.tat - make_interval(secs => %(gap_seconds)s), mine.cool_until) - clock_timestamp())::float8
          as slot_wait_seconds;

-- name: answered
-- A call was answered: no silence, no suspicion, no growing cool-down any more. Params: practice_id.
update outbox.lane set silent_calls = 0, silent_since = null, cool_count = 0, cool_reason = null, suspect = false
where practice_id = %(practice_id)s;

-- name: silent
-- Calls in a row that ended without an answer or with 5xx. Once: in the transaction that ends their attempt.
-- Params: practice_id, event_id, fence, calls.
update outbox.lane
set silent_calls = silent_calls + %(calls)s, silent_since = coalesce(silent_since, clock_timestamp())
where practice_id = %(practice_id)s
  and exists (select from outbox.attempt where event_id = %(event_id)s and fence = %(fence)s and ended_at >= now());

-- name: cool
-- No call for a while. Params: practice_id, seconds, reason, suspect.
update outbox.lane
set cool_until = greatest(cool_until, clock_timestamp() + make_interval(secs => %(seconds)s)), cool_reason = %(reason)s,
    cool_count = cool_count + 1, suspect = suspect or %(suspect)s
where practice_id = %(practice_id)s;

-- name: pause
-- Hold everything of a practice. An existing pause stays what it is. Params: practice_id, reason.
update outbox.lane set pause_reason = %(reason)s, paused_at = clock_timestamp(), suspect = false
where practice_id = %(practice_id)s and pause_reason is null
returning practice_id;

-- name: end_outage
-- Lexware has answered: the outage is over, and lanes with work reopen one after another. Params: step_seconds.
with outage as (
    update outbox.outage set ended_at = clock_timestamp() where ended_at is null returning outage_id
),
waiting as (
    select l.practice_id, row_number() over (order by l.last_dispatch_at, l.practice_id) as place
    from outbox.lane l
    where exists (select from outage)
      and exists (select from outbox.event e
                  where e.practice_id = l.practice_id and e.due_at is not null and e.handed_at is null)
)
update outbox.lane l
set cool_until = greatest(l.cool_until, clock_timestamp() + make_interval(secs => (w.place - 1) * %(step_seconds)s)),
    silent_calls = 0, silent_since = null
from waiting w
where l.practice_id = w.practice_id;
