-- Opens, extends and settles claims and intents.

-- name: begin
-- Turn a hand-out into a claim: event id and epoch must match, the lane must run. Takes the lane's next slot and opens
-- the attempt. The slot of a lane that is late lies in the past, so that it catches up; that of an idle one is now, so that
-- all of its time is left. No row: the message was stale, a duplicate, late or forged, and nothing has changed.
-- `open_intents` are to be looked for before anything is sent: those in doubt, and after a replay those that were proven
-- absent before.
-- (By `lease_until`, not `handed_at`: the plan is to go by the key, not by the index of all that is in flight.)
-- Params: event_id, epoch, worker, lease_seconds, gap_seconds, catch_up_seconds.
with event as (
    update outbox.event e
    set begun_at = clock_timestamp(), fence = e.fence + 1, worker = %(worker)s,
        lease_until = clock_timestamp() + make_interval(secs => %(lease_seconds)s)
    from outbox.lane l
    where e.event_id = %(event_id)s and e.epoch = %(epoch)s and e.lease_until is not null and e.begun_at is null
      and l.practice_id = e.practice_id and outbox.lane_runs(l)
    returning e.*, l.suspect, l.silent_calls, l.cool_count, outbox.pacer(l) as pacer
),
slot as (
    update outbox.lane l
    set tat = case when l.tat < clock_timestamp() - make_interval(secs => %(gap_seconds)s) then clock_timestamp()
                   else greatest(l.tat, clock_timestamp() - make_interval(secs => %(catch_up_seconds)s)) end
              + make_interval(secs => %(gap_seconds)s)
    from event
    where l.practice_id = event.pacer
    returning l.tat
),
attempt as (
    insert into outbox.attempt (event_id, fence, epoch, step, worker)
    select event_id, fence, epoch, step, worker from event
    returning attempt_id
)
select event.event_id, event.practice_id, event.document_id, event.payer_id, event.kind, event.number,
       event.marker_code, event.state, event.step, event.epoch, event.fence, event.tries, event.unlinked,
       event.created_at, event.look_since, event.suspect, event.silent_calls, event.cool_count, slot.tat,
       extract(epoch from slot.tat - make_interval(secs => %(gap_seconds)s) - clock_timestamp())::float8 as slot_wait_seconds,
       exists (select from outbox.outage where ended_at is null) as outage,
       coalesce(known.resent, false) as resent, coalesce(known.contact_resent, false) as contact_resent, known.open_intents
