-- The practice's side: what it has ordered, connected and switched on. Commands only; the daemon does not read this.

-- name: overview
-- Every practice of the host, also one that never asked for the transfer, with its newest booking; `today` is Berlin's.
-- Params: practice_id (null: all).
select p.practice_id, p.name, p.plan, outbox.lane_connection(l) as connection, l.pause_reason,
       coalesce(l.enabled, false) as enabled, coalesce(l.connected, false) as connected,
       c.company_name, c.organisation_id, c.tax_type, c.small_business, coalesce(c.lines, 'neutral') as lines,
       coalesce(c.matching, 'exact') as matching, c.avv_date, c.avv_recorded_by, c.avv_recorded_at, c.key_stored_at,
       (c.key_stored_at at time zone 'Europe/Berlin')::date as key_stored_on,
       b.billing, b.ordered_on, b.trial_until, b.decline_by, b.ends_on,
       (clock_timestamp() at time zone 'Europe/Berlin')::date as today
from contract.practice p
left join outbox.lane l on l.practice_id = p.practice_id
left join lexware.connection c on c.practice_id = p.practice_id
left join lateral (
    select * from lexware.booking b
    where b.practice_id = p.practice_id
    order by b.ordered_on desc, b.booking_id desc
    limit 1
) b on true
where %(practice_id)s::bigint is null or p.practice_id = %(practice_id)s::bigint
order by p.practice_id;

-- name: add_lane
-- The practice's lane, switched off; one that is there stays. Params: practice_id.
insert into outbox.lane (practice_id) values (%(practice_id)s) on conflict do nothing;

-- name: lock_lane
-- Until the end of the transaction no other command changes this practice, and no intent is opened. Params: practice_id.
select practice_id from outbox.lane where practice_id = %(practice_id)s for no key update;

-- name: wake
-- Tell the poller that something may be due now.
select pg_notify('lexrelay', '');

-- name: cooling
-- Seconds until the lane may be called again; negative or no row: now. Params: practice_id.
select extract(epoch from cool_until - clock_timestamp())::float8 as seconds
from outbox.lane
where practice_id = %(practice_id)s and cool_until > clock_timestamp();

-- name: key
-- The stored API key, encrypted, and whose it is; no row: not connected. Params: practice_id.
select key_encrypted, organisation_id, lines, matching
from lexware.connection
where practice_id = %(practice_id)s and key_encrypted is not null and organisation_id is not null;

-- name: enable
-- Switch on; settings that are null stay what they are. Params: practice_id, lines, matching, avv_date, by.
insert into lexware.connection as c (practice_id, lines, matching, avv_date, avv_recorded_by, avv_recorded_at)
values (%(practice_id)s, coalesce(%(lines)s, 'neutral'), coalesce(%(matching)s, 'exact'), %(avv_date)s,
        case when %(avv_date)s::date is not null then %(by)s end,
        case when %(avv_date)s::date is not null then clock_timestamp() end)
on conflict (practice_id) do update
set lines = coalesce(%(lines)s, c.lines), matching = coalesce(%(matching)s, c.matching),
    avv_date = coalesce(%(avv_date)s, c.avv_date),
    avv_recorded_by = case when %(avv_date)s::date is null then c.avv_recorded_by else %(by)s end,
    avv_recorded_at = case when %(avv_date)s::date is null then c.avv_recorded_at else clock_timestamp() end;

-- name: open_period
-- The switch goes on, and its period begins; one that is on stays. No row: it was on. Params: practice_id.
with lane as (
    update outbox.lane set enabled = true
    where practice_id = %(practice_id)s and not enabled
    returning practice_id
)
insert into outbox.lane_period (practice_id)
select practice_id from lane
returning practice_id;

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
-- Lift any pause and forget what led to it; the profile is read again. Params: practice_id.
with connection as (
    update lexware.connection set profile_read_at = null where practice_id = %(practice_id)s
)
update outbox.lane
set pause_reason = null, paused_at = null, suspect = false, cool_until = '-infinity', cool_count = 0, cool_reason = null
where practice_id = %(practice_id)s;

-- name: connect
-- A working key of an organisation; settings stay. Params: practice_id, organisation_id, company_name, tax_type,
-- small_business, key_encrypted, keeps_day (it is the key that was stored already).
insert into lexware.connection as c
    (practice_id, organisation_id, company_name, tax_type, small_business, key_encrypted, key_stored_at, profile_read_at)
values (%(practice_id)s, %(organisation_id)s, %(company_name)s, %(tax_type)s, %(small_business)s, %(key_encrypted)s,
        clock_timestamp(), clock_timestamp())
on conflict (practice_id) do update
set organisation_id = excluded.organisation_id, company_name = excluded.company_name, tax_type = excluded.tax_type,
    small_business = excluded.small_business, key_encrypted = excluded.key_encrypted,
    key_stored_at = case when %(keeps_day)s then c.key_stored_at else excluded.key_stored_at end,
    profile_read_at = excluded.profile_read_at;

-- name: connected
-- A key is stored and works: every pause ends that a key can end, an operator's never. Params: practice_id.
update outbox.lane
set connected = true, suspect = false, cool_until = '-infinity', cool_count = 0, cool_reason = null,
    pause_reason = case when pause_reason = 'operator' then pause_reason end,
    paused_at = case when pause_reason = 'operator' then paused_at end
where practice_id = %(practice_id)s;

-- name: share_slots
-- Practices of one organisation take their slots from the lane of the first of them; keys have changed hands.
update outbox.lane l
set pacer = nullif(shared.first, l.practice_id)
from (select c.practice_id, min(o.practice_id) as first
      from lexware.connection c
      join lexware.connection o on o.organisation_id = c.organisation_id
      group by c.practice_id) shared
where shared.practice_id = l.practice_id and l.pacer is distinct from nullif(shared.first, l.practice_id);

-- name: left_behind
-- What belongs to an organisation that the practice leaves. Params: practice_id, organisation_id.
select (select count(*) from lexware.document_link
        where practice_id = %(practice_id)s and organisation_id = %(organisation_id)s) as documents,
       (select count(*) from lexware.contact_link
        where practice_id = %(practice_id)s and organisation_id = %(organisation_id)s and unlinked_at is null) as contacts,
       (select count(*) from outbox.intent
        where practice_id = %(practice_id)s and organisation_id = %(organisation_id)s and closed_at is null) as intents;

-- name: sharing
-- Other practices connected with the same organisation. Params: practice_id, organisation_id.
select practice_id
from lexware.connection
where organisation_id = %(organisation_id)s and practice_id <> %(practice_id)s and key_encrypted is not null
order by practice_id;

-- name: stored_keys
-- Every stored API key, encrypted.
select practice_id, key_encrypted from lexware.connection where key_encrypted is not null order by practice_id;

-- name: relock
-- The same key under another secret key, unless it was replaced meanwhile. Params: practice_id, key_encrypted, relocked.
update lexware.connection set key_encrypted = %(relocked)s
where practice_id = %(practice_id)s and key_encrypted = %(key_encrypted)s;
