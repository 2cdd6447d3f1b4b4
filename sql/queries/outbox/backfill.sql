-- Backfill: events for documents that were completed before the transfer was switched on.

-- name: lane
-- How the practice is connected. No row: it has no lane. Params: practice_id.
select outbox.lane_connection(l) as connection, l.pause_reason from outbox.lane l where l.practice_id = %(practice_id)s;

-- name: missing
-- Completed and cancelled documents of a range of invoice dates that have no event: invoices before cancellations, so
-- that no cancellation is handed out before its invoice has an event. Params: practice_id, first, last (both inclusive).
-- Reads contract: a document without an event is known to the host alone.
select d.document_id, d.kind, d.total, d.original_id,
       exists (select from outbox.event o where o.practice_id = d.practice_id and o.document_id = d.original_id) as original_has_event
from contract.document d
where d.practice_id = %(practice_id)s and d.status in ('completed', 'cancelled')
  and d.invoice_date between %(first)s and %(last)s
  and not exists (select from outbox.event e where e.practice_id = d.practice_id and e.document_id = d.document_id)
order by d.kind = 'cancellation', d.invoice_date, d.document_id;

-- name: write
-- Events for these documents, behind everything new of the practice, by the rule of all landings; one that has an event
-- meanwhile keeps it, one that can have none disturbs no other. Params: documents (ids).
select landed as events, case when landed > 0 then pg_notify('lexrelay', '') end
from outbox.land_each(%(documents)s::bigint[], 'backfill', '{}');
