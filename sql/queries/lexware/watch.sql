-- Reading back: runs, what they have still to do, and what their lists have shown.

-- name: run
-- The run under way of a practice and kind; no row: none is. Params: practice_id, kind.
select id, practice_id, kind, organisation_id, started_at, confirmed_at is not null as confirmed
from lexware.watch_runs
where practice_id = %(practice_id)s and kind = %(kind)s and ended_at is null
order by id desc
limit 1;

-- name: begin
-- Params: practice_id, kind, organisation_id.
insert into lexware.watch_runs (practice_id, kind, organisation_id)
values (%(practice_id)s, %(kind)s, %(organisation_id)s)
returning id, practice_id, kind, organisation_id, started_at, false as confirmed;

-- name: since
-- From which day on changes are asked for: one before the last complete run, or before the first link. Params: practice_id.
select (coalesce((select max(r.started_at) from lexware.watch_runs r
                  where r.practice_id = %(practice_id)s and r.kind = 'delta' and r.complete),
                 (select min(d.linked_at) from lexware.document_link d where d.practice_id = %(practice_id)s))
        at time zone 'Europe/Berlin')::date - 1 as day;

-- name: end
-- The end of a run; what it had still to do is forgotten. Params: run_id, complete, why_not.
with steps as (
    delete from lexware.watch_steps where run_id = %(run_id)s
),
listed as (
    delete from lexware.watch_listed where run_id = %(run_id)s
)
update lexware.watch_runs
set ended_at = clock_timestamp(), complete = %(complete)s, why_not = %(why_not)s
where id = %(run_id)s and ended_at is null;

-- name: confirm_organisation
-- Params: run_id.
update lexware.watch_runs set confirmed_at = clock_timestamp() where id = %(run_id)s;

-- name: called
-- Params: run_id, pages, listed.
update lexware.watch_runs
set calls = calls + 1, pages = pages + %(pages)s, listed = listed + %(listed)s
where id = %(run_id)s;

-- name: next_step
-- Params: run_id.
select id, what, kind, subject_id, remote_id, asked, page
from lexware.watch_steps
where run_id = %(run_id)s
order by id
limit 1;

-- name: done
-- Params: step_id.
delete from lexware.watch_steps where id = %(step_id)s;

-- name: add
-- One more thing to do. Params: run_id, what, kind, subject_id, remote_id, asked.
insert into lexware.watch_steps (run_id, what, kind, subject_id, remote_id, asked)
values (%(run_id)s, %(what)s, %(kind)s, %(subject_id)s, %(remote_id)s, %(asked)s);

-- name: add_documents
-- Read each linked document whose month is not closed. Params: run_id, practice_id, organisation_id.
insert into lexware.watch_steps (run_id, what, kind, subject_id, remote_id)
select %(run_id)s, 'document', w.kind, w.document_id, w.remote_id
from lexware.watched w
where w.practice_id = %(practice_id)s and w.organisation_id = %(organisation_id)s
  and coalesce(w.state, '') not in ('deleted', 'missing')
  and not lexware.month_closed(w.practice_id, w.sent_day)
order by w.document_id;

-- name: add_unlisted
-- Read what should be in the lists of drafts, open and overdue ones and is not. Params: run_id, practice_id, organisation_id.
insert into lexware.watch_steps (run_id, what, kind, subject_id, remote_id)
select %(run_id)s, 'document', w.kind, w.document_id, w.remote_id
from lexware.watched w
join lexware.watch_runs r on r.id = %(run_id)s
where w.practice_id = %(practice_id)s and w.organisation_id = %(organisation_id)s and w.linked_at < r.started_at
  and coalesce(w.state, '') not in ('deleted', 'missing', 'paid', 'voided')
  and not exists (select from lexware.watch_listed l where l.run_id = r.id and l.remote_id = w.remote_id)
order by w.document_id;

-- name: add_due_absences
-- Ask a second time for what was not there, long enough ago. Params: run_id, practice_id, organisation_id, seconds.
insert into lexware.watch_steps (run_id, what, kind, subject_id, remote_id)
select %(run_id)s, 'confirm', w.kind, w.document_id, w.remote_id
from lexware.absences a
join lexware.watched w on w.practice_id = a.practice_id and w.document_id = a.document_id and w.remote_id = a.remote_id
where a.practice_id = %(practice_id)s and a.organisation_id = %(organisation_id)s and a.ended_at is null
  and a.first_at <= clock_timestamp() - make_interval(secs => %(seconds)s)
returning id;

