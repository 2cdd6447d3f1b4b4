-- Exemption notes whose wording is for the practice to confirm: keyed hashes of what was confirmed, and where they stand.

-- name: of_documents
-- The notes of a practice's documents that are no drafts, each spelling once, the most frequent first.
-- Reads contract: the texts are the host's.
-- Reads outbox: the salt of the hashes is the installation's.
-- Params: practice_id, limit.
select d.exemption_note as note, count(*) as documents, (select salt from outbox.installation) as salt
from contract.document d
where d.practice_id = %(practice_id)s and d.status <> 'draft' and d.exemption_note ~ '\S'
  and octet_length(d.exemption_note) <= 4000
group by d.exemption_note
order by count(*) desc, d.exemption_note
limit %(limit)s;

-- name: of_delivered
-- The same of those documents that are in Lexware already. Params: practice_id, limit.
-- Reads contract: the texts are the host's.
-- Reads outbox: the salt of the hashes is the installation's.
select d.exemption_note as note, count(*) as documents, (select salt from outbox.installation) as salt
from lexware.document_link k
join contract.document d on d.document_id = k.document_id and d.practice_id = k.practice_id
where k.practice_id = %(practice_id)s and d.exemption_note ~ '\S' and octet_length(d.exemption_note) <= 4000
group by d.exemption_note
order by count(*) desc, d.exemption_note
limit %(limit)s;

-- name: of_waiting
-- Dead letters of this reason, with the note that their documents have now. Params: practice_id.
-- Reads contract: the texts are the host's.
-- Reads outbox: the letters, and the salt of the hashes.
select e.event_id, d.exemption_note as note, (select salt from outbox.installation) as salt
from outbox.event e
cross join lateral (select c.exemption_note from contract.document c
                    where c.document_id = e.document_id and c.practice_id = e.practice_id limit 1) d
where e.practice_id = %(practice_id)s and e.state = 'dead' and e.reason = 'new_note' and d.exemption_note ~ '\S'
order by e.event_id;

-- name: confirmed
-- What a practice has confirmed. Params: practice_id.
select fingerprint from lexware.note_wording where practice_id = %(practice_id)s;

-- name: confirm
-- A wording that may go over from now on. Params: practice_id, fingerprint, by.
insert into lexware.note_wording (practice_id, fingerprint, confirmed_by)
values (%(practice_id)s, %(fingerprint)s, %(by)s)
on conflict do nothing;

-- name: looked_through
-- The practice's documents were looked through for wordings. Params: practice_id.
update lexware.connection set notes_read_at = coalesce(notes_read_at, clock_timestamp()) where practice_id = %(practice_id)s;

-- name: never_looked_through
-- Practices that were switched on before anybody asked for wordings.
-- Reads outbox: whether they are, or ever were.
select c.practice_id
from lexware.connection c
where c.notes_read_at is null and exists (select from outbox.lane_period p where p.practice_id = c.practice_id)
order by c.practice_id;
