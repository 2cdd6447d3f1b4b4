-- The proof of a month: what is read for it, and the chain in which the reports are kept.
-- Reads contract: the documents are the host's. Reads outbox: how far each was brought.

-- name: documents
-- Each completed document of the month, by its invoice date, of one without by the day it was completed, with all that is
-- known of it of a cancellation, and the cancellation of a cancelled invoice.
-- Params: practice_id, first, last (days, both included), ids (null: all), dated (only those of these days).
with lane as materialized (
    select outbox.lane_connection(l) as connection from outbox.lane l where l.practice_id = %(practice_id)s
)
select d.document_id::bigint as document_id, d.number, outbox.hides(e, d.document_id::bigint, d.number) as is_hidden, d.host_key, d.kind,
       d.status = 'cancelled' as is_cancelled,
       case when isfinite(d.invoice_date) then d.invoice_date end as day, d.total, d.tax_mode,
       coalesce(d.exemption_note, '') ~ '\S' as has_note,
       (select json_agg(json_build_object('quantity', l.quantity::text, 'unit_price', l.unit_price::text,
                                          'vat_rate', l.vat_rate::text) order by l.position nulls last, l.line_id)
        from contract.document_line l where l.document_id = d.document_id)::text as document_lines,
       case when e.event_id is not null then outbox.standing(e, lane.connection) end as standing,
       e.reason,
       array(select jsonb_array_elements_text(e.detail -> 'lexware_ids')
             where jsonb_typeof(e.detail -> 'lexware_ids') = 'array') as twins,
       exists (select from lexware.document_link o
               where o.practice_id = d.practice_id and o.document_id = d.document_id
                 and o.organisation_id is distinct from c.organisation_id) as elsewhere,
       e.event_id is null and exists (select from outbox.covering(d.practice_id, d.document_id::bigint, d.completed_at, d.invoice_date) offset 0)
           as expected,
       w.remote_id::text as lexware_id, w.linked_at, w.sent_total, w.state, w.remote_status, w.number as lexware_number,
       w.voucher_date, w.total as lexware_total, w.taxes::text as taxes, w.differs, w.seen_at,
       exists (select from lexware.absences a
               where a.practice_id = d.practice_id and a.document_id = d.document_id and a.remote_id = w.remote_id
                 and a.ended_at is null) as unconfirmed,
       (select a.by from lexware.document_decisions a
        where a.practice_id = d.practice_id and a.document_id = d.document_id and a.decision = 'accept' and a.at >= w.seen_at
        order by a.id desc limit 1) as accepted_by,
       half.document_id as half_document_id, half.number as half_number, half.host_key as half_host_key, half.total as half_total,
       outbox.hides(half_event, half.document_id, half.number) as half_is_hidden,
       rest.remote_id::text as half_lexware_id, rest.state as half_state,
       to_char(d.invoice_date, 'YYYY-MM') as month
from contract.document d
left join lexware.connection c on c.practice_id = d.practice_id
left join lane on true
left join outbox.event e on e.practice_id = d.practice_id and e.document_id = d.document_id
left join lexware.watched w on w.practice_id = d.practice_id and w.document_id = d.document_id
     and w.organisation_id = c.organisation_id
left join lateral (
    select o.document_id::bigint as document_id, o.number, o.host_key, o.total
    from contract.document o
    where d.kind = 'cancellation' and o.document_id = d.original_id
    limit 1
) original on true
left join lateral (
    select o.document_id::bigint as document_id, o.number, o.host_key, o.total
    from contract.document o
    where d.kind <> 'cancellation' and d.status = 'cancelled' and o.original_id = d.document_id and o.status <> 'draft'
    order by o.document_id
    limit 1
) cancellation on true
left join lateral (
    select coalesce(original.document_id, cancellation.document_id) as document_id,
           coalesce(original.number, cancellation.number) as number,
           coalesce(original.host_key, cancellation.host_key) as host_key,
           coalesce(original.total, cancellation.total) as total
) half on true
left join outbox.event half_event on half_event.practice_id = d.practice_id and half_event.document_id = half.document_id
left join lexware.watched rest on rest.practice_id = d.practice_id and rest.document_id = half.document_id
     and rest.organisation_id = c.organisation_id
where d.practice_id = %(practice_id)s and d.status <> 'draft'
  and (%(ids)s::bigint[] is null or d.document_id = any (%(ids)s))
  and (not %(dated)s
       or case when isfinite(d.invoice_date) then d.invoice_date between %(first)s and %(last)s
               else (d.completed_at at time zone 'Europe/Berlin')::date between %(first)s and %(last)s end)
order by d.document_id;

