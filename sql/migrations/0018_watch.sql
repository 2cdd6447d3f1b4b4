-- What becomes of documents and contacts in Lexware: recurring jobs of a lane, what was seen, and what humans decided.

-- Recurring work beside the events: the poller hands it out when nothing of the lane waits to be sent.
create table outbox.job (
    job_id bigint generated always as identity primary key,
    practice_id bigint not null references outbox.lane,
    kind text not null check (kind in ('delta', 'sweep', 'deep', 'contacts')),
    due_at timestamptz not null,
    under_way boolean not null default false,
    started_at timestamptz,
    epoch int not null default 0,
    handed_at timestamptz,
    lease_until timestamptz,
    failures int not null default 0,
    unique (practice_id, kind),
    check ((lease_until is null) = (handed_at is null))
) with (fillfactor = 70);
comment on table outbox.job is 'A recurring job of a lane, armed once its first document was delivered.';
comment on column outbox.job.due_at is 'Not before this moment: the next run, or the next step of the one under way.';
comment on column outbox.job.under_way is 'A run has begun and is not ended; it goes on at `due_at`.';
comment on column outbox.job.started_at is 'When the last run began; the next is due one period after it.';
comment on column outbox.job.epoch is 'Names the hand-out: a message with another epoch changes nothing.';
comment on column outbox.job.failures is 'Steps in a row that got no answer; makes the wait before the next one longer.';
create index job_due on outbox.job (due_at) where handed_at is null;
create unique index one_job_per_lane on outbox.job (practice_id) where handed_at is not null;

create function outbox.lane_has_work(of_practice bigint) returns boolean language sql volatile as $$
select exists (select from outbox.event e where e.practice_id = of_practice and e.handed_at is not null)
    or exists (select from outbox.event e
               where e.practice_id = of_practice and e.priority in (0, 1) and e.due_at is not null
                 and e.due_at <= clock_timestamp() and e.handed_at is null and not outbox.blocked(e))
$$;
comment on function outbox.lane_has_work(bigint) is 'True while an event of this lane is under way or could be: jobs wait.';

alter table outbox.intent add column undone_at timestamptz;
comment on column outbox.intent.undone_at is
    'A human deleted over there what it had made, and another wants it sent again: it forbids no second POST any more.';

create table lexware.document_states (
    id bigint generated always as identity primary key,
    practice_id bigint not null,
    document_id bigint not null,
    organisation_id uuid not null,
    remote_id uuid not null,
    kind text not null check (kind in ('invoice', 'cancellation')),
    state text not null check (state in ('draft', 'open', 'paid', 'partly_paid', 'overdue', 'voided', 'back_to_draft',
                                         'changed', 'deleted', 'missing')),
    remote_status text,
    number text,
    voucher_date date,
    due_date date,
    total numeric(12, 2),
    contact_id uuid,
    taxes jsonb,
    open_amount numeric(12, 2),
    paid_on date,
    settled_by text[],
    differs text[] not null default '{}' check (differs <@ array['money', 'day', 'payer']),
    source text not null check (source in ('delta', 'sweep', 'deep', 'report', 'human')),
    seen_at timestamptz not null default clock_timestamp()
);
comment on table lexware.document_states is 'What was seen of a linked document, one row per change. Append-only.';
comment on column lexware.document_states.state is
    'changed: a draft or an open one whose money, day or payer differ from what was sent. deleted: a draft; missing: a finalised one.';
comment on column lexware.document_states.remote_status is 'The status in Lexware''s own word; null: it is not there.';
comment on column lexware.document_states.number is 'Lexware''s number; provisional until the document is finalised.';
comment on column lexware.document_states.total is 'Gross, positive on a credit note as well.';
comment on column lexware.document_states.taxes is
    '[{"rate": "19.00", "net": "84.03", "tax": "15.97", "gross": "100.00"}]; null until the document was read as a whole.';
comment on column lexware.document_states.settled_by is 'The kinds of payments, in Lexware''s words; null: not asked or not allowed to.';
comment on column lexware.document_states.differs is 'What differs from what was sent, whatever the state.';
create index document_state_of_document on lexware.document_states (practice_id, document_id, id desc);

