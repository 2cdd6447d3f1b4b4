-- Dead letters: what died, why, and what a replay would meet. Reads only.

-- name: list
-- Dead letters in the order they died, with what decides about a replay: held (its practice does not run), blocked
-- (behind an unsettled document of its chain or customer), doubted (an intent of it was ever in doubt), frozen (a sender
-- may still be alive). Params: practice, reason, group, since, ago, event_ids (null: all).
select e.event_id, e.practice_id, e.document_id, e.payer_id, e.number, e.kind, e.marker_code, e.reason,
       outbox.cause_group(e) as "group", coalesce(e.detail, '{}') as detail, e.http_status, e.fence as attempts,
       e.closed_at as died_at, e.unlinked,
       l.practice_id is null or not outbox.lane_runs(l) as held, outbox.blocked(e) as blocked,
       exists (select from outbox.intent i
               where i.event_id = e.event_id
                 and (i.closed_at is null or i.outcome in ('adopted', 'absent')
                      or exists (select from outbox.look k where k.intent_id = i.intent_id))) as doubted,
       exists (select from outbox.intent i
               where i.event_id = e.event_id and i.closed_at is null and outbox.sender_alive(i)) as frozen
from outbox.dead_letters(%(practice)s, %(reason)s, %(group)s, %(since)s, %(ago)s) e
left join outbox.lane l on l.practice_id = e.practice_id
where %(event_ids)s::bigint[] is null or e.event_id = any (%(event_ids)s)
order by e.closed_at, e.event_id;

-- name: groups
-- The largest first. Params: practice, reason, group, since, ago.
select outbox.cause_group(e) as "group", min(e.reason) as reason, count(*)::int as count,
       min(e.closed_at) as first_at, max(e.closed_at) as last_at,
       array_agg(distinct e.practice_id order by e.practice_id) as practice_ids
from outbox.dead_letters(%(practice)s, %(reason)s, %(group)s, %(since)s, %(ago)s) e
group by outbox.cause_group(e)
order by count(*) desc, min(e.closed_at);

-- name: states
-- What became of events, whatever their state. Params: event_ids.
select event_id, practice_id, document_id, number, kind, state, reason
from outbox.event
where event_id = any (%(event_ids)s);

-- name: attempts
-- One row per claim, oldest first. Params: event_id.
select begun_at, ended_at, step, outcome, reason, http_status, calls, counted, coalesce(detail, '{}') as detail
from outbox.attempt
where event_id = %(event_id)s
order by attempt_id;

-- name: intents
-- Everything that was ever to be sent for an event, with the evidence of the looks, oldest first. Params: event_id.
select i.intent_id, i.effect, i.opened_at, i.closed_at, i.outcome, i.remote_id, i.http_status, i.late_remote_id, i.late_at,
       coalesce((select jsonb_agg(jsonb_build_object('looked_at', k.looked_at, 'verdict', k.verdict, 'counts', k.counts)
                                  || k.evidence order by k.look_id)
                 from outbox.look k where k.intent_id = i.intent_id), '[]') as looks
from outbox.intent i
where i.event_id = %(event_id)s
order by i.intent_id;

-- name: doubts
-- Intents of documents that are or were in doubt: what a look goes by. The open one first. Params: event_id.
select i.intent_id, i.event_id, i.effect, i.organisation_id, i.opened_at, i.sent_with, i.closed_at is not null as proven
from outbox.intent i
where i.event_id = %(event_id)s and (i.closed_at is null or i.outcome = 'absent')
order by i.closed_at nulls first, i.intent_id;

-- name: payer
-- Whom a document is addressed to: for eyes that were recorded. Params: payer_id.
select coalesce(company_name, nullif(concat_ws(' ', first_name, last_name), '')) as name
from contract.payer
where payer_id = %(payer_id)s;

-- name: lexware_ids
-- What delivered documents are in Lexware. Params: event_ids.
select e.event_id, d.lexware_id
from outbox.event e
join lexware.document_link d on d.practice_id = e.practice_id and d.document_id = e.document_id
where e.event_id = any (%(event_ids)s)
order by d.linked_at;
