-- Which document is which in Lexware, as humans see and say it.

-- name: of_events
-- What delivered documents are in Lexware. Params: event_ids.
-- Reads outbox: an event knows its document.
select e.event_id, d.lexware_id
from outbox.event e
join lexware.document_link d on d.practice_id = e.practice_id and d.document_id = e.document_id
where e.event_id = any (%(event_ids)s)
order by d.linked_at;

-- name: other_document
-- Which other document of the practice a Lexware id belongs to already. Params: practice_id, document_id, lexware_id.
-- Reads outbox: the event knows the document's number.
select coalesce(e.number, e.document_id::text) as number
from lexware.document_link d
join outbox.event e on e.practice_id = d.practice_id and e.document_id = d.document_id
where d.practice_id = %(practice_id)s and d.lexware_id = %(lexware_id)s and d.document_id <> %(document_id)s;

-- name: link_by_hand
-- A human says which document in Lexware it is, and it was looked up; that wins over what we believed. No row: the practice is not connected.
-- Params: practice_id, document_id, kind, lexware_id.
insert into lexware.document_link as known (practice_id, document_id, organisation_id, kind, lexware_id, origin, confirmed_at)
select c.practice_id, %(document_id)s, c.organisation_id, %(kind)s, %(lexware_id)s, 'by_hand', clock_timestamp()
from lexware.connection c
where c.practice_id = %(practice_id)s and c.organisation_id is not null
on conflict (practice_id, document_id, organisation_id) do update
set lexware_id = excluded.lexware_id, origin = 'by_hand', linked_at = clock_timestamp(),
    confirmed_at = clock_timestamp()
returning organisation_id;

-- name: draft_pairs
-- Cancellations that went over unlinked because their invoice was a draft: a human finalises both; unless the cancellation
-- is a part (or nobody knows), both may be deleted as well. A pair of which none is a draft any more has been ended.
-- Reads outbox: the event knows the document's number and its original, a function what it came to.
select c.practice_id, original.number as invoice_number, cancellation.number as cancellation_number,
       invoice.lexware_id as invoice_id, c.lexware_id as credit_note_id,
       coalesce(outbox.came_to(c.practice_id, c.document_id)
                < outbox.came_to(c.practice_id, cancellation.original_id), true) as is_part
from lexware.document_link c
join outbox.event cancellation using (practice_id, document_id)
left join outbox.event original
     on original.practice_id = c.practice_id and original.document_id = cancellation.original_id
left join lexware.document_link invoice
     on invoice.practice_id = c.practice_id and invoice.document_id = cancellation.original_id
        and invoice.organisation_id = c.organisation_id
where c.notice = 'original_is_draft'
  and (exists (select from lexware.watched w
               where w.practice_id = c.practice_id and w.remote_id in (c.lexware_id, invoice.lexware_id)
                 and w.is_draft))
order by c.practice_id, c.linked_at, c.document_id;

-- name: of_document
-- What the document is in Lexware, in the practice's present organisation before any other; and the contact it goes to.
-- `is_part`: it cancels less than its invoice, or nobody knows. Params: practice_id, document_id, payer_id.
-- Reads outbox: the event knows the original, a function what both came to.
select link.lexware_id, link.linked_invoice_id, link.notice, link.origin, link.linked_at,
       coalesce(outbox.came_to(%(practice_id)s, %(document_id)s)
                < outbox.came_to(%(practice_id)s, (select e.original_id from outbox.event e
                                                      where e.practice_id = %(practice_id)s
                                                        and e.document_id = %(document_id)s)), true) as is_part,
       coalesce(link.contact_id, contact.contact_id) as contact_id
from (values (1)) as always (one)
left join lexware.connection c on c.practice_id = %(practice_id)s
left join lateral (
    select * from lexware.document_link d
    where d.practice_id = %(practice_id)s and d.document_id = %(document_id)s
    order by d.organisation_id is distinct from c.organisation_id, d.linked_at desc
    limit 1
) link on true
left join lexware.contact_link contact
     on contact.practice_id = %(practice_id)s and contact.customer_id = %(payer_id)s
        and contact.organisation_id = c.organisation_id and contact.unlinked_at is null;
