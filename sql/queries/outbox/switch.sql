-- The switches of a lane, as the practice and the operator set them. Commands only.

-- name: tell_lane
-- The lane runs through the days of the newest order, both included. Params: practice_id.
-- Reads lexware: the order is there; the lane holds its days, so that the daemon need not ask.
update outbox.lane l
set booked_from = b.ordered_on::timestamp at time zone 'Europe/Berlin',
    booked_until = (b.ends_on + 1)::timestamp at time zone 'Europe/Berlin'
from (
    select ordered_on, ends_on from lexware.booking
    where practice_id = %(practice_id)s
    order by ordered_on desc, booking_id desc
    limit 1
) b
where l.practice_id = %(practice_id)s;

-- name: add_lane
-- The practice's lane, switched off; one that is there stays. Params: practice_id.
insert into outbox.lane (practice_id) values (%(practice_id)s) on conflict do nothing;

-- name: lock_lane
-- Until the end of the transaction no other command changes this practice, and no intent is opened. Params: practice_id.
select practice_id from outbox.lane where practice_id = %(practice_id)s for no key update;

-- name: oldest_transaction
-- No transaction that is open now began before this moment. Asked before the switch-on looks at the documents, in a
-- statement of its own. Of sessions that this login may not look at, and of prepared ones, the last day is assumed.
select case when coalesce(bool_or(state is null and backend_type = 'client backend'), false) or exists (select from pg_prepared_xacts)
            then clock_timestamp() - interval '1 day'
            else coalesce(min(xact_start), clock_timestamp()) - interval '1 second' end as began
from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid();

-- name: open_period
-- The switch goes on, and its period begins; one that is on stays. No row: it was on. What a transaction completes that
-- is open now carries a moment from before the switch-on, or none: so everything of the kind that can be seen completed
-- is noted as older, and what appears later is not. Params: practice_id, began (oldest_transaction), first (invoice date).
-- Reads contract: what is completed already is known to the host alone.
with lane as (
    update outbox.lane set enabled = true
    where practice_id = %(practice_id)s and not enabled
    returning practice_id
),
older as (
    insert into outbox.completed_before (document_id, practice_id)
    select d.document_id, d.practice_id
    from contract.document d
    where d.practice_id = %(practice_id)s and exists (select from lane) and d.status <> 'draft' and d.document_id is not null
      and (d.completed_at is null or d.completed_at >= %(began)s)
      and not exists (select from outbox.event e where e.practice_id = d.practice_id and e.document_id = d.document_id)
    on conflict do nothing
)
insert into outbox.lane_period (practice_id, since, first_invoice_date)
select practice_id, %(began)s, %(first)s from lane
returning practice_id;

-- name: begin_with
-- From which invoice date on the period that is open takes documents. Params: practice_id, first.
update outbox.lane_period set first_invoice_date = %(first)s where practice_id = %(practice_id)s and disabled_at is null;

-- name: close_period
-- The switch goes off, and its period ends. No row: it was off. Params: practice_id.
with period as (
    update outbox.lane_period set disabled_at = clock_timestamp()
    where practice_id = %(practice_id)s and disabled_at is null
)
update outbox.lane set enabled = false
where practice_id = %(practice_id)s and enabled
returning practice_id;

-- name: held
-- Documents that wait. Params: practice_id.
select count(*) as events from outbox.event where practice_id = %(practice_id)s and state = 'pending';

-- name: pause
-- An operator holds everything; it takes the place of another reason. Params: practice_id.
update outbox.lane set pause_reason = 'operator', paused_at = clock_timestamp()
where practice_id = %(practice_id)s;

-- name: on_the_wire
-- POSTs that may be under way: open intents whose claim is in flight, and when the last of them must be over. No row:
-- none. Params: practice_id, timeout_seconds.
select extract(epoch from max(i.send_by) + make_interval(secs => %(timeout_seconds)s) - clock_timestamp())::float8 as seconds
from outbox.intent i
join outbox.event e on e.event_id = i.event_id and e.fence = i.fence
where e.practice_id = %(practice_id)s and e.handed_at is not null and e.begun_at is not null and i.closed_at is null
having count(*) > 0;

-- name: resume
-- Lift any pause and forget what led to it. Params: practice_id.
update outbox.lane
set pause_reason = null, paused_at = null, suspect = false, cool_until = '-infinity', cool_count = 0, cool_reason = null
where practice_id = %(practice_id)s;

-- name: connected
-- A key is stored and works: every pause ends that a key can end, an operator's never. Params: practice_id.
update outbox.lane
set connected = true, suspect = false, cool_until = '-infinity', cool_count = 0, cool_reason = null,
    pause_reason = case when pause_reason = 'operator' then pause_reason end,
    paused_at = case when pause_reason = 'operator' then paused_at end
where practice_id = %(practice_id)s;

-- name: share_slots
-- Practices of one organisation take their slots from the lane of the first of them; keys have changed hands.
-- Reads lexware: only a connection knows its organisation.
update outbox.lane l
set pacer = nullif(shared.first, l.practice_id)
from (select c.practice_id, min(o.practice_id) as first
      from lexware.connection c
      join lexware.connection o on o.organisation_id = c.organisation_id
      group by c.practice_id) shared
where shared.practice_id = l.practice_id and l.pacer is distinct from nullif(shared.first, l.practice_id);
