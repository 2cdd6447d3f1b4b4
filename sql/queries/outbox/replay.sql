-- Replay and discard: the two ways out of the dead letters. Each letter is named with the moment it died, so that only
-- what the operator has seen is changed, and of two operators the second changes nothing.

-- name: replay
-- A fresh start: pending and due now. Epoch and fence only grow, intents stay: an open one is looked for first, and so is
-- one that was proven absent before. Params: event_ids, died_at, unlinked (cancellations only).
with letter as (
    select e.event_id, e.reason, e.detail, e.http_status, outbox.cause_group(e) as "group"
    from unnest(%(event_ids)s::bigint[], %(died_at)s::timestamptz[]) as chosen (event_id, died_at)
    join outbox.event e on e.event_id = chosen.event_id and e.closed_at = chosen.died_at and e.state = 'dead'
    order by e.event_id
    for update of e
)
update outbox.event e
set state = 'pending', step = 'document', due_at = clock_timestamp(), closed_at = null, replayed_at = clock_timestamp(),
    tries = 0, crashes = 0, reason = null, detail = null, http_status = null, cause = null,
    unlinked = e.unlinked or (%(unlinked)s and e.kind = 'cancellation')
from letter
where e.event_id = letter.event_id
returning e.event_id, e.practice_id, e.unlinked, letter.reason, letter.detail, letter.http_status, letter."group";

-- name: discard
-- Closed by an operator; the reason stays. Its open intents stay open, and with them the ban on a second POST.
-- Params: event_ids, died_at, by_hand (what the document is in Lexware, or null).
update outbox.event e
set state = 'discarded', closed_at = clock_timestamp(),
    detail = coalesce(e.detail, '{}') || jsonb_strip_nulls(jsonb_build_object('by_hand', %(by_hand)s::uuid))
from unnest(%(event_ids)s::bigint[], %(died_at)s::timestamptz[]) as chosen (event_id, died_at)
where e.event_id = chosen.event_id and e.closed_at = chosen.died_at and e.state = 'dead'
returning e.event_id, e.practice_id, e.reason;

-- name: resolve_intent
-- An operator knows what became of the document: its open intent is closed with that. Params: event_id, remote_id.
update outbox.intent
set outcome = 'resolved', closed_at = clock_timestamp(), remote_id = %(remote_id)s
where event_id = %(event_id)s and effect <> 'contact' and closed_at is null;