-- Which row of a document is the latest, so that a state is found and counted without going through all that was ever seen.
create table lexware.document_latest (
    practice_id bigint not null,
    document_id bigint not null,
    remote_id uuid not null,
    state_id bigint not null,
    first_id bigint not null,
    state text not null,
    is_draft boolean not null,
    finalised_once boolean not null,
    noteworthy boolean not null,
    primary key (practice_id, document_id)
) with (fillfactor = 80);
comment on table lexware.document_latest is 'The first and the latest row of lexware.document_states of each document, kept by a trigger.';
comment on column lexware.document_latest.noteworthy is 'A human must see to it, unless one has accepted it.';
create index document_latest_noteworthy on lexware.document_latest (practice_id) where noteworthy;
create index document_latest_draft on lexware.document_latest (practice_id) where is_draft;

create view lexware.document_now as
select s.*
from lexware.document_latest l
join lexware.document_states s on s.id = l.state_id;
comment on view lexware.document_now is 'What was seen of each document last.';

create view lexware.watched as
select d.practice_id, d.document_id, d.organisation_id, d.kind, d.lexware_id as remote_id, d.linked_at,
       n.id as state_id, n.state, n.remote_status, n.number, n.voucher_date, n.due_date, n.total, n.contact_id, n.taxes,
       n.open_amount, n.paid_on, n.settled_by, n.differs, n.seen_at, coalesce(l.finalised_once, false) as finalised_once,
       coalesce(l.noteworthy, false) as noteworthy, coalesce(l.is_draft, true) as is_draft,
       coalesce(i.sent_with ->> 'total', first.total::text)::numeric as sent_total,
       coalesce(i.sent_with ->> 'day', first.voucher_date::text)::date as sent_day,
       coalesce(i.sent_with ->> 'contact_id', first.contact_id::text)::uuid as sent_contact_id
from lexware.document_link d
left join lexware.document_latest l
     on l.practice_id = d.practice_id and l.document_id = d.document_id and l.remote_id = d.lexware_id
left join lexware.document_states n on n.id = l.state_id
left join lexware.document_states first on first.id = l.first_id
left join lateral (
    select i.sent_with from outbox.intent i
    where i.practice_id = d.practice_id and i.effect in ('invoice', 'credit_note') and i.subject_id = d.document_id
      and i.remote_id = d.lexware_id
    order by i.intent_id desc limit 1
) i on true;
comment on view lexware.watched is
    'Each linked document: what was seen of it last, and what was sent; of one linked by hand, what was seen first.';

create function lexware.note_state() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    is_draft boolean := new.remote_status is not distinct from 'draft';
    noteworthy boolean := new.state in ('deleted', 'missing', 'back_to_draft') or new.differs <> '{}';
begin
    insert into lexware.document_latest as known (practice_id, document_id, remote_id, state_id, first_id, state, is_draft,
                                                  finalised_once, noteworthy)
    values (new.practice_id, new.document_id, new.remote_id, new.id, new.id, new.state, is_draft,
            new.remote_status is not null and not is_draft, noteworthy)
    on conflict (practice_id, document_id) do update
    set remote_id = excluded.remote_id, state_id = excluded.state_id, state = excluded.state, is_draft = excluded.is_draft,
        noteworthy = excluded.noteworthy,
        first_id = case when known.remote_id = excluded.remote_id then known.first_id else excluded.first_id end,
        finalised_once = known.remote_id = excluded.remote_id and known.finalised_once or excluded.finalised_once;
    perform pg_notify('lexrelay_status', new.document_id::text);
    return null;
end
$$;
comment on function lexware.note_state() is 'Keeps lexware.document_latest, and notifies `lexrelay_status` with the document''s id.';
create trigger note_state after insert on lexware.document_states for each row execute function lexware.note_state();

create table lexware.watch_runs (
    id bigint generated always as identity primary key,
    practice_id bigint not null,
    kind text not null check (kind in ('delta', 'sweep', 'deep', 'contacts', 'month')),
    organisation_id uuid,
    started_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    complete boolean not null default false,
    pages int not null default 0,
    listed int not null default 0,
    calls int not null default 0,
    confirmed_at timestamptz,
    why_not text,
    check (ended_at is not null or not complete)
);
comment on table lexware.watch_runs is 'Each reading back: what was asked, and whether the answer was complete.';
comment on column lexware.watch_runs.organisation_id is 'The organisation that was connected at its beginning.';
comment on column lexware.watch_runs.confirmed_at is 'When the profile said in this run that the organisation is the one.';
comment on column lexware.watch_runs.why_not is
    'Why it is not complete: too_many_missing, other_organisation, window_full, list_changed, refused, no_answer or failed.';
