-- Opens, extends and settles claims and intents, many at once: `rows` is a JSON array with an object for each. They are
-- locked in the order of their ids; `= any (array(...))` has them found by their keys, whatever the planner thinks of the joins.

-- name: begin
-- Turn hand-outs into claims: event id and epoch must match, the lane must run. Takes the next slots of the lanes and opens
-- the attempts. The slot of a lane that is late lies in the past, so that it catches up; that of an idle one is now, so that
-- all of its time is left; practices that share an organisation get theirs one after another. No row for an event: the
-- message was stale, a duplicate, late or forged, and nothing has changed.
-- The lane of each event goes to the end of the order of hand-outs. Silence of one that was not tried for an hour is forgotten.
-- `open_intents` are to be looked for before anything is sent: those in doubt, and after a replay those that were proven
-- absent before.
-- (By `lease_until`, not `handed_at`: the plan is to go by the key, not by the index of all that is in flight.)
-- Params: rows (event_id, epoch, worker), lease_seconds, gap_seconds, catch_up_seconds.
with message as materialized (
    select * from json_to_recordset(%(rows)s) as m (event_id bigint, epoch int, worker int)
),
handed as materialized (
    select e.event_id, message.worker, lane.suspect, lane.silent_calls, lane.cool_count, lane.pacer
    from message
    join outbox.event e on e.event_id = message.event_id
    cross join lateral (
        select l.suspect, l.silent_calls, l.cool_count, outbox.pacer(l) as pacer
        from outbox.lane l
        where l.practice_id = e.practice_id and outbox.lane_runs(l)
        limit 1
    ) lane
    where e.event_id = any (array(select event_id from message))
      and e.epoch = message.epoch and e.lease_until is not null and e.begun_at is null
    order by e.event_id
    for no key update of e
),
event as (
    update outbox.event e
    set begun_at = clock_timestamp(), fence = e.fence + 1, worker = handed.worker,
        lease_until = clock_timestamp() + make_interval(secs => %(lease_seconds)s)
    from handed
    where e.event_id = any (array(select event_id from handed)) and e.event_id = handed.event_id
    returning e.*, handed.suspect, handed.silent_calls, handed.cool_count, handed.pacer
),
turn as (
    select event_id, pacer, row_number() over (partition by pacer order by event_id) as place,
           count(*) over (partition by pacer) as places
    from event
),
lane as materialized (
    select l.practice_id, case when l.tat < clock_timestamp() - make_interval(secs => %(gap_seconds)s) then clock_timestamp()
                               else greatest(l.tat, clock_timestamp() - make_interval(secs => %(catch_up_seconds)s)) end as tat,
           l.practice_id = any (array(select practice_id from event)) as begun
    from outbox.lane l
    where l.practice_id = any (array(select pacer from event union all select practice_id from event))
    order by l.practice_id
    for no key update
),
taken as (
    update outbox.lane l
    set tat = case when turn.event_id is null then l.tat else lane.tat + turn.places * make_interval(secs => %(gap_seconds)s) end,
        last_dispatch_at = case when lane.begun then clock_timestamp() else l.last_dispatch_at end,
        silent_calls = case when lane.begun and l.last_dispatch_at < now() - interval '1 hour' then 0 else l.silent_calls end,
        silent_since = case when lane.begun and l.last_dispatch_at < now() - interval '1 hour' then null else l.silent_since end
    from lane
    left join turn on turn.pacer = lane.practice_id and turn.place = 1
    where l.practice_id = any (array(select practice_id from lane)) and l.practice_id = lane.practice_id
),
slot as (
    select turn.event_id, lane.tat + turn.place * make_interval(secs => %(gap_seconds)s) as tat
    from turn
    join lane on lane.practice_id = turn.pacer
),
attempt as (
    insert into outbox.attempt (event_id, fence, epoch, step, worker)
    select event_id, fence, epoch, step, worker from event order by event_id
)
select event.event_id, event.practice_id, event.document_id, event.payer_id, event.kind, event.number,
       event.marker_code, event.state, event.step, event.epoch, event.fence, event.tries, event.unlinked,
       event.created_at, event.look_since, event.suspect, event.silent_calls, event.cool_count, slot.tat,
       extract(epoch from slot.tat - make_interval(secs => %(gap_seconds)s) - clock_timestamp())::float8 as slot_wait_seconds,
       exists (select from outbox.outage where ended_at is null) as outage,
       coalesce(known.resent, false) as resent, coalesce(known.contact_resent, false) as contact_resent, known.open_intents
