-- Events as lists of documents: found by what somebody knows of one, or a page of them, the newest first.
-- Ids, numbers, codes and times; each stands where `outbox.standing` says.
-- Reads lexware: what a document is over there.

-- name: sought
-- Those of a number, an event id or a Lexware id, in one practice or in all; each lane is asked by an index. Found first and
-- read then: whoever plans both at once expects many of them, and reads the table.
-- Params: practice_id (null: all), number, event_id, lexware_id (null: not sought by it), limit.
with found as materialized (
    select e.event_id from outbox.event e where e.event_id = %(event_id)s::bigint
    union
    select of_number.event_id from outbox.lane l
    cross join lateral (
        select e.event_id from outbox.event e
        where e.practice_id = l.practice_id and e.number = %(number)s and e.state <> 'pending'
        union all
        select e.event_id from outbox.event e
        where e.practice_id = l.practice_id and e.number = %(number)s and e.due_at is not null and e.handed_at is null
        union all
        select e.event_id from outbox.event e
        where e.practice_id = l.practice_id and e.number = %(number)s and e.handed_at is not null
    ) of_number
    union
    select e.event_id from outbox.lane l
    join lexware.document_link d on d.practice_id = l.practice_id and d.lexware_id = %(lexware_id)s::uuid
    join outbox.event e on e.practice_id = d.practice_id and e.document_id = d.document_id
)
select e.event_id, e.practice_id, e.document_id, e.number, e.host_key, e.kind, e.reason, e.created_at, e.closed_at,
       l.pause_reason, outbox.lane_connection(l) as connection,
       outbox.standing(e, outbox.lane_connection(l)) as state, d.lexware_id
from outbox.event e
left join outbox.lane l on l.practice_id = e.practice_id
left join lateral (
    select k.lexware_id from lexware.document_link k
    where k.practice_id = e.practice_id and k.document_id = e.document_id
    order by k.linked_at desc limit 1
) d on true
where e.event_id = any (array(select event_id from found))
  and (%(practice_id)s::bigint is null or e.practice_id = %(practice_id)s)
order by e.event_id desc
limit %(limit)s;

-- name: latest
-- The newest of all, older than one of them. Params: before (null: from the newest), limit.
select e.event_id, e.practice_id, e.document_id, e.number, e.host_key, e.kind, e.reason, e.created_at, e.closed_at,
       l.pause_reason, outbox.lane_connection(l) as connection,
       outbox.standing(e, outbox.lane_connection(l)) as state, d.lexware_id
from outbox.event e
left join outbox.lane l on l.practice_id = e.practice_id
left join lateral (
    select k.lexware_id from lexware.document_link k
    where k.practice_id = e.practice_id and k.document_id = e.document_id
    order by k.linked_at desc limit 1
) d on true
where %(before)s::bigint is null or e.event_id < %(before)s
order by e.event_id desc
limit %(limit)s;

-- name: of_practice
-- Those of a practice by the host's ids, the newest first, before one of them.
-- Params: practice_id, before (a document; null: from the newest), limit.
select e.event_id, e.practice_id, e.document_id, e.number, e.host_key, e.kind, e.reason, e.created_at, e.closed_at,
       l.pause_reason, outbox.lane_connection(l) as connection,
       outbox.standing(e, outbox.lane_connection(l)) as state, d.lexware_id
from outbox.event e
left join outbox.lane l on l.practice_id = e.practice_id
left join lateral (
    select k.lexware_id from lexware.document_link k
    where k.practice_id = e.practice_id and k.document_id = e.document_id
    order by k.linked_at desc limit 1
) d on true
where e.practice_id = %(practice_id)s and (%(before)s::bigint is null or e.document_id < %(before)s)
order by e.document_id desc
limit %(limit)s;

-- name: standing
-- Unsettled ones that stand somewhere, the oldest first, after one of them.
-- Params: standing, practice_id (null: all), after_at, after_id (null: from the oldest), limit.
select e.event_id, e.practice_id, e.document_id, e.number, e.host_key, e.kind, e.reason, e.created_at, e.closed_at,
       l.pause_reason, outbox.lane_connection(l) as connection,
       outbox.standing(e, outbox.lane_connection(l)) as state, null::uuid as lexware_id
from outbox.event e
left join outbox.lane l on l.practice_id = e.practice_id
where e.state = 'pending' and outbox.standing(e, outbox.lane_connection(l)) = %(standing)s
  and (%(practice_id)s::bigint is null or e.practice_id = %(practice_id)s)
  and (%(after_at)s::timestamptz is null or (e.created_at, e.event_id) > (%(after_at)s, %(after_id)s))
order by e.created_at, e.event_id
limit %(limit)s;
