-- What waits for people in Lexware, and what they decided about it.
-- Reads outbox: the event knows the document's number, and a lane whether it is in use.

-- name: drafts
-- Drafts that nobody has finalised, the oldest first; one that was not read back yet counts as the draft it was sent as.
-- Params: practice_id (null: all), older_than_days.
select w.practice_id, w.document_id, e.number, e.host_key, w.kind, e.event_id, w.remote_id as lexware_id,
       w.number as lexware_number, w.state, w.total,
       floor(extract(epoch from clock_timestamp() - w.linked_at) / 86400)::int as age_days, w.linked_at as since
from lexware.watched w
join outbox.event e on e.practice_id = w.practice_id and e.document_id = w.document_id
where (w.practice_id = %(practice_id)s or %(practice_id)s::bigint is null) and w.is_draft
  and w.linked_at <= clock_timestamp() - make_interval(days => %(older_than_days)s)
order by w.linked_at, w.practice_id, w.document_id;

-- name: noticed
-- Documents that are not as they were sent or not there, unless a human has accepted just that; `absent_since`: answered
-- with 404 once. Params: practice_id (null: all).
select w.practice_id, w.document_id, e.number, e.host_key, w.kind, e.event_id, w.remote_id as lexware_id,
       w.number as lexware_number, w.state, w.remote_status, coalesce(w.differs, '{}') as differs, w.sent_total, w.total, w.sent_day, w.voucher_date,
       w.seen_at, w.absent_since
from lexware.noticed w
join outbox.event e on e.practice_id = w.practice_id and e.document_id = w.document_id
where w.practice_id = %(practice_id)s or %(practice_id)s::bigint is null
order by w.seen_at, w.practice_id, w.document_id;

-- name: orphans
-- Documents in Lexware with our marker and no link. Params: practice_id (null: all).
select o.practice_id, o.remote_id as lexware_id, o.kind, o.number as lexware_number, o.total, o.voucher_date,
       o.document_id, e.number, o.found_at
from lexware.orphans o
left join outbox.event e on e.practice_id = o.practice_id and e.document_id = o.document_id
where (o.practice_id = %(practice_id)s or %(practice_id)s::bigint is null) and o.gone_at is null
  and not exists (select from lexware.document_link d
                  where d.practice_id = o.practice_id and d.lexware_id = o.remote_id)
order by o.found_at, o.practice_id, o.remote_id;

-- name: contacts
-- Linked contacts that a document would die of. Params: practice_id (null: all).
select n.practice_id, n.customer_id, n.contact_id, n.state, n.seen_at
from lexware.contact_now n
join lexware.contact_link c on c.practice_id = n.practice_id and c.customer_id = n.customer_id
     and c.contact_id = n.contact_id and c.unlinked_at is null
where (n.practice_id = %(practice_id)s or %(practice_id)s::bigint is null) and n.state <> 'usable'
order by n.seen_at, n.practice_id, n.customer_id;

-- name: stopped
-- Practices whose last sweep or deep reading found too much missing at once, and has changed nothing.
-- Params: practice_id (null: all).
select r.practice_id, r.kind, r.ended_at as at
from outbox.lane l
cross join (values ('sweep'), ('deep'), ('delta')) as k (kind)
cross join lateral (
    select r.* from lexware.watch_runs r
    where r.practice_id = l.practice_id and r.kind = k.kind and r.ended_at is not null
    order by r.id desc
    limit 1
) r
where (l.practice_id = %(practice_id)s or %(practice_id)s::bigint is null) and r.why_not = 'too_many_missing'
order by r.practice_id, r.kind;

-- name: find
-- A document by its number, as far as it is linked in the connected organisation. Params: practice_id, number.
select w.*, e.event_id, a.id is not null as absent
from outbox.event e
join lexware.watched w on w.practice_id = e.practice_id and w.document_id = e.document_id
left join lexware.connection c on c.practice_id = e.practice_id
left join lexware.absences a on a.practice_id = w.practice_id and a.document_id = w.document_id and a.ended_at is null
where e.practice_id = %(practice_id)s and e.number = %(number)s
order by w.organisation_id is distinct from c.organisation_id, e.event_id desc
limit 1;