from event, slot, attempt
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
-- The next slot of the lane for a further call of a claim; keeps the lease alive. No row: the claim is lost. A slot that
-- went by unused makes room for this one, unless somebody has taken one since.
-- Params: event_id, fence, lease_seconds, gap_seconds, catch_up_seconds, unused_tat (the lane's tat after that slot, or null).
with event as (
    update outbox.event
    set lease_until = clock_timestamp() + make_interval(secs => %(lease_seconds)s)
    where event_id = %(event_id)s and fence = %(fence)s and begun_at is not null
    returning practice_id
)
update outbox.lane l
set tat = greatest(case when l.tat = %(unused_tat)s::timestamptz then l.tat - make_interval(secs => %(gap_seconds)s) else l.tat end,
                   clock_timestamp() - make_interval(secs => %(catch_up_seconds)s))
          + make_interval(secs => %(gap_seconds)s)
from event
join outbox.lane mine on mine.practice_id = event.practice_id
where l.practice_id = outbox.pacer(mine)
returning l.tat, extract(epoch from l.tat - make_interval(secs => %(gap_seconds)s) - clock_timestamp())::float8 as slot_wait_seconds;

-- name: intend
-- The licence to POST (R3): fence, running lane, nothing open and nothing created for the subject, all in one statement.
-- The shared lock on the lane makes a pause wait for us, and us for a pause. No row: nobody may send.
-- Params: event_id, fence, practice_id, organisation_id, effect, subject_id, sent_with, lease_seconds, window_seconds.
with lane as (
    select l.practice_id
    from outbox.lane l
    where l.practice_id = %(practice_id)s and outbox.lane_runs(l)
    for share
),
event as (
    update outbox.event e
    set lease_until = clock_timestamp() + make_interval(secs => %(lease_seconds)s)
    from lane
    where e.event_id = %(event_id)s and e.fence = %(fence)s and e.begun_at is not null and e.state = 'pending'
      and e.practice_id = lane.practice_id
      and not exists (
          select from outbox.intent i
          where i.practice_id = e.practice_id and i.effect = %(effect)s and i.subject_id = %(subject_id)s
            and i.organisation_id = %(organisation_id)s and i.undone_at is null
            and (i.outcome in ('created', 'adopted') or i.late_remote_id is not null))
    returning e.event_id, e.practice_id, e.fence, e.worker
)
insert into outbox.intent (practice_id, organisation_id, event_id, effect, subject_id, fence, worker, send_by, sent_with)
select practice_id, %(organisation_id)s, event_id, %(effect)s, %(subject_id)s, fence, worker,
       clock_timestamp() + make_interval(secs => %(window_seconds)s), %(sent_with)s
from event
on conflict (practice_id, effect, subject_id) where closed_at is null do nothing
returning intent_id;

-- name: answer
-- What became of the POST, written to its intent, fence or no fence, while it is open (R5). A success that comes after
-- the intent was closed otherwise is kept beside it: knowledge is never thrown away. One update, so that it is right
-- also for an intent that somebody closes in this very moment.
-- Params: intent_id, outcome, remote_id, http_status.
update outbox.intent
set outcome = case when closed_at is null then %(outcome)s else outcome end,
    remote_id = case when closed_at is null then %(remote_id)s else remote_id end,
    http_status = case when closed_at is null then %(http_status)s else http_status end,
    late_remote_id = case when closed_at is null then late_remote_id else %(remote_id)s end,
    late_at = case when closed_at is null then late_at else clock_timestamp() end,
    closed_at = coalesce(closed_at, clock_timestamp())
where intent_id = %(intent_id)s
  and (closed_at is null or %(remote_id)s::uuid is not null and remote_id is distinct from %(remote_id)s::uuid);

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
-- The end of a claim, guarded by its fence (R5). No row: the claim was lost; then only the attempt is closed, as lost.
-- The poller is woken only for an event that goes on at once: commits with a NOTIFY wait for each other.
-- Params: event_id, fence, state, step, delay_seconds (null: nothing is due), tries, reason, detail, http_status, cause,
--         outcome, counted, calls.
with event as (
    update outbox.event
    set state = %(state)s, step = %(step)s,
        due_at = clock_timestamp() + make_interval(secs => %(delay_seconds)s::float8),
        closed_at = case %(state)s when 'pending' then null when state then closed_at else clock_timestamp() end,
        tries = %(tries)s, crashes = 0, reason = %(reason)s, detail = %(detail)s, http_status = %(http_status)s,
        cause = %(cause)s, lease_until = null, handed_at = null, begun_at = null, worker = null
    where event_id = %(event_id)s and fence = %(fence)s and begun_at is not null
    returning event_id, practice_id
),
attempt as (
    update outbox.attempt
    set ended_at = clock_timestamp(), counted = %(counted)s, reason = %(reason)s, http_status = %(http_status)s,
        calls = %(calls)s, detail = %(detail)s,
        outcome = case when exists (select from event) then %(outcome)s else 'lost' end
    where event_id = %(event_id)s and fence = %(fence)s and ended_at is null
)
select event.event_id,
       case when %(delay_seconds)s::float8 < 1 then pg_notify('lexrelay', '') end
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
-- The document has another payer now. Params: event_id, payer_id.
update outbox.event set payer_id = %(payer_id)s where event_id = %(event_id)s;

-- name: give_slot_back
-- A claim that made no call hands its slot back, unless somebody has taken one since. Once: in the transaction that ends
-- its attempt. Params: practice_id, event_id, fence, tat, gap_seconds.
update outbox.lane set tat = tat - make_interval(secs => %(gap_seconds)s)
where practice_id = (select outbox.pacer(l) from outbox.lane l where l.practice_id = %(practice_id)s) and tat = %(tat)s
  and exists (select from outbox.attempt where event_id = %(event_id)s and fence = %(fence)s and ended_at >= now());
