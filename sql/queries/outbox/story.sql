-- The story of one document: its event, and everything that was tried, seen and decided about it.

-- name: event
-- The event of a document number, where it stands, when its turn comes, and what it waits for. No row: none was
-- written. `turn_at` is reckoned with one call of the lane for each event before it. Settled events are found by their
-- number, others among what waits or is in flight in the practice. Params: practice_id and number, or event_id; gap_seconds.
with numbered as (
    select event_id from outbox.event
    where practice_id = %(practice_id)s and number = %(number)s and state <> 'pending'
    union all
    select event_id from outbox.event
    where practice_id = %(practice_id)s and number = %(number)s and due_at is not null and handed_at is null
    union all
    select event_id from outbox.event
    where practice_id = %(practice_id)s and number = %(number)s and handed_at is not null
)
select e.event_id, e.practice_id, e.document_id, e.payer_id, e.kind, e.number, e.host_key, outbox.standing(e, lane.connection) as state,
       e.step, e.reason, e.detail, e.http_status, e.tries, e.epoch, e.origin, e.created_at, e.closed_at, e.due_at, e.lease_until,
       lane.connection, lane.pause_reason, lane.cool_reason, lane.cool_until > clock_timestamp() as is_cooling,
       queue.place, outage.probe_at,
       greatest(e.due_at, outage.probe_at,
                greatest(lane.tat, lane.cool_until, clock_timestamp()) + queue.place * make_interval(secs => %(gap_seconds)s)) as turn_at,
       original.event_id as original_event_id, original.number as original_number, original.state as original_state,
       original.reason as original_reason,
       holder.event_id as holder_event_id, holder.number as holder_number
from outbox.event e
left join lateral (
    select outbox.lane_connection(l) as connection, l.pause_reason, l.tat, l.cool_until, l.cool_reason
    from outbox.lane l where l.practice_id = e.practice_id
) lane on true
cross join lateral (
    select (select count(*) from outbox.event o
            where o.practice_id = e.practice_id and o.due_at is not null and o.handed_at is null
              and (o.priority, o.due_at, o.event_id) < (e.priority, e.due_at, e.event_id))
           + (select count(*) from outbox.event o
              where o.practice_id = e.practice_id and o.handed_at is not null and o.event_id <> e.event_id) as place
) queue
left join outbox.outage outage on outage.ended_at is null
left join outbox.event original on original.practice_id = e.practice_id and original.document_id = e.original_id
left join lateral (
    select h.event_id, h.number
    from outbox.intent i
    join outbox.event h on h.event_id = i.event_id
    where i.practice_id = e.practice_id and i.effect = 'contact' and i.subject_id = e.payer_id and i.closed_at is null
      and i.event_id <> e.event_id
) holder on true
where e.event_id = (select coalesce(%(event_id)s::bigint, max(event_id)) from numbered);

-- name: attempts
-- Every claim of these events, in order. Params: event_ids.
select a.event_id, a.attempt_id, a.begun_at, a.ended_at, a.step, a.outcome, a.counted, a.reason, a.http_status, a.calls, a.epoch,
       a.fence, a.worker, a.detail
from outbox.attempt a
where a.event_id = any(%(event_ids)s)
order by a.event_id, a.fence;

-- name: intents
-- Every licence to POST that the event had, in order, each with its looks. Params: event_id.
select i.intent_id, i.effect, i.opened_at, i.send_by, i.outcome, i.closed_at, i.remote_id as lexware_id, i.http_status,
       i.late_remote_id as late_lexware_id, i.late_at, i.organisation_id, i.fence,
       (select coalesce(jsonb_agg(jsonb_build_object('looked_at', k.looked_at, 'verdict', k.verdict, 'counts', k.counts,
                                                     'evidence', k.evidence) order by k.look_id), '[]')
        from outbox.look k where k.intent_id = i.intent_id) as looks
from outbox.intent i
where i.event_id = %(event_id)s
order by i.intent_id;

-- name: exists
-- One row when there is such an event. Params: event_id.
select event_id from outbox.event where event_id = %(event_id)s;

-- name: history
-- What operators did, the newest first. Params: practice_id, event_id, since, ago, before, limit (each null: any).
select action_id, at, by, login, os_user, action, why, practice_id, event_id, detail
from outbox.operator_action
where (%(practice_id)s::bigint is null or practice_id = %(practice_id)s)
  and (%(event_id)s::bigint is null or event_id = %(event_id)s)
  and (%(since)s::timestamptz is null or at >= %(since)s)
  and (%(ago)s::interval is null or at >= clock_timestamp() - %(ago)s)
  and (%(before)s::bigint is null or action_id < %(before)s)
order by action_id desc
limit %(limit)s;

-- name: actions
-- What operators did, in order. Params: practice_id, event_id (each null: any).
select action_id, at, by, login, os_user, action, why, practice_id, event_id, detail
from outbox.operator_action
where (%(practice_id)s::bigint is null or practice_id = %(practice_id)s)
  and (%(event_id)s::bigint is null or event_id = %(event_id)s)
order by action_id;