-- name: decide
-- Params: practice_id, document_id, remote_id, decision, by, why.
insert into lexware.document_decisions (practice_id, document_id, remote_id, decision, state, differs, total, voucher_date,
                                        contact_id, by, why)
select w.practice_id, w.document_id, w.remote_id, %(decision)s, w.state, coalesce(w.differs, '{}'), w.total, w.voucher_date,
       w.contact_id, %(by)s, %(why)s
from lexware.watched w
where w.practice_id = %(practice_id)s and w.document_id = %(document_id)s and w.remote_id = %(remote_id)s;

-- name: send_again
-- A fresh start for a document whose draft was deleted. Params: practice_id, document_id, organisation_id.
select lexware.send_again(%(practice_id)s, %(document_id)s, %(organisation_id)s) as event_id;

-- name: now
-- What was seen of a document, and when Lexware was last asked about it; no row: it is not linked. Params: practice_id, document_id.
select w.state as lexware_status, w.remote_status, w.number as lexware_number, w.total, w.open_amount, w.paid_on, w.due_date,
       w.differs, w.seen_at, w.settled_by, a.first_at as absent_since
from lexware.watched w
left join lexware.connection c on c.practice_id = w.practice_id
left join lexware.absences a on a.practice_id = w.practice_id and a.document_id = w.document_id and a.ended_at is null
where w.practice_id = %(practice_id)s and w.document_id = %(document_id)s
order by w.organisation_id is distinct from c.organisation_id, w.linked_at desc
limit 1;

-- name: states
-- Everything that was seen of a document, the oldest first. Params: practice_id, document_id.
select seen_at, state, remote_status, number, total, open_amount, paid_on, differs, source, remote_id as lexware_id
from lexware.document_states
where practice_id = %(practice_id)s and document_id = %(document_id)s
order by id;

-- name: counts
-- How many documents stand where, for the metrics; those that were not read back yet are left out.
select practice_id, state, count(*) as documents
from lexware.document_latest
group by practice_id, state
order by practice_id, state;

-- name: alarms
-- What a human must see to, by practice and kind; a few numbers of each. Drafts count from the day they were brought over.
-- Params: old_days.
with noticed as (
    select n.practice_id, n.document_id, what.what
    from lexware.noticed n
    cross join lateral (
        values (case when n.state in ('deleted', 'missing', 'back_to_draft') then n.state
                     when n.differs <> '{}' then 'changed' end)
    ) as what (what)
    where what.what is not null
    union all
    select l.practice_id, l.document_id, 'old'
    from lexware.document_latest l
    join lexware.document_link d
         on d.practice_id = l.practice_id and d.document_id = l.document_id and d.lexware_id = l.remote_id
    where l.is_draft and d.linked_at < clock_timestamp() - make_interval(days => %(old_days)s)
    union all
    select o.practice_id, o.document_id, 'orphans'
    from lexware.orphans o
    where o.gone_at is null
      and not exists (select from lexware.document_link d
                      where d.practice_id = o.practice_id and d.lexware_id = o.remote_id)
), counted as (
    select n.practice_id, n.what, count(*) as documents, (array_agg(n.document_id order by n.document_id))[1:3] as first
    from noticed n
    group by 1, 2
)
select c.practice_id, c.what, c.documents,
       (select array_agg(e.number order by e.document_id) from outbox.event e
        where e.practice_id = c.practice_id and e.document_id = any (c.first) and e.number is not null) as examples
from counted c
union all
select n.practice_id, 'contacts', count(*), null
from lexware.contact_now n
join lexware.contact_link c on c.practice_id = n.practice_id and c.customer_id = n.customer_id
     and c.contact_id = n.contact_id and c.unlinked_at is null
where n.state <> 'usable'
group by 1
union all
select distinct r.practice_id, 'stopped', 0::bigint, null::text[]
from outbox.lane l
cross join (values ('sweep'), ('deep'), ('delta')) as k (kind)
cross join lateral (
    select r.practice_id, r.why_not from lexware.watch_runs r
    where r.practice_id = l.practice_id and r.kind = k.kind and r.ended_at is not null
    order by r.id desc
    limit 1
) r
where r.why_not = 'too_many_missing'
order by 1, 2;
