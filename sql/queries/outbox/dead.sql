-- Dead letters: what died, why, and what a replay would meet. Reads only.

-- name: of_contact
-- Dead letters that a link may have cured. Params: practice_id, customer_id.
select event_id from outbox.event
where practice_id = %(practice_id)s and payer_id = %(customer_id)s and state = 'dead'
  and reason in ('contact_ambiguous', 'contact_gone')
order by event_id;

-- name: list
-- Dead letters in the order they died, with what decides about a replay: held (its practice does not run), blocked
-- (behind an unsettled document of its chain or customer), doubted (an intent of it was ever in doubt, or it is from
-- before a restore), about_contact (the intent it died of, named or still open, is a contact's), frozen_sender (a process
-- that may still send). Params: practice, reason, group, since, ago; event_ids: these letters instead, whatever the others say.
select e.event_id, e.practice_id, e.document_id, e.payer_id, e.number, e.host_key, e.kind, e.marker_code, e.reason,
       outbox.cause_group(e) as "group", coalesce(e.detail, '{}') as detail, e.http_status, e.fence as attempts,
       e.closed_at as died_at, e.unlinked,
       l.practice_id is null or not outbox.lane_runs(l) as held, outbox.blocked(e) as blocked,
       e.look_since is not null
           or exists (select from outbox.intent i
                      where i.event_id = e.event_id
                        and (i.closed_at is null or i.outcome in ('adopted', 'absent')
                             or exists (select from outbox.look k where k.intent_id = i.intent_id))) as doubted,
       coalesce(e.detail ? 'contact_ids', false)
           or exists (select from outbox.intent i
                      where i.effect = 'contact'
                        and i.intent_id = coalesce((e.detail ->> 'intent_id')::bigint,
                                                   (select max(o.intent_id) from outbox.intent o
                                                    where o.event_id = e.event_id and o.closed_at is null))) as about_contact,
       (select p.host || ', pid ' || p.pid
        from outbox.intent i
        join outbox.process p on p.process_id = i.worker
        where i.event_id = e.event_id and i.closed_at is null and outbox.sender_alive(i)
        limit 1) as frozen_sender
from (
    select d.* from outbox.dead_letters(%(practice)s, %(reason)s, %(group)s, %(since)s, %(ago)s) d
    where %(event_ids)s::bigint[] is null
    union all
    select n.* from outbox.event n where n.event_id = any (%(event_ids)s::bigint[]) and n.state = 'dead'
) e
left join outbox.lane l on l.practice_id = e.practice_id
order by e.closed_at, e.event_id;

-- name: page
-- Some dead letters of a choice, in the order they died, after one of them. Params: practice, reason, group, since, ago,
-- after_at, after_id (null: from the beginning), limit.
-- The name of a group is a hash: it is made once for a cause, not for each letter.
with chosen as materialized (
    select * from outbox.dead_letters(%(practice)s, %(reason)s, null, %(since)s, %(ago)s)
), cause as materialized (
    select example.cause, outbox.cause_group(e) as "group"
    from (select coalesce(cause, reason, '') as cause, min(event_id) as event_id from chosen group by 1) example
    join outbox.event e using (event_id)
)
select e.event_id
from chosen e
where coalesce(e.cause, e.reason, '') in (select cause from cause where %(group)s::text is null or "group" = %(group)s)
  and (%(after_at)s::timestamptz is null or (e.closed_at, e.event_id) > (%(after_at)s, %(after_id)s))
order by e.closed_at, e.event_id
limit %(limit)s;

-- name: groups
-- The largest first, each with one of its letters as an example. Params: practice, reason, group, since, ago.
-- Their name is a hash: it is made once for a cause, not for each letter.
with cause as (
    select min(e.reason) as reason, count(*)::int as count, min(e.closed_at) as first_at, max(e.closed_at) as last_at,
           array_agg(distinct e.practice_id order by e.practice_id) as practice_ids, min(e.event_id) as example
    from outbox.dead_letters(%(practice)s, %(reason)s, null, %(since)s, %(ago)s) e
    group by coalesce(e.cause, e.reason, '')
), named as materialized (
    select outbox.cause_group(e) as "group", cause.*
    from cause
    join outbox.event e on e.event_id = cause.example
)
select * from named
where %(group)s::text is null or "group" = %(group)s
order by count desc, first_at;

-- name: states
-- What became of events, whatever their state. Params: event_ids.
select event_id, practice_id, document_id, number, kind, state, reason
from outbox.event
where event_id = any (%(event_ids)s);

-- name: doubts
-- Intents of documents that are or were in doubt: what a look goes by. The open one first. Params: event_id.
select i.effect, i.organisation_id, i.opened_at, i.sent_with
from outbox.intent i
where i.event_id = %(event_id)s and (i.closed_at is null or i.outcome = 'absent')
order by i.closed_at nulls first, i.intent_id;
