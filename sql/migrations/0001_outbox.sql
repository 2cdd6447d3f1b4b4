-- Schema outbox: lanes, events, attempts, intents, looks, operator actions, processes. The one state machine.
-- Times that are compared are written by the database (clock_timestamp()), never by a program.

create schema if not exists outbox;
comment on schema outbox is 'lexrelay: events of completed documents and everything that was done about them.';

-- One row: what makes this installation itself. The salt keeps markers of two installations apart.
create table outbox.installation (
    only_one boolean primary key default true check (only_one),
    salt text not null default gen_random_uuid()::text,
    compatible_from int not null default 1,
    created_at timestamptz not null default clock_timestamp()
);
insert into outbox.installation default values;
comment on column outbox.installation.compatible_from is 'The oldest program (its schema number) that may still run on this schema.';

create table outbox.lane (
    practice_id bigint primary key,
    enabled boolean not null default false,
    booked_from timestamptz,
    booked_until timestamptz,
    connected boolean not null default false,
    pause_reason text check (pause_reason in
        ('key_invalid', 'plan_too_small', 'permission_missing', 'other_organisation', 'operator')),
    paused_at timestamptz,
    tat timestamptz not null default '-infinity',
    last_call_at timestamptz,
    last_dispatch_at timestamptz not null default '-infinity',
    silent_calls int not null default 0,
    silent_since timestamptz,
    cool_until timestamptz not null default '-infinity',
    cool_reason text,
    cool_count int not null default 0,
    suspect boolean not null default false,
    created_at timestamptz not null default clock_timestamp(),
    check ((pause_reason is null) = (paused_at is null))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
comment on table outbox.lane is 'A practice as the poller sees it: its switches, its pause, its rate.';
comment on column outbox.lane.enabled is 'The switch: the trigger writes events only while it is on.';
comment on column outbox.lane.booked_until is 'The booking ends here; null: no end in sight.';
comment on column outbox.lane.connected is 'An API key is stored.';
comment on column outbox.lane.tat is 'Theoretical arrival time: the next slot of the rate limit.';
comment on column outbox.lane.silent_calls is 'Calls in a row that ended without an answer or with 5xx.';
comment on column outbox.lane.cool_until is 'No call before this moment (429, 401, outage).';
comment on column outbox.lane.cool_count is 'How often in a row it had to cool down; makes the next time longer.';
comment on column outbox.lane.suspect is 'A call got 401: the next claim asks GET profile before anything else.';

-- When the switch was on: the safety net and nothing else reads it.
create table outbox.lane_period (
    practice_id bigint not null references outbox.lane,
    enabled_at timestamptz not null default clock_timestamp(),
    disabled_at timestamptz,
    primary key (practice_id, enabled_at)
);
create unique index lane_period_open on outbox.lane_period (practice_id) where disabled_at is null;

create function outbox.lane_connection(l outbox.lane) returns text language sql volatile as $$
select case
    when l.booked_from is null or l.booked_from > clock_timestamp()
         or coalesce(l.booked_until <= clock_timestamp(), false) then 'not_booked'
    when not l.connected then 'not_connected'
    when not l.enabled then 'disabled'
    when l.pause_reason is not null then 'paused'
    else 'active'
end
$$;
comment on function outbox.lane_connection(outbox.lane) is 'active, disabled, not_booked, not_connected or paused.';

create function outbox.lane_runs(l outbox.lane) returns boolean language sql volatile as $$
select l.enabled and l.connected and l.pause_reason is null
       and l.booked_from <= clock_timestamp() and coalesce(l.booked_until > clock_timestamp(), true)
$$;
comment on function outbox.lane_runs(outbox.lane) is 'True while documents of this practice may leave.';

create function outbox.marker_code(practice_id bigint, subject text) returns text language sql stable as $$
select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', get_byte(h.hash, n) % 32 + 1, 1)
                  || case when n in (3, 7) then '-' else '' end, '' order by n)