-- name: add_strangers
-- Read once what is not ours as far as we know and was made since our first document. Params: run_id, practice_id, organisation_id.
insert into lexware.watch_steps (run_id, what, kind, remote_id)
select l.run_id, 'stranger', l.kind, l.remote_id
from lexware.watch_listed l
where l.run_id = %(run_id)s and l.kind is not null
  and l.created_at >= (select min(d.linked_at) - interval '1 day' from lexware.document_link d
                       where d.practice_id = %(practice_id)s and d.organisation_id = %(organisation_id)s)
  and not exists (select from lexware.document_link d
                  where d.organisation_id = %(organisation_id)s and d.lexware_id = l.remote_id
                    and d.practice_id in (select c.practice_id from lexware.connection c
                                          where c.organisation_id = %(organisation_id)s))
  and not exists (select from lexware.strangers s
                  where s.practice_id = %(practice_id)s and s.organisation_id = %(organisation_id)s
                    and s.remote_id = l.remote_id)
  and not exists (select from lexware.orphans o
                  where o.practice_id = %(practice_id)s and o.organisation_id = %(organisation_id)s
                    and o.remote_id = l.remote_id and o.gone_at is null)
order by l.remote_id;

-- name: add_orphans
-- Look whether orphans that the lists do not show are gone. Params: run_id, practice_id, organisation_id.
insert into lexware.watch_steps (run_id, what, kind, remote_id)
select %(run_id)s, 'orphan', o.kind, o.remote_id
from lexware.orphans o
where o.practice_id = %(practice_id)s and o.organisation_id = %(organisation_id)s and o.gone_at is null
  and not exists (select from lexware.watch_listed l where l.run_id = %(run_id)s and l.remote_id = o.remote_id)
order by o.remote_id
returning id;

-- name: turn_page
-- Go on with the next page of a list, or from its first one. Params: step_id, page, asked.
update lexware.watch_steps set page = %(page)s, asked = %(asked)s where id = %(step_id)s;

-- name: keep_listed
-- What a page shows; a later page knows better. Params: run_id, rows (JSON).
insert into lexware.watch_listed as known (run_id, remote_id, kind, remote_status, number, voucher_date, due_date, created_at,
                                           total, open_amount, contact_id, archived)
select distinct on (r.remote_id) %(run_id)s, r.remote_id, r.kind, r.remote_status, r.number, r.voucher_date, r.due_date,
       r.created_at, r.total, r.open_amount, r.contact_id, coalesce(r.archived, false)
from jsonb_to_recordset(%(rows)s) as r (remote_id uuid, kind text, remote_status text, number text, voucher_date date,
                                        due_date date, created_at timestamptz, total numeric, open_amount numeric,
                                        contact_id uuid, archived boolean)
on conflict (run_id, remote_id) do update
set kind = excluded.kind, remote_status = excluded.remote_status, number = excluded.number,
    voucher_date = excluded.voucher_date, due_date = excluded.due_date, created_at = excluded.created_at,
    total = excluded.total, open_amount = excluded.open_amount, contact_id = excluded.contact_id,
    archived = excluded.archived;

-- name: listed
-- What the lists of a run have shown of linked documents, beside what is known of each; without those that are just as they
-- were and that no passing day makes overdue. Params: run_id, practice_id, organisation_id.
select w.*, l.remote_status as l_status, l.number as l_number, l.voucher_date as l_day, l.due_date as l_due,
       l.total as l_total, l.open_amount as l_open, l.contact_id as l_contact
from lexware.watch_listed l
join lexware.watched w on w.remote_id = l.remote_id
where l.run_id = %(run_id)s and w.practice_id = %(practice_id)s and w.organisation_id = %(organisation_id)s
  and (w.state_id is null or l.remote_status in ('open', 'overdue')
       or (l.remote_status, l.number, l.voucher_date, l.due_date, l.total, l.open_amount, l.contact_id)
          is distinct from (w.remote_status, w.number, w.voucher_date, w.due_date, w.total, w.open_amount, w.contact_id))
order by w.document_id;

-- name: known
-- What is known of one linked document. Params: practice_id, document_id, remote_id.
select *
from lexware.watched
where practice_id = %(practice_id)s and document_id = %(document_id)s and remote_id = %(remote_id)s;

-- name: is_listed
-- Whether a list of this run has shown it. Params: run_id, remote_id.
select 1 as found from lexware.watch_listed where run_id = %(run_id)s and remote_id = %(remote_id)s;

-- name: absent
-- The first time that a linked document was not there. Params: practice_id, document_id, organisation_id, remote_id.
insert into lexware.absences (practice_id, document_id, organisation_id, remote_id)
values (%(practice_id)s, %(document_id)s, %(organisation_id)s, %(remote_id)s)
on conflict do nothing;

-- name: end_absence
-- It is there after all, or proven to be gone. Params: practice_id, document_id.
update lexware.absences set ended_at = clock_timestamp()
where practice_id = %(practice_id)s and document_id = %(document_id)s and ended_at is null;

-- name: end_listed_absences
-- What the lists of a run show is there after all. Params: run_id, practice_id, organisation_id.
update lexware.absences a set ended_at = clock_timestamp()
where a.practice_id = %(practice_id)s and a.organisation_id = %(organisation_id)s and a.ended_at is null
  and exists (select from lexware.watch_listed l where l.run_id = %(run_id)s and l.remote_id = a.remote_id);

