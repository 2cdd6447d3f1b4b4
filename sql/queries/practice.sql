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
