-- What `lexrelay preview` needs beside the snapshot.

-- name: document
-- A document of any status by its number, its event if it has one, and whether its original has one.
-- No row: the practice has no such document. Params: practice_id, number.
select d.document_id, d.status, d.kind, e.event_id, e.state, outbox.marker_code(d.practice_id, d.document_id) as marker_code,
       exists (select from outbox.event o where o.practice_id = d.practice_id and o.document_id = d.original_id) as original_has_event
from contract.document d
left join outbox.event e on e.practice_id = d.practice_id and e.document_id = d.document_id
where d.practice_id = %(practice_id)s and d.number = %(number)s
order by d.document_id desc
limit 1;