-- name: absent_share
-- How many linked documents are not there at this moment, without proof, and of how many. Params: practice_id, organisation_id.
select (select count(*) from lexware.absences a
        where a.practice_id = %(practice_id)s and a.organisation_id = %(organisation_id)s and a.ended_at is null) as absent,
       (select count(*) from lexware.document_link d
        where d.practice_id = %(practice_id)s and d.organisation_id = %(organisation_id)s) as linked;

-- name: stranger
-- Read, and without our marker. Params: practice_id, organisation_id, remote_id.
insert into lexware.strangers (practice_id, organisation_id, remote_id)
values (%(practice_id)s, %(organisation_id)s, %(remote_id)s)
on conflict do nothing;

-- name: bearer
-- Whose marker it is: documents of the practice by their bare codes. Params: practice_id, codes.
-- Reads outbox: the event keeps the marker's code.
select e.document_id, e.state
from outbox.event e
where e.practice_id = %(practice_id)s and replace(e.marker_code, '-', '') = any (%(codes)s)
order by e.document_id
limit 1;

-- name: orphan
-- It bears our marker and is not linked. Params: practice_id, organisation_id, remote_id, kind, document_id, number, total, voucher_date.
insert into lexware.orphans (practice_id, organisation_id, remote_id, kind, document_id, number, total, voucher_date)
select %(practice_id)s, %(organisation_id)s, %(remote_id)s, %(kind)s, %(document_id)s, %(number)s, %(total)s, %(voucher_date)s
where not exists (select from lexware.document_link d
                  where d.practice_id = %(practice_id)s and d.lexware_id = %(remote_id)s)
on conflict (practice_id, organisation_id, remote_id) do update
set gone_at = null, number = excluded.number, total = excluded.total, voucher_date = excluded.voucher_date;

-- name: orphan_gone
-- Params: practice_id, organisation_id, remote_id.
update lexware.orphans set gone_at = clock_timestamp()
where practice_id = %(practice_id)s and organisation_id = %(organisation_id)s and remote_id = %(remote_id)s
  and gone_at is null;

-- name: keep_state
-- A change that was seen of a document. Params: as the columns are called.
insert into lexware.document_states (practice_id, document_id, organisation_id, remote_id, kind, state, remote_status, number,
                                     voucher_date, due_date, total, contact_id, taxes, open_amount, paid_on, settled_by,
                                     differs, source)
values (%(practice_id)s, %(document_id)s, %(organisation_id)s, %(remote_id)s, %(kind)s, %(state)s, %(remote_status)s,
        %(number)s, %(voucher_date)s, %(due_date)s, %(total)s, %(contact_id)s, %(taxes)s, %(open_amount)s, %(paid_on)s,
        %(settled_by)s, %(differs)s, %(source)s);

-- name: contacts_listed
-- Linked contacts that a complete listing shows, where they are not as they were. Params: run_id, practice_id, organisation_id.
insert into lexware.contact_states (practice_id, customer_id, organisation_id, contact_id, state, source)
select c.practice_id, c.customer_id, c.organisation_id, c.contact_id, seen.state, 'contacts'
from lexware.contact_link c
join lexware.watch_listed l on l.run_id = %(run_id)s and l.remote_id = c.contact_id
cross join lateral (select case when l.archived then 'archived' else 'usable' end as state) seen
left join lexware.contact_now n
     on n.practice_id = c.practice_id and n.customer_id = c.customer_id and n.contact_id = c.contact_id
where c.practice_id = %(practice_id)s and c.organisation_id = %(organisation_id)s and c.unlinked_at is null
  and coalesce(n.state, 'usable') <> seen.state;

-- name: add_unlisted_contacts
-- Read the linked contacts that a complete listing does not show. Params: run_id, practice_id, organisation_id.
insert into lexware.watch_steps (run_id, what, subject_id, remote_id)
select %(run_id)s, 'contact', c.customer_id, c.contact_id
from lexware.contact_link c
where c.practice_id = %(practice_id)s and c.organisation_id = %(organisation_id)s and c.unlinked_at is null
  and not exists (select from lexware.watch_listed l where l.run_id = %(run_id)s and l.remote_id = c.contact_id)
order by c.customer_id;

-- name: keep_contact
-- How a linked contact is, if that is not how it was. Params: practice_id, customer_id, organisation_id, contact_id, state.
insert into lexware.contact_states (practice_id, customer_id, organisation_id, contact_id, state, source)
select %(practice_id)s, %(customer_id)s, %(organisation_id)s, %(contact_id)s, %(state)s, 'contacts'
where coalesce((select n.state from lexware.contact_now n
                where n.practice_id = %(practice_id)s and n.customer_id = %(customer_id)s
                  and n.contact_id = %(contact_id)s), 'usable') <> %(state)s;

-- name: is_confirming
-- Whether this run asks for something a second time. Params: run_id.
select 1 as found from lexware.watch_steps where run_id = %(run_id)s and what = 'confirm' limit 1;

-- name: is_confirmed
-- Whether this run has confirmed whose documents they are. Params: run_id.
select 1 as found from lexware.watch_runs where id = %(run_id)s and confirmed_at is not null;
