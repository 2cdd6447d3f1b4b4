-- A document of the practice by its number, for commands.

-- name: of_number
-- A document of any status by its number, its event if it has one, and whether its original has one.
-- Reads outbox: what a preview says depends on what was done already.
-- No row: the practice has no such document. Params: practice_id, number.
select d.document_id, d.host_key, d.status, d.kind, e.event_id, e.state,
       coalesce(e.marker_code, outbox.marker_code(d.practice_id, d.document_id)) as marker_code,
       exists (select from outbox.event o where o.practice_id = d.practice_id and o.document_id = d.original_id) as original_has_event
from contract.document d
left join outbox.event e on e.practice_id = d.practice_id and e.document_id = d.document_id
where d.practice_id = %(practice_id)s and d.number = %(number)s
order by d.document_id desc
limit 1;

-- name: without_event
-- A document that has no event under this number, and why that may be; `event_id` where the event keeps no number, since it must
-- not be told. No row: the practice has no such document.
-- Reads outbox: the lane and its periods say whether an event is to be expected; one may know it by a former number.
-- Params: practice_id, number.
select d.document_id, d.kind, d.status, d.completed_at, l.practice_id is not null as has_lane, coalesce(l.enabled, false) as enabled,
       e.number as former_number, case when e.number is null then e.event_id end as event_id,
       exists (select from outbox.covering(d.practice_id, d.document_id::bigint, d.completed_at, d.invoice_date) offset 0) as expected,
       (select d.invoice_date < p.first_invoice_date from outbox.lane_period p
        where p.practice_id = d.practice_id and p.disabled_at is null) as is_left
from contract.document d
left join outbox.event e on e.practice_id = d.practice_id and e.document_id = d.document_id
left join outbox.lane l on l.practice_id = d.practice_id
where d.practice_id = %(practice_id)s and d.number = %(number)s
limit 1;

-- name: of_key
-- The number of the document that the host knows by this key. Params: practice_id, key.
select d.number
from contract.document d
where d.document_id = contract.id(%(key)s) and d.practice_id = %(practice_id)s and d.host_key = %(key)s
  and d.number is not null
limit 1;

-- name: latest
-- The number of the document that the practice completed last, of the last twenty whose number may be told. No row: none.
-- Reads outbox: what an event keeps was looked through. Params: practice_id.
select d.number
from (select d.document_id::bigint as document_id, d.number
      from contract.document d
      where d.practice_id = %(practice_id)s and d.status <> 'draft' and d.number is not null
      order by d.document_id desc
      limit 20) d
left join outbox.event e on e.practice_id = %(practice_id)s and e.document_id = d.document_id
where not outbox.hides(e, d.document_id, d.number)
order by d.document_id desc
limit 1;
