-- Outside a transaction: outbox.event is written to all the time.
-- What is in flight, by the moment of its hand-out: the poller reads from the oldest on that it knows of, and so passes
-- over what was handed out before and lies there dead as long as somebody holds an old snapshot. `greatest` takes no null to
-- be one, so PostgreSQL cannot take one_handed_out_per_lane instead, which it believes to be as short.

drop index concurrently if exists outbox.event_handed;
create index concurrently event_handed on outbox.event (greatest(handed_at, '-infinity'::timestamptz))
    where greatest(handed_at, '-infinity'::timestamptz) > '-infinity'::timestamptz;
create or replace view outbox.in_flight as
select event_id, practice_id, worker, begun_at, lease_until, greatest(handed_at, '-infinity'::timestamptz) as handed_at
from outbox.event
where greatest(handed_at, '-infinity'::timestamptz) > '-infinity'::timestamptz;
comment on view outbox.in_flight is 'Events that are handed out. With a lower bound of handed_at, what lies dead before it costs nothing.'
