-- The tally of settled events: exact at any moment through outbox.settled, and quick while it is folded now and then.

-- name: fold
-- Put what has changed into the tally. Safe at any time and from several sessions at once.
with change as (
    delete from outbox.tally_change
    where change_id in (select change_id from outbox.tally_change for update skip locked)
    returning practice_id, delivered, dead, discarded, last_delivered_at
)
insert into outbox.tally as t (practice_id, delivered, dead, discarded, last_delivered_at)
select practice_id, sum(delivered), sum(dead), sum(discarded), max(last_delivered_at)
from change
group by practice_id
order by practice_id
on conflict (practice_id) do update
set delivered = t.delivered + excluded.delivered, dead = t.dead + excluded.dead,
    discarded = t.discarded + excluded.discarded,
    last_delivered_at = greatest(t.last_delivered_at, excluded.last_delivered_at);

-- name: fold_counters
-- Put what has happened into the counters. Safe at any time and from several sessions at once.
with change as (
    delete from outbox.counter_change
    where change_id in (select change_id from outbox.counter_change for update skip locked)
    returning what, step, how, times, seconds
)
insert into outbox.counter as c (what, step, how, times, seconds)
select what, step, how, sum(times), sum(seconds)
from change
group by what, step, how
order by what, step, how
on conflict (what, step, how) do update
set times = c.times + excluded.times, seconds = c.seconds + excluded.seconds;