create index watch_run_of_practice on lexware.watch_runs (practice_id, kind, id desc);

-- What a run has still to do, a call each; and what its lists have shown so far. Both are emptied as it goes.
create table lexware.watch_steps (
    id bigint generated always as identity primary key,
    run_id bigint not null references lexware.watch_runs,
    what text not null check (what in ('profile', 'list', 'document', 'confirm', 'payments', 'stranger', 'orphan',
                                       'contacts', 'contact', 'compare', 'compare_contacts')),
    kind text check (kind in ('invoice', 'cancellation')),
    subject_id bigint,
    remote_id uuid,
    asked jsonb not null default '{}',
    page int not null default 0
);
comment on table lexware.watch_steps is 'What a run has still to do: at most one call each, in this order.';
create index watch_step_of_run on lexware.watch_steps (run_id, id);

create table lexware.watch_listed (
    run_id bigint not null references lexware.watch_runs,
    remote_id uuid not null,
    kind text,
    remote_status text,
    number text,
    voucher_date date,
    due_date date,
    created_at timestamptz,
    total numeric(12, 2),
    open_amount numeric(12, 2),
    contact_id uuid,
    archived boolean not null default false,
    primary key (run_id, remote_id)
);
comment on table lexware.watch_listed is 'What the lists of a run have shown: ids, numbers, days and sums; never a name.';
grant delete on lexware.watch_steps, lexware.watch_listed to lexrelay_worker;

create table lexware.absences (
    id bigint generated always as identity primary key,
    practice_id bigint not null,
    document_id bigint not null,
    organisation_id uuid not null,
    remote_id uuid not null,
    first_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz
);
comment on table lexware.absences is 'A linked document was answered with 404 once: no proof yet, it is asked for again.';
comment on column lexware.absences.ended_at is 'It was there after all, or the second sign came.';
create unique index one_absence_at_a_time on lexware.absences (practice_id, document_id) where ended_at is null;

create table lexware.orphans (
    practice_id bigint not null,
    organisation_id uuid not null,
    remote_id uuid not null,
    kind text not null check (kind in ('invoice', 'cancellation')),
    document_id bigint,
    number text,
    total numeric(12, 2),
    voucher_date date,
    found_at timestamptz not null default clock_timestamp(),
    gone_at timestamptz,
    primary key (practice_id, organisation_id, remote_id)
);
comment on table lexware.orphans is 'Documents in Lexware with our marker and no link.';
comment on column lexware.orphans.document_id is 'Whose marker it carries, if that is known.';

create table lexware.strangers (
    practice_id bigint not null,
    organisation_id uuid not null,
    remote_id uuid not null,
    read_at timestamptz not null default clock_timestamp(),
    primary key (practice_id, organisation_id, remote_id)
);
comment on table lexware.strangers is 'Documents in Lexware without our marker: read once, and not again.';

create table lexware.document_decisions (
    id bigint generated always as identity primary key,
    practice_id bigint not null,
    document_id bigint not null,
    remote_id uuid,
    decision text not null check (decision in ('accept', 'send_again')),
    state text,
    differs text[] not null default '{}',
    total numeric(12, 2),
    voucher_date date,
    contact_id uuid,
    by text not null,
    why text,
    at timestamptz not null default clock_timestamp()
);
comment on column lexware.document_decisions.state is 'As the document was when it was decided about, like the columns after it.';
comment on table lexware.document_decisions is 'What humans decided about a document that is changed or gone in Lexware. Append-only.';
create index document_decision_of_document on lexware.document_decisions (practice_id, document_id, id desc);

create view lexware.noticed as
select w.*, a.first_at as absent_since
from (select practice_id, document_id from lexware.document_latest where noteworthy
      union
      select practice_id, document_id from lexware.absences where ended_at is null) one