from outbox.installation i
cross join lateral (select sha256(convert_to(i.salt || ':' || practice_id || ':' || subject, 'UTF8')) as hash) h
cross join generate_series(0, 11) as n
$$;
create function outbox.marker_code(practice_id bigint, document_id bigint) returns text language sql stable as $$
select outbox.marker_code(practice_id, 'document:' || document_id)
$$;
comment on function outbox.marker_code(bigint, bigint) is 'The 12 characters by which our document is known again in Lexware.';

create table outbox.process (
    process_id int generated always as identity primary key,
    kind text not null check (kind in ('worker', 'poller')),
    host text not null,
    pid int not null,
    threads int not null default 0,
    started_at timestamptz not null default clock_timestamp(),
    heartbeat_at timestamptz not null default clock_timestamp(),
    last_round_at timestamptz,
    gone_at timestamptz
);
comment on table outbox.process is 'Pollers and workers. A process lives while its session holds the advisory lock (5462898, process_id).';
create index process_living on outbox.process (kind) where gone_at is null;

create table outbox.event (
    event_id bigint generated always as identity primary key,
    practice_id bigint not null,
    document_id bigint not null,
    original_id bigint,
    payer_id bigint not null,
    kind text not null check (kind in ('invoice', 'cancellation')),
    number text,
    marker_code text not null,
    origin text not null check (origin in ('trigger', 'sweep', 'backfill')),
    priority smallint not null default 0 check (priority in (0, 1)),
    state text not null default 'pending' check (state in ('pending', 'delivered', 'dead', 'discarded')),
    step text not null default 'document' check (step in ('document', 'contact', 'verify')),
    due_at timestamptz default clock_timestamp(),
    epoch int not null default 0,
    fence bigint not null default 0,
    worker int,
    handed_at timestamptz,
    begun_at timestamptz,
    lease_until timestamptz,
    tries int not null default 0,
    crashes int not null default 0,
    unlinked boolean not null default false,
    reason text,
    detail jsonb,
    http_status int,
    cause text,
    created_at timestamptz not null default clock_timestamp(),
    closed_at timestamptz,
    unique (practice_id, document_id),
    check ((lease_until is null) = (handed_at is null)),
    check (begun_at is null or handed_at is not null),
    check ((state = 'pending') = (closed_at is null)),
    check (state in ('pending', 'delivered') or due_at is null)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
comment on table outbox.event is 'The fact that a document was completed, and how far its delivery is. Never deleted.';
comment on column outbox.event.marker_code is 'Derived once from practice and document; the code by which the document is known again.';
comment on column outbox.event.step is 'What the next claim does: send the document, create the contact, or look once more after a re-POST.';
comment on column outbox.event.due_at is 'Not before this moment; null: nothing is due any more.';
comment on column outbox.event.epoch is 'Names the hand-out: a message with another epoch changes nothing.';
comment on column outbox.event.fence is 'Names the claim: every later write carries it.';
comment on column outbox.event.lease_until is 'The lease: in flight while set. One per lane, by index.';
comment on column outbox.event.tries is 'Counted attempts since the last fresh start.';
comment on column outbox.event.crashes is 'Begins in a row whose worker died.';
comment on column outbox.event.unlinked is 'A replay allowed the cancellation to go without its original.';
comment on column outbox.event.cause is 'Fingerprint that groups dead letters of one cause.';

create unique index one_in_flight_per_lane on outbox.event (practice_id) where lease_until is not null;
create index event_due on outbox.event (practice_id, priority, due_at, event_id)
    where due_at is not null and lease_until is null;
create index event_of_chain on outbox.event (practice_id, document_id) where state in ('pending', 'dead');
create index event_dead on outbox.event (practice_id, closed_at) where state = 'dead';
create index event_pending_age on outbox.event (created_at) where state = 'pending';
create index event_by_number on outbox.event (practice_id, number);

create table outbox.attempt (
    attempt_id bigint generated always as identity primary key,
    event_id bigint not null references outbox.event,
    fence bigint not null,
    epoch int not null,
    step text not null,
    worker int not null,
    begun_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    outcome text check (outcome in ('delivered', 'needs_contact', 'retry', 'snooze', 'dead', 'not_needed', 'crashed', 'lost')),
    counted boolean not null default false,
    reason text,
    http_status int,
    calls int,
    detail jsonb,
    unique (event_id, fence)
);
comment on table outbox.attempt is 'One row per claim. Its end is written once.';
comment on column outbox.attempt.detail is 'Codes, ids and figures; never names, texts or payloads.';
create index attempt_recent on outbox.attempt (begun_at);

create table outbox.intent (
    intent_id bigint generated always as identity primary key,
    practice_id bigint not null,
    organisation_id uuid not null,
    event_id bigint not null references outbox.event,
    effect text not null check (effect in ('invoice', 'credit_note', 'contact')),
    subject_id bigint not null,
    fence bigint not null,
    worker int not null,
    opened_at timestamptz not null default clock_timestamp(),
    send_by timestamptz not null,
    sent_with jsonb not null,
    outcome text check (outcome in ('created', 'adopted', 'refused', 'not_sent', 'absent', 'resolved')),
    closed_at timestamptz,
    remote_id uuid,
    http_status int,
    late_remote_id uuid,
    late_at timestamptz,
    check ((outcome is null) = (closed_at is null))
) with (fillfactor = 80);
comment on table outbox.intent is 'Committed before a POST; the only licence to send. Without an outcome: in doubt.';
comment on column outbox.intent.subject_id is 'The document, or for contacts the customer.';
comment on column outbox.intent.sent_with is 'What to look for: contact id, type, day, total, keyed hash of the payer''s name.';
comment on column outbox.intent.late_remote_id is 'An answer that came after the intent was closed.';
create unique index one_open_intent_per_subject on outbox.intent (practice_id, effect, subject_id) where closed_at is null;
create index intent_of_event on outbox.intent (event_id);
create index intent_of_subject on outbox.intent (practice_id, effect, subject_id);

create table outbox.look (
    look_id bigint generated always as identity primary key,
    intent_id bigint not null references outbox.intent,
    looked_at timestamptz not null default clock_timestamp(),
    verdict text not null check (verdict in ('found', 'several', 'look_alike', 'absent', 'failed')),
    counts boolean not null default true,
    evidence jsonb not null
);
comment on table outbox.look is 'Evidence: what a look-up for an open intent found, and when.';
comment on column outbox.look.counts is 'False: an absence seen while the sender may still be alive; proves nothing.';
create index look_of_intent on outbox.look (intent_id, looked_at);

create table outbox.operator_action (
    action_id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    by text not null,
    action text not null,
    why text,
    practice_id bigint,
    event_id bigint,
    detail jsonb not null default '{}'
);
comment on table outbox.operator_action is 'Who, when, what, why. Append-only.';
create index operator_action_of_practice on outbox.operator_action (practice_id, at);
create index operator_action_of_event on outbox.operator_action (event_id, at);

create function outbox.blocked(e outbox.event) returns boolean language sql stable as $$
select (e.original_id is not null and exists (
           select from outbox.event o
           where o.practice_id = e.practice_id and o.document_id = e.original_id and o.state in ('pending', 'dead')))
    or exists (
           select from outbox.intent i
           join outbox.event holder on holder.event_id = i.event_id
           where i.practice_id = e.practice_id and i.effect = 'contact' and i.subject_id = e.payer_id
             and i.closed_at is null and i.event_id <> e.event_id and holder.state in ('pending', 'dead'))
$$;
comment on function outbox.blocked(outbox.event) is
    'True while the event waits behind an unsettled event of its chain or an open intent of its customer.';

create table outbox.outage (
    outage_id int generated always as identity primary key,
    started_at timestamptz not null,
    declared_at timestamptz not null default clock_timestamp(),
    probe_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz
);
comment on table outbox.outage is 'Times in which Lexware answered nobody.';
create unique index one_outage_at_a_time on outbox.outage ((true)) where ended_at is null;
