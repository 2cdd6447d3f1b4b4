-- What is read before anything is done: the document through the contract, the settings, and what is known of Lexware.
-- Reads lexware: settings and links. Reads outbox: what was done for document, original and payer.

-- name: snapshot
-- One row, or none when the document is gone; its lines as JSON, in the order of the document, numbers as text. One
-- statement, so that all of it is seen at one moment. A date that nobody can mean (infinity) counts as absent. Payer and
-- original are asked for by their keys one at a time: a plain join may evaluate the host's whole view. Two rows: the host
-- shows the document twice. No row as well for one that is too large (`size`): nothing of it is sent then. Other
-- cancellations of the original count that are in Lexware, may be, or come before this one. An original that has no event
-- after a day, when the safety net has looked far back several times, is one that it can write none for.
-- Params: practice_id, document_id.
select d.document_id::bigint as document_id, d.practice_id::bigint as practice_id, d.kind, d.number, d.status, d.tax_mode,
       d.exemption_note,
       case when d.invoice_date between '0001-01-01' and '9999-12-31' then d.invoice_date end as invoice_date,
       case when d.due_date between '0001-01-01' and '9999-12-31' then d.due_date end as due_date,
       d.introduction, d.total, d.currency, d.original_id::bigint as original_id,
       case when num_nonnulls(d.street, d.address_supplement, d.zip, d.city) > 0
            then json_build_object('street', d.street, 'address_supplement', d.address_supplement, 'zip', d.zip,
                                   'city', d.city, 'country_code', coalesce(d.country_code, p.country_code)) end::text as own_address,
       p.payer_id::bigint as payer_id, p.customer_number, p.salutation, p.first_name, p.last_name, p.company_name, p.street,
       p.address_supplement, p.zip, p.city, p.country_code, p.email, p.phone,
       size.document_lines,
       leaks.fields as leaks, case when leaks.fields <> '{}' then contract.leaked(d.document_id) else '{}' end as leaked,
       c.organisation_id, c.tax_type, c.small_business, c.lines, c.matching, c.key_encrypted,
       (select keys_bound_at is null from outbox.installation) as may_be_unbound,
       coalesce(c.profile_read_at < clock_timestamp() - interval '1 day', true)
           or coalesce(c.profile_token <> md5(c.key_encrypted), false) as profile_is_old,
       (select salt from outbox.installation) as salt,
       array(select w.fingerprint from lexware.note_wording w where w.practice_id = d.practice_id) as confirmed_notes,
       contact.contact_id, contact.origin as contact_origin,
       extract(epoch from clock_timestamp() - contact.linked_at)::float8 as contact_age_seconds,
       outbox.marker_code(d.practice_id, 'customer:' || d.payer_id, (select salt from outbox.installation)) as contact_code,
       link.lexware_id,
       (select extract(epoch from clock_timestamp() - restored_at)::float8 from outbox.installation) as restored_age_seconds,
       exists (select from lexware.document_link o
               where o.practice_id = d.practice_id and o.document_id = d.document_id
                 and o.organisation_id <> c.organisation_id) as elsewhere,
       original.number as original_number, original.kind as original_kind, original.total as original_total,
       case when original.invoice_date between '0001-01-01' and '9999-12-31' then original.invoice_date end as original_date,
       original_link.lexware_id as original_lexware_id,
       extract(epoch from clock_timestamp() - original_link.linked_at)::float8 as original_age_seconds,
       exists (select from lexware.document_link o
               where o.practice_id = d.practice_id and o.document_id = d.original_id
                 and o.organisation_id <> c.organisation_id) as original_elsewhere,
       original_event.state as original_event_state,
       coalesce(original_link.origin <> 'by_hand' or original_link.confirmed_at is not null, true) as original_proven,
       others.total as cancelled_by_others, others.numbers as other_cancellations,
       original_event.state is null and original.status <> 'draft'
           and exists (select from outbox.covering(d.practice_id, d.original_id, original.completed_at, original.invoice_date) offset 0)
           and not exists (select from outbox.event mine
                           where mine.practice_id = d.practice_id and mine.document_id = d.document_id
                             and mine.created_at < clock_timestamp() - interval '1 day' offset 0) as original_expected,
       (select coalesce(i.remote_id, i.late_remote_id) from outbox.intent i
        where i.practice_id = d.practice_id and i.effect = 'contact' and i.subject_id = d.payer_id
          and i.organisation_id = c.organisation_id
          and (i.outcome in ('created', 'adopted') and i.remote_id is not null or i.late_remote_id is not null)
        order by i.intent_id desc limit 1) as made_contact_id,
       encode(sha256(convert_to(concat_ws('|', (select salt from outbox.installation), lower(p.company_name), lower(p.first_name), lower(p.last_name)), 'UTF8')), 'hex') as payer_hash