join lexware.watched w on w.practice_id = one.practice_id and w.document_id = one.document_id
left join lexware.absences a on a.practice_id = w.practice_id and a.document_id = w.document_id and a.ended_at is null
where (w.noteworthy or a.id is not null)
  and not exists (
      select from lexware.document_decisions d
      where d.practice_id = w.practice_id and d.document_id = w.document_id and d.remote_id = w.remote_id
        and d.decision = 'accept' and a.id is null
        and not exists (
            select from lexware.document_states s
            where s.practice_id = w.practice_id and s.document_id = w.document_id and s.remote_id = w.remote_id
              and s.seen_at > d.at
              and (s.differs, s.total, s.voucher_date, s.contact_id, s.state in ('deleted', 'missing'), s.state = 'back_to_draft')
                  is distinct from
                  (d.differs, d.total, d.voucher_date, d.contact_id, d.state in ('deleted', 'missing'), d.state = 'back_to_draft')));
comment on view lexware.noticed is
    'Documents that are not as they were sent, or not there, unless a human has accepted just that since.';

create table lexware.contact_states (
    id bigint generated always as identity primary key,
    practice_id bigint not null,
    customer_id bigint not null,
    organisation_id uuid not null,
    contact_id uuid not null,
    state text not null check (state in ('usable', 'archived', 'not_a_customer', 'gone')),
    source text not null check (source in ('contacts', 'human')),
    seen_at timestamptz not null default clock_timestamp()
);
comment on table lexware.contact_states is 'What was seen of a linked contact, one row per change. Append-only.';
comment on column lexware.contact_states.state is 'gone: deleted, or merged into another one.';
create index contact_state_of_contact on lexware.contact_states (practice_id, customer_id, contact_id, id desc);

create view lexware.contact_now as
select distinct on (practice_id, customer_id, contact_id) *
from lexware.contact_states
order by practice_id, customer_id, contact_id, id desc;
comment on view lexware.contact_now is 'What was seen of each linked contact last.';

-- A document that is sent again is another one in Lexware: what it was before is kept here.
create table lexware.former_links (
    id bigint generated always as identity primary key,
    practice_id bigint not null,
    document_id bigint not null,
    organisation_id uuid not null,
    kind text not null,
    lexware_id uuid not null,
    contact_id uuid,
    linked_invoice_id uuid,
    notice text,
    origin text not null,
    linked_at timestamptz not null,
    ended_at timestamptz not null default clock_timestamp()
);
comment on table lexware.former_links is 'Document D was Lexware''s document X, which a human deleted there before D was sent again. Never removed.';
create index former_link_of_document on lexware.former_links (practice_id, document_id);

-- Only the ledger changes the state of an event; whoever may have a document sent again tells it.
create function outbox.start_afresh(of_practice bigint, of_document bigint, of_organisation uuid) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    again bigint;
begin
    update outbox.event e
    set state = 'pending', step = 'document', due_at = clock_timestamp(), closed_at = null,
        replayed_at = clock_timestamp(), look_since = least(e.look_since, e.created_at), tries = 0, crashes = 0,
        reason = null, detail = null, http_status = null, cause = null,
        lease_until = null, handed_at = null, begun_at = null, worker = null
    where e.practice_id = of_practice and e.document_id = of_document and e.state = 'delivered'
    returning e.event_id into again;
    update outbox.intent i set undone_at = clock_timestamp()
    where again is not null and i.practice_id = of_practice and i.subject_id = of_document and i.effect <> 'contact'
      and i.organisation_id = of_organisation and i.closed_at is not null and i.undone_at is null;
    return again;
end
$$;
comment on function outbox.start_afresh(bigint, bigint, uuid) is
    'A delivered event is pending again, and looks before it sends: what it had made is gone. Null: it is not delivered.';

create function lexware.month_closed(of_practice bigint, day date) returns boolean
language sql stable set search_path = pg_catalog, pg_temp
as $$
select false
$$;
comment on function lexware.month_closed(bigint, date) is
    'Whether the report of that day''s month is signed, so that its documents are not read any more. None is, until there are reports.';

create table lexware.answer_shapes (
    practice_id bigint not null,
    answer text not null,
    shape jsonb not null,
    seen_at timestamptz not null default clock_timestamp(),
    primary key (practice_id, answer)
);
comment on table lexware.answer_shapes is 'What Lexware''s answers looked like the last time: names of fields, types, words; no values.';