from event
join slot on slot.event_id = event.event_id
cross join lateral (
    select bool_or(i.event_id = event.event_id and i.outcome = 'absent' and i.effect <> 'contact') as resent,
           bool_or(i.event_id = event.event_id and i.outcome = 'absent' and i.effect = 'contact') as contact_resent,
           jsonb_agg(to_jsonb(i) order by i.closed_at nulls first, i.intent_id) filter (where
               (i.effect <> 'contact' or i.subject_id = event.payer_id)
               and (i.closed_at is null
                    or i.outcome = 'absent' and event.replayed_at is not null
                       and not exists (select from outbox.look k
                                       where k.intent_id = i.intent_id and k.verdict = 'absent' and k.counts
                                         and k.looked_at > event.replayed_at))) as open_intents
    from outbox.intent i
    where i.event_id = event.event_id
       or i.practice_id = event.practice_id and i.effect = 'contact' and i.subject_id = event.payer_id
) known;

-- name: decline
-- Hand back at once what this process will not begin any more. Params: event_id, epoch.
update outbox.event set lease_until = null, handed_at = null
where event_id = %(event_id)s and epoch = %(epoch)s and lease_until is not null and begun_at is null;

-- name: take_slot
-- The next slots of the lanes for further calls of claims; keeps the leases alive. No row: the claim is lost. A slot that
-- went by unused makes room for this one, unless somebody has taken one since.
-- Params: rows (event_id, fence, unused_tat: the lane's tat after that slot, or null), lease_seconds, gap_seconds,
--         catch_up_seconds.
with claim as materialized (
    select * from json_to_recordset(%(rows)s) as c (event_id bigint, fence bigint, unused_tat timestamptz)
),
mine as materialized (
    select e.event_id, claim.unused_tat, lane.pacer
    from claim
    join outbox.event e on e.event_id = claim.event_id
    cross join lateral (select outbox.pacer(l) as pacer from outbox.lane l where l.practice_id = e.practice_id limit 1) lane
    where e.event_id = any (array(select event_id from claim)) and e.fence = claim.fence and e.begun_at is not null
    order by e.event_id
    for no key update of e
),
event as (
    update outbox.event e
    set lease_until = clock_timestamp() + make_interval(secs => %(lease_seconds)s)
    from mine
    where e.event_id = any (array(select event_id from mine)) and e.event_id = mine.event_id
    returning e.event_id, mine.unused_tat, mine.pacer
),
turn as (
    select event_id, unused_tat, pacer, row_number() over (partition by pacer order by event_id) as place,
           count(*) over (partition by pacer) as places
    from event
),
pacer as materialized (
    select l.practice_id,
           greatest(case when exists (select from turn where turn.pacer = l.practice_id and turn.unused_tat = l.tat)
                         then l.tat - make_interval(secs => %(gap_seconds)s) else l.tat end,
                    clock_timestamp() - make_interval(secs => %(catch_up_seconds)s)) as tat
    from outbox.lane l
    where l.practice_id = any (array(select pacer from event))
    order by l.practice_id
    for no key update
),
taken as (
    update outbox.lane l
    set tat = pacer.tat + turn.places * make_interval(secs => %(gap_seconds)s)
    from pacer
    join turn on turn.pacer = pacer.practice_id and turn.place = 1
    where l.practice_id = any (array(select practice_id from pacer)) and l.practice_id = pacer.practice_id
)
select turn.event_id, slot.tat,
       extract(epoch from slot.tat - make_interval(secs => %(gap_seconds)s) - clock_timestamp())::float8 as slot_wait_seconds
from turn
join pacer on pacer.practice_id = turn.pacer
cross join lateral (select pacer.tat + turn.place * make_interval(secs => %(gap_seconds)s) as tat) slot;

-- name: intend
-- The licences to POST (R3): fence, running lane, nothing open and nothing created for the subject, all in one statement.
-- The shared lock on the lane makes a pause wait for us, and us for a pause. No row for an event: nobody may send.
-- Params: rows (event_id, fence, practice_id, organisation_id, effect, subject_id, sent_with), lease_seconds, window_seconds.
with plan as materialized (
    select *
    from json_to_recordset(%(rows)s) as p (event_id bigint, fence bigint, practice_id bigint, organisation_id uuid, effect text,
                                           subject_id bigint, sent_with jsonb)
),
lane as materialized (
    select l.practice_id
    from outbox.lane l
    where l.practice_id = any (array(select practice_id from plan)) and outbox.lane_runs(l)
    order by l.practice_id
    for share
),
mine as materialized (
    select e.event_id, plan.organisation_id, plan.effect, plan.subject_id, plan.sent_with
    from plan
    join lane on lane.practice_id = plan.practice_id
    join outbox.event e on e.event_id = plan.event_id
    where e.event_id = any (array(select event_id from plan)) and e.fence = plan.fence and e.begun_at is not null and e.state = 'pending'
      and e.practice_id = lane.practice_id
      and not exists (
          select from outbox.intent i
          where i.practice_id = e.practice_id and i.effect = plan.effect and i.subject_id = plan.subject_id
            and i.organisation_id = plan.organisation_id and i.undone_at is null
            and (i.outcome in ('created', 'adopted') or i.late_remote_id is not null))
    order by e.event_id
    for no key update of e
),
event as (
    update outbox.event e
    set lease_until = clock_timestamp() + make_interval(secs => %(lease_seconds)s)
    from mine
    where e.event_id = any (array(select event_id from mine)) and e.event_id = mine.event_id
    returning e.event_id, e.practice_id, e.fence, e.worker, mine.organisation_id, mine.effect, mine.subject_id, mine.sent_with
)
insert into outbox.intent (practice_id, organisation_id, event_id, effect, subject_id, fence, worker, send_by, sent_with)
select practice_id, organisation_id, event_id, effect, subject_id, fence, worker,
       clock_timestamp() + make_interval(secs => %(window_seconds)s), sent_with
from event
order by practice_id, effect, subject_id
on conflict (practice_id, effect, subject_id) where closed_at is null do nothing
returning event_id, intent_id;

-- name: answer
-- What became of POSTs, written to their intents, fence or no fence, while these are open (R5). A success that comes after
-- the intent was closed otherwise is kept beside it: knowledge is never thrown away. The intents are locked before they are
-- judged, so that it is right also for one that somebody closes in this very moment.
-- Params: rows (intent_id, outcome, remote_id, http_status).
with told as materialized (
    select * from json_to_recordset(%(rows)s) as t (intent_id bigint, outcome text, remote_id uuid, http_status int)
),
known as materialized (
    select i.intent_id, told.outcome, told.remote_id, told.http_status
    from told
    join outbox.intent i on i.intent_id = told.intent_id
    where i.intent_id = any (array(select intent_id from told))
      and (i.closed_at is null or told.remote_id is not null and i.remote_id is distinct from told.remote_id)
    order by i.intent_id
    for no key update of i
)
update outbox.intent i
set outcome = case when i.closed_at is null then known.outcome else i.outcome end,
    remote_id = case when i.closed_at is null then known.remote_id else i.remote_id end,
    http_status = case when i.closed_at is null then known.http_status else i.http_status end,
    late_remote_id = case when i.closed_at is null then i.late_remote_id else known.remote_id end,
    late_at = case when i.closed_at is null then i.late_at else clock_timestamp() end,
    closed_at = coalesce(i.closed_at, clock_timestamp())
from known
where i.intent_id = any (array(select intent_id from known)) and i.intent_id = known.intent_id;

-- name: record_look
-- Params: intent_id, verdict, counts, evidence.
insert into outbox.look (intent_id, verdict, counts, evidence)
values (%(intent_id)s, %(verdict)s, %(counts)s, %(evidence)s);

-- name: inspect_intent
-- Where an intent stands: seconds until it may be looked for (a sender that was frozen after its last look at the clock
-- may have sent until its attempt ended), its absences that count, and whether its sender may still be alive. A replay
-- is a fresh start: ages and absences count from there. Params: intent_id, settle_seconds.
select extract(epoch from greatest(i.send_by, a.ended_at) + make_interval(secs => %(settle_seconds)s)
                          - clock_timestamp())::float8 as first_look_in_seconds,
       extract(epoch from clock_timestamp() - s.since)::float8 as age_seconds,
       extract(epoch from clock_timestamp() - s.since)::float8
           - coalesce((select extract(epoch from sum(coalesce(o.ended_at, clock_timestamp()) - greatest(o.started_at, s.since)))
                       from outbox.outage o
                       where coalesce(o.ended_at, clock_timestamp()) > s.since), 0)::float8 as answered_age_seconds,
       (select extract(epoch from clock_timestamp() - min(looked_at))::float8
        from outbox.look
        where intent_id = i.intent_id and verdict = 'absent' and counts and looked_at > s.since) as first_absence_age_seconds,
       outbox.sender_alive(i) as sender_alive
from outbox.intent i
join outbox.event e on e.event_id = i.event_id
left join outbox.attempt a on a.event_id = i.event_id and a.fence = i.fence
cross join lateral (select greatest(i.opened_at, e.replayed_at) as since) s
where i.intent_id = %(intent_id)s;

-- name: settle
-- The ends of claims, guarded by their fences (R5). No row for an event: the claim was lost; then only the attempt is
-- closed, as lost. The poller is woken only for an event that goes on at once: commits with a NOTIFY wait for each other.
-- Params: rows (event_id, fence, state, step, delay_seconds (null: nothing is due), tries, reason, detail, http_status,
--         cause, outcome, counted, calls).
with ending as materialized (
    select *
    from json_to_recordset(%(rows)s) as e (event_id bigint, fence bigint, state text, step text, delay_seconds float8, tries int,
                                           reason text, detail jsonb, http_status int, cause text, outcome text, counted boolean,
                                           calls int)
),
mine as materialized (
    select ending.*
    from ending
    join outbox.event e on e.event_id = ending.event_id
    where e.event_id = any (array(select event_id from ending)) and e.fence = ending.fence and e.begun_at is not null
    order by e.event_id
    for no key update of e
),
event as (
    update outbox.event e
    set state = mine.state, step = mine.step, due_at = clock_timestamp() + make_interval(secs => mine.delay_seconds),
        closed_at = case mine.state when 'pending' then null when e.state then e.closed_at else clock_timestamp() end,
        tries = mine.tries, crashes = 0, reason = mine.reason, detail = mine.detail, http_status = mine.http_status,
        cause = mine.cause, lease_until = null, handed_at = null, begun_at = null, worker = null
    from mine
    where e.event_id = any (array(select event_id from mine)) and e.event_id = mine.event_id
    returning e.event_id, mine.delay_seconds
),
attempt as (
    update outbox.attempt a
    set ended_at = clock_timestamp(), counted = ending.counted, reason = ending.reason, http_status = ending.http_status,
        calls = ending.calls, detail = ending.detail,
        outcome = case when exists (select from mine where mine.event_id = ending.event_id and mine.fence = ending.fence)
                       then ending.outcome else 'lost' end
    from ending
    where a.event_id = any (array(select event_id from ending)) and a.event_id = ending.event_id
      and a.fence = ending.fence and a.ended_at is null
)
select event.event_id, case when event.delay_seconds < 1 then pg_notify('lexrelay', '') end
from event;

-- name: look_again
-- The end of a lost claim whose intent was closed as absent: what it sent late may turn up only now, so the document
-- that is delivered by now is looked at once more. A look that is under way loses its claim; it is made again.
-- Params: event_id, fence, verify_seconds.
update outbox.event e
set step = 'verify', due_at = clock_timestamp() + make_interval(secs => %(verify_seconds)s),
    lease_until = null, handed_at = null, begun_at = null, worker = null
where e.event_id = %(event_id)s and e.state = 'delivered' and e.fence <> %(fence)s
  and exists (select from outbox.intent i
              where i.event_id = e.event_id and i.fence = %(fence)s and i.outcome = 'absent');

-- name: snoozed_since
-- Seconds since an event was first put off for this reason in its present life; null: never.
-- Params: event_id, reason.
select extract(epoch from clock_timestamp() - min(ended_at))::float8 as seconds
from outbox.attempt
where event_id = %(event_id)s and reason = %(reason)s and outcome = 'snooze'
  and attempt_id > coalesce((select max(attempt_id) from outbox.attempt
                             where event_id = %(event_id)s and outcome in ('dead', 'delivered')), 0)
  and begun_at > coalesce((select replayed_at from outbox.event where event_id = %(event_id)s), '-infinity');

-- name: readdress
-- The document has another payer now. Params: rows (event_id, payer_id).
update outbox.event e set payer_id = r.payer_id
from json_to_recordset(%(rows)s) as r (event_id bigint, payer_id bigint)
where e.event_id = r.event_id;

-- name: contact_ready
-- The payer has a contact now: what waits for it in the step "contact" goes on as a document. What is being tried, or in
-- doubt about a contact of its own, finds out by itself. Params: rows (practice_id, payer_id).
update outbox.event e set step = 'document'
where e.event_id = any (array(
    select waiting.event_id
    from json_to_recordset(%(rows)s) as r (practice_id bigint, payer_id bigint)
    cross join lateral (
        select w.event_id
        from outbox.event w
        where w.practice_id = r.practice_id and w.payer_id = r.payer_id and w.step = 'contact' and w.state = 'pending'
          and w.due_at is not null and w.handed_at is null
          and not exists (select from outbox.intent i where i.event_id = w.event_id and i.closed_at is null)
        order by w.event_id
        for no key update skip locked
    ) waiting));

-- name: give_slots_back
-- Claims that made no call hand their slots back, unless somebody has taken one since. Once: in the transaction that ends
-- their attempts. Params: rows (practice_id, event_id, fence, tat: the lane's after that slot), gap_seconds.
with unused as materialized (
    select l.pacer, r.tat
    from json_to_recordset(%(rows)s) as r (practice_id bigint, event_id bigint, fence bigint, tat timestamptz)
    cross join lateral (select outbox.pacer(l) as pacer from outbox.lane l where l.practice_id = r.practice_id limit 1) l
    where exists (select from outbox.attempt a where a.event_id = r.event_id and a.fence = r.fence and a.ended_at >= now())
),
pacer as materialized (
    select l.practice_id
    from outbox.lane l
    join unused on unused.pacer = l.practice_id and unused.tat = l.tat
    where l.practice_id = any (array(select pacer from unused))
    order by l.practice_id
    for no key update of l
)
update outbox.lane l set tat = l.tat - make_interval(secs => %(gap_seconds)s)
where l.practice_id = any (array(select practice_id from pacer));
