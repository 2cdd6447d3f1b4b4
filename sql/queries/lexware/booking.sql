-- Orders of the feature and their prices. Bookings are never removed.

-- name: insert
-- An order of today (Berlin). Params: practice_id, billing, ordered_on, trial_until, decline_by, by.
insert into lexware.booking (practice_id, billing, ordered_on, trial_until, decline_by, ordered_by)
values (%(practice_id)s, %(billing)s, %(ordered_on)s, %(trial_until)s, %(decline_by)s, %(by)s);

-- name: end
-- The end of the running order. Params: practice_id, ends_on, by.
update lexware.booking
set ends_on = %(ends_on)s, ended_by = %(by)s, ended_at = clock_timestamp()
where practice_id = %(practice_id)s and ends_on is null;

-- name: keep
-- The end of the running order is taken back; its record stays in the operators' history. Params: practice_id, ends_on.
update lexware.booking
set ends_on = null, ended_by = null, ended_at = null
where practice_id = %(practice_id)s and ends_on = %(ends_on)s;

-- name: of_practices
-- Every order there ever was, with the practice's plan of today.
-- Reads contract: name, key and plan are the host's.
select p.practice_id, p.host_key, p.name, p.plan, b.billing, b.ordered_on, b.trial_until, b.decline_by, b.ends_on
from lexware.booking b
join contract.practice p on p.practice_id = b.practice_id
order by p.practice_id, b.ordered_on, b.booking_id;

-- name: prices
-- What a plan costs, and since when.
select plan, billing, valid_from, net_amount from lexware.price;
