-- Retention: the detail of events that ended long ago, oldest first, in small batches. Dead letters keep theirs: a human
-- has yet to read it. A look at the oldest rows of an index, so with now(): clock_timestamp() would read all of it. Each
-- query returns what it removed. Params: batch.

-- name: attempts
delete from outbox.attempt
where attempt_id = any (array(
    select a.attempt_id
    from outbox.attempt a
    join outbox.event e using (event_id)
    where a.begun_at < now() - (select make_interval(days => keep_days) from outbox.installation)
      and a.ended_at is not null
      and e.state in ('delivered', 'discarded') and e.due_at is null
      and e.closed_at < now() - (select make_interval(days => keep_days) from outbox.installation)
    order by a.begun_at
    limit %(batch)s
))
returning attempt_id;

-- name: looks
delete from outbox.look
where look_id = any (array(
    select k.look_id
    from outbox.look k
    join outbox.intent i using (intent_id)
    join outbox.event e using (event_id)
    where k.looked_at < now() - (select make_interval(days => keep_days) from outbox.installation)
      and i.closed_at is not null
      and e.state in ('delivered', 'discarded') and e.due_at is null
      and e.closed_at < now() - (select make_interval(days => keep_days) from outbox.installation)
    order by k.looked_at
    limit %(batch)s
))
returning look_id;