-- name: ids
-- The documents of the month, as far as their days can be read. Params: practice_id, first, last, after (a document's id).
select d.document_id::bigint as document_id
from contract.document d
where d.practice_id = %(practice_id)s and d.status <> 'draft' and d.document_id > %(after)s
  and case when isfinite(d.invoice_date) then d.invoice_date between %(first)s and %(last)s
           else (d.completed_at at time zone 'Europe/Berlin')::date between %(first)s and %(last)s end
order by d.document_id;

-- name: event_ids
-- All documents of the practice that the ledger knows. Params: practice_id, after (a document's id).
select document_id from outbox.event where practice_id = %(practice_id)s and document_id > %(after)s order by document_id;

-- name: unreadable
-- What the ledger knows of a document that cannot be read. Params: practice_id, document_id.
select asked.document_id, e.number, e.event_id is not null and e.number is null as is_hidden, e.reason, coalesce(e.kind, 'invoice') as kind, l.lexware_id::text as lexware_id, e.host_key
from (select %(document_id)s::bigint as document_id) asked
left join outbox.event e on e.practice_id = %(practice_id)s and e.document_id = asked.document_id
left join lexware.document_link l on l.practice_id = %(practice_id)s and l.document_id = asked.document_id
limit 1;

-- name: doubled
-- Numbers that the practice gave to several completed documents, one of the month among them, and these documents; without
-- such a number as must not be shown. Params: practice_id, first, last.
with doubled as (
    select d.number, array_agg(d.document_id::bigint order by d.document_id) as document_ids,
           array_remove(array_agg(d.host_key order by d.document_id), null) as host_keys
    from contract.document d
    where d.practice_id = %(practice_id)s and d.status <> 'draft' and d.number is not null
    group by d.number
    having count(distinct d.document_id) > 1 and bool_or(d.invoice_date between %(first)s and %(last)s)
)
select d.number, d.document_ids, d.host_keys
from doubled d
where not exists (
    select from unnest(d.document_ids) as of (document_id)
    left join outbox.event e on e.practice_id = %(practice_id)s and e.document_id = of.document_id
    where outbox.hides(e, of.document_id, d.number))
order by d.number;

-- name: numbers
-- The numbers of completed documents of some days. Params: practice_id, first, last.
select d.number
from contract.document d
where d.practice_id = %(practice_id)s and d.status <> 'draft' and d.invoice_date between %(first)s and %(last)s
  and d.number is not null;

-- name: taken
-- Which of these numbers a document of the practice has, of whatever day and status. Params: practice_id, numbers.
select distinct d.number
from contract.document d
where d.practice_id = %(practice_id)s and d.number = any (%(numbers)s);

-- name: orphans
-- Documents of the month that lie in Lexware with our marker and without a link. Params: practice_id, organisation_id,
-- first, last.
select o.remote_id::text as lexware_id, o.number as lexware_number, o.kind, o.total, o.voucher_date, e.document_id, e.number,
       e.host_key
from lexware.orphans o
left join outbox.event e on e.practice_id = o.practice_id and e.document_id = o.document_id
where o.practice_id = %(practice_id)s and o.organisation_id = %(organisation_id)s and o.gone_at is null
  and o.voucher_date between %(first)s and %(last)s
order by o.voucher_date, o.remote_id;

-- name: look_alikes
-- Documents that were listed, are nobody's, and have contact, kind and sum of one of ours within a week.
-- Params: practice_id, run_id, first, last.
select l.remote_id::text as lexware_id, l.number as lexware_number, l.kind, l.total, l.voucher_date,
       ours.document_id, ours.number, ours.host_key
from lexware.watch_listed l
cross join lateral (
    select w.document_id, e.number, e.host_key
    from lexware.watch_listed other
    join lexware.document_link w on w.practice_id = %(practice_id)s and w.lexware_id = other.remote_id
    join outbox.event e on e.practice_id = w.practice_id and e.document_id = w.document_id
    where other.run_id = l.run_id and other.contact_id = l.contact_id and other.kind = l.kind and other.total = l.total
      and other.remote_id <> l.remote_id and abs(other.voucher_date - l.voucher_date) <= 7
    order by abs(other.voucher_date - l.voucher_date), w.document_id
    limit 1
) ours
where l.run_id = %(run_id)s and l.voucher_date between %(first)s and %(last)s and l.remote_status <> 'voided'
  and exists (select from lexware.strangers s
              where s.practice_id = %(practice_id)s and s.remote_id = l.remote_id)
order by l.voucher_date, l.remote_id;

-- name: decisions
-- What humans decided about documents of the month: in the ledger, and about what became of them in Lexware.
-- Params: practice_id, first, last, until.
with decided as (
    select a.at, a.by, a.action as decision, a.why, e.document_id
    from outbox.operator_action a
    join outbox.event e on e.event_id = a.event_id
    where a.practice_id = %(practice_id)s and a.action not in ('preview', 'reveal') and a.at <= %(until)s
    union all
    select r.at, r.by, r.decision, r.why, r.document_id
    from lexware.document_decisions r
    where r.practice_id = %(practice_id)s and r.at <= %(until)s
)
select x.at, x.by, x.decision, x.why, x.document_id, d.number, outbox.hides(e, x.document_id, d.number) as is_hidden, d.host_key
from decided x
left join outbox.event e on e.practice_id = %(practice_id)s and e.document_id = x.document_id
cross join lateral (
    select o.number, o.host_key from contract.document o
    where o.document_id = x.document_id and o.practice_id = %(practice_id)s
      and coalesce(case when isfinite(o.invoice_date) then o.invoice_date end,
                   (o.completed_at at time zone 'Europe/Berlin')::date) between %(first)s and %(last)s
    limit 1
) d
order by x.at, x.document_id, x.decision;

-- name: late
-- Documents of months whose report is signed: what has become worse of them in Lexware since, and those that the practice
-- completed only afterwards (`is_new`). Params: practice_id, since.
with seen as (
    select distinct s.document_id from lexware.document_states s
    where s.practice_id = %(practice_id)s and s.seen_at > %(since)s
)
select d.document_id::bigint as document_id, coalesce(d.completed_at > %(since)s, false) as is_new
from contract.document d
left join seen on seen.document_id = d.document_id
left join lexware.document_now n on n.practice_id = d.practice_id and n.document_id = seen.document_id
where d.practice_id = %(practice_id)s and d.status <> 'draft' and isfinite(d.invoice_date)
  and (d.completed_at > %(since)s or n.state in ('voided', 'back_to_draft', 'changed', 'deleted', 'missing'))
  and lexware.month_closed(d.practice_id, d.invoice_date)
order by d.document_id;

-- name: connection
-- How the practice is connected. No row: it never was. Params: practice_id.
select organisation_id, tax_type, small_business, lines, matching, key_encrypted
from lexware.connection
where practice_id = %(practice_id)s and organisation_id is not null;

-- name: clock
select clock_timestamp() as now;

-- name: turn
-- One report of a practice is made or signed at a time, as long as the session lasts; waits for the other. Params: practice_id.
select pg_advisory_lock(hashtextextended('lexware.reports ' || %(practice_id)s::bigint, 0));

-- name: left_runs
-- Queries of a month that a command began and did not end. Params: practice_id.
select id from lexware.watch_runs where practice_id = %(practice_id)s and kind = 'month' and ended_at is null;

-- name: add_unseen
-- Read what was to be in the list of the month and is not, and what was never read as a whole since its sum last changed.
-- Params: run_id, practice_id, organisation_id, first, last.
insert into lexware.watch_steps (run_id, what, kind, subject_id, remote_id)
select %(run_id)s, 'document', w.kind, w.document_id, w.remote_id
from lexware.watched w
left join lexware.watch_listed l on l.run_id = %(run_id)s and l.remote_id = w.remote_id
where w.practice_id = %(practice_id)s and w.organisation_id = %(organisation_id)s
  and (l.remote_id is null and coalesce(w.sent_day, w.voucher_date) between %(first)s and %(last)s
           and coalesce(w.state, '') not in ('deleted', 'missing')
       or l.remote_id is not null and w.taxes is null)
order by w.document_id
returning id;

-- name: run
-- How far a run came, by the database's clock. Params: run_id.
select started_at, coalesce(ended_at, clock_timestamp()) as ended_at, pages, listed, calls
from lexware.watch_runs where id = %(run_id)s;

-- name: of_month
-- The signed report of a month, else the newest. No row: there is none. Params: practice_id, month.
select id, month, sequence, substance_sha256, previous_sha256, sha256, complete, as_of, signed_at, signed_by, signed_why
from lexware.reports
where practice_id = %(practice_id)s and month = %(month)s
order by signed_at is null, sequence desc
limit 1;

-- name: slice
-- A piece of the text of a report, which may be long. Params: id, start (from 1), length.
select substr(body, %(start)s, %(length)s) as piece from lexware.reports where id = %(id)s;

-- name: head
-- The end of the chain. No row: there is no report yet. Params: practice_id.
select sequence, sha256 from lexware.reports where practice_id = %(practice_id)s order by sequence desc limit 1;

-- name: keep
-- One more report, its text piece by piece.
copy lexware.reports (practice_id, month, sequence, substance_sha256, previous_sha256, sha256, complete, as_of, body) from stdin;

-- name: closed_until
-- Up to when the newest signed report but that of a month knew Lexware; null: none is signed. Params: practice_id, month.
select max(as_of) as as_of, (max(as_of) at time zone 'Europe/Berlin')::date - 1 as day
from lexware.reports
where practice_id = %(practice_id)s and month <> %(month)s and signed_at is not null;

-- name: sign
-- The signature of one report. No row: it has one already. Params: id, by, why.
update lexware.reports
set signed_at = clock_timestamp(), signed_by = %(by)s, signed_why = %(why)s
where id = %(id)s and signed_at is null
returning signed_at;

-- name: chain
-- Every report of a practice in its place; whether its text names the one that it is said to follow; the hash that was
-- recorded when it was signed. Params: practice_id.
select r.id, r.sequence, r.month, r.previous_sha256, r.sha256, r.complete, r.signed_at, r.signed_by,
       position('"previous_sha256":' || coalesce('"' || r.previous_sha256 || '"', 'null') in r.body) > 0 as names_previous,
       (select a.detail ->> 'sha256' from outbox.operator_action a
        where a.practice_id = r.practice_id and a.action = 'report.sign' and (a.detail ->> 'sequence')::int = r.sequence
        order by a.action_id limit 1) as recorded_sha256
from lexware.reports r
where r.practice_id = %(practice_id)s
order by r.sequence;
