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

-- name: wake
-- Tell the poller that something may be due now.
select pg_notify('lexrelay', '');

-- name: other_document
-- Which other document of the practice a Lexware id belongs to already. Params: practice_id, document_id, lexware_id.
select coalesce(e.number, e.document_id::text) as number
from lexware.document_link d
join outbox.event e on e.practice_id = d.practice_id and e.document_id = d.document_id
where d.practice_id = %(practice_id)s and d.lexware_id = %(lexware_id)s and d.document_id <> %(document_id)s;

-- name: link_by_hand
-- A human says which document in Lexware it is; that wins over what we believed. No row: the practice is not connected.
-- Params: practice_id, document_id, kind, lexware_id.
insert into lexware.document_link as known (practice_id, document_id, organisation_id, kind, lexware_id, origin)
select c.practice_id, %(document_id)s, c.organisation_id, %(kind)s, %(lexware_id)s, 'by_hand'
from lexware.connection c
where c.practice_id = %(practice_id)s and c.organisation_id is not null
on conflict (practice_id, document_id, organisation_id) do update
set lexware_id = excluded.lexware_id, origin = 'by_hand', linked_at = clock_timestamp()
returning organisation_id;

-- name: read_profiles_anew
-- Somebody may have changed the tax settings in Lexware: the next claim reads them. Params: practice_ids.
update lexware.connection set profile_read_at = null where practice_id = any (%(practice_ids)s);
