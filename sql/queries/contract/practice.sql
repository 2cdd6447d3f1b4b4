-- The practices of the host, for commands; the daemon does not read this.

-- name: overview
-- Every practice of the host, also one that never asked for the transfer, with its newest booking; `today` is Berlin's.
-- Params: practice_id (null: all), connection (null: any), key_stored_by (a day of Berlin; null: any), after (null: from the first),
-- limit (null: all).
-- Reads outbox: what is switched on. Reads lexware: what is connected and ordered.
select p.practice_id, p.host_key, p.name, p.plan, outbox.lane_connection(l) as connection, l.pause_reason,
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
where (%(practice_id)s::bigint is null or p.practice_id = %(practice_id)s::bigint)
  and (%(connection)s::text is null or outbox.lane_connection(l) = %(connection)s::text)
  and (%(key_stored_by)s::date is null
       or (c.key_stored_at at time zone 'Europe/Berlin')::date <= %(key_stored_by)s::date)
  and (%(after)s::bigint is null or p.practice_id > %(after)s::bigint)
order by p.practice_id
limit %(limit)s::bigint;

-- name: count
-- How many practices the host has. Params: connection (null: any).
-- Reads outbox: what is switched on.
select count(*) as practices
from contract.practice p
left join outbox.lane l on l.practice_id = p.practice_id
where %(connection)s::text is null or outbox.lane_connection(l) = %(connection)s::text;

-- name: of_key
-- The practice that the host knows by this key. Params: key.
select p.practice_id from contract.practice p where p.practice_id = contract.id(%(key)s) and p.host_key = %(key)s limit 1;
