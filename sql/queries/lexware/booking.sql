-- Orders of the feature and their prices. Bookings are never removed; their end is written once.

-- name: insert
-- An order of today (Berlin). Params: practice_id, billing, ordered_on, trial_until, decline_by, by.
insert into lexware.booking (practice_id, billing, ordered_on, trial_until, decline_by, ordered_by)
values (%(practice_id)s, %(billing)s, %(ordered_on)s, %(trial_until)s, %(decline_by)s, %(by)s);

-- name: end
-- The end of the running order. Params: practice_id, ends_on, by.
update lexware.booking
set ends_on = %(ends_on)s, ended_by = %(by)s, ended_at = clock_timestamp()
where practice_id = %(practice_id)s and ends_on is null;

-- name: tell_lane
-- The lane runs through the days of the newest order, both included. Params: practice_id.
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

-- name: of_practices
-- Every order there ever was, with the practice's plan of today.
select p.practice_id, p.name, p.plan, b.billing, b.ordered_on, b.trial_until, b.decline_by, b.ends_on
from lexware.booking b
join contract.practice p on p.practice_id = b.practice_id
order by p.practice_id, b.ordered_on, b.booking_id;

-- name: prices
select plan, billing, valid_from, net_amount from lexware.price;