from contract.document d
cross join lateral (  -- all that is asked of the lines at once: the view behind them may be dear
    select count(*) as lines, coalesce(sum(coalesce(octet_length(l.code), 0) + coalesce(octet_length(l.description), 0)
                                           + coalesce(octet_length(l.unit), 0)), 0) as bytes,
           json_agg(json_build_object(
               'position', l.position,
               'treated_on', case when l.treated_on between '0001-01-01' and '9999-12-31' then l.treated_on end,
               'code', l.code, 'description', l.description,
               'quantity', l.quantity::text, 'unit', coalesce(l.unit, ''), 'unit_price', l.unit_price::text,
               'vat_rate', l.vat_rate::text) order by l.position nulls last, l.line_id)::text as document_lines
    from (select * from contract.document_line t where t.document_id = d.document_id limit 5001) l
) size
cross join lateral (select * from contract.payer p where p.payer_id = d.payer_id limit 1) p
cross join lateral (select contract.leaks(d.document_id) as fields offset 0) leaks  -- asked once
left join lexware.connection c on c.practice_id = d.practice_id
left join lexware.contact_link contact on contact.practice_id = d.practice_id and contact.customer_id = d.payer_id
     and contact.organisation_id = c.organisation_id and contact.unlinked_at is null
left join lexware.document_link link on link.practice_id = d.practice_id and link.document_id = d.document_id
     and link.organisation_id = c.organisation_id
left join lateral (
    select o.number, o.invoice_date, o.status, o.completed_at, o.kind, o.total
    from contract.document o
    where o.document_id = d.original_id
    limit 1
) original on true
left join lexware.document_link original_link on original_link.practice_id = d.practice_id
     and original_link.document_id = d.original_id and original_link.organisation_id = c.organisation_id
left join lateral (select e.state from outbox.event e
                   where e.practice_id = d.practice_id and e.document_id = d.original_id limit 1) original_event on true
cross join lateral (
    select coalesce(sum(abs(other.total)), 0) as total, coalesce(array_agg(e.number order by e.event_id), '{}') as numbers
    from outbox.event e
    cross join lateral (select o.total from contract.document o where o.document_id = e.document_id limit 1) other
    where e.practice_id = d.practice_id and e.original_id = d.original_id and e.kind = 'cancellation'
      and e.document_id <> d.document_id
      and (exists (select from lexware.document_link l
                   where l.practice_id = e.practice_id and l.document_id = e.document_id
                     and l.organisation_id = c.organisation_id offset 0)  -- asked for each, not for all at once
           or exists (select from outbox.intent i
                      where i.event_id = e.event_id and i.effect = 'credit_note' and i.closed_at is null offset 0)
           or e.state = 'pending'
              and e.event_id < coalesce((select mine.event_id from outbox.event mine
                                         where mine.practice_id = d.practice_id and mine.document_id = d.document_id),
                                        9223372036854775807))
) others
where d.document_id = %(document_id)s and d.practice_id = %(practice_id)s
  and size.lines <= 5000
  and size.bytes + coalesce(octet_length(d.introduction), 0) + coalesce(octet_length(d.exemption_note), 0)
      + coalesce(octet_length(d.number), 0) <= 2000000
  and coalesce(octet_length(p.company_name), 0) + coalesce(octet_length(p.first_name), 0)
      + coalesce(octet_length(p.last_name), 0) + coalesce(octet_length(p.street), 0)
      + coalesce(octet_length(p.address_supplement), 0) + coalesce(octet_length(p.email), 0) <= 2000000;

-- name: size
-- How large a document is that `snapshot` gave no row for; no row: it is gone, or has no payer.
-- Params: practice_id, document_id.
select d.status, size.lines, size.lines > 5000 as has_too_many_lines
from contract.document d
cross join lateral (select count(*) as lines from (select from contract.document_line t where t.document_id = d.document_id limit 5001) l) size
where d.document_id = %(document_id)s and d.practice_id = %(practice_id)s
  and exists (select from contract.payer p where p.payer_id = d.payer_id)
limit 1;

-- name: claimed_ids
-- Which of these Lexware ids a document link of ours claims already. Params: practice_id, ids.
select lexware_id as id from lexware.document_link where practice_id = %(practice_id)s and lexware_id = any (%(ids)s);

-- name: linked_contacts
-- Which of these contacts are linked to another customer. Params: practice_id, customer_id, ids.
select contact_id as id
from lexware.contact_link
where practice_id = %(practice_id)s and contact_id = any (%(ids)s) and customer_id <> %(customer_id)s and unlinked_at is null;

-- name: first_intent
-- When this document was first tried. Params: event_id.
select min(opened_at) as opened_at from outbox.intent where event_id = %(event_id)s and effect <> 'contact';

-- name: leaks
-- The leak check of one document. Params: document_id.
select contract.leaks(%(document_id)s);
