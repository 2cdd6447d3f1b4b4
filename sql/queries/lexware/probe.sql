-- Shapes of Lexware's answers: names, types and words, no values.

-- name: shapes
-- What was seen the last time. Params: practice_id.
select answer, shape from lexware.answer_shapes where practice_id = %(practice_id)s;

-- name: shape
-- What was seen of one answer the last time. No row: nothing. Params: practice_id, answer.
select shape from lexware.answer_shapes where practice_id = %(practice_id)s and answer = %(answer)s;

-- name: keep
-- What is there now is known from now on. Params: practice_id, answer, shape.
insert into lexware.answer_shapes as known (practice_id, answer, shape)
values (%(practice_id)s, %(answer)s, %(shape)s)
on conflict (practice_id, answer) do update
set shape = excluded.shape, seen_at = clock_timestamp(), noticed = null, noticed_at = null;

-- name: known
-- What was noticed of an answer is known now. Params: practice_id, answer.
update lexware.answer_shapes set noticed = null, noticed_at = null
where practice_id = %(practice_id)s and answer = %(answer)s and noticed is not null;

-- name: notice
-- What the recurring probe finds different (null: nothing), until somebody has looked. Params: practice_id, answer, noticed.
insert into lexware.answer_shapes as known (practice_id, answer, shape, noticed, noticed_at)
values (%(practice_id)s, %(answer)s, '{"types": {}, "words": {}}', %(noticed)s, clock_timestamp())
on conflict (practice_id, answer) do update
set noticed = excluded.noticed,
    noticed_at = case when excluded.noticed is null then null else coalesce(known.noticed_at, clock_timestamp()) end;

-- name: noticed
-- What recurring probes have found different, of practices that are still probed.
-- Reads outbox: which practices are.
select s.practice_id, s.answer, s.noticed
from lexware.answer_shapes s
join outbox.job j on j.practice_id = s.practice_id and j.kind = 'probe' and j.wanted
where s.noticed is not null
order by s.practice_id, s.answer;

-- name: examples
-- A linked document of each kind, finalised ones first, which have payments. Params: practice_id.
select (select w.remote_id from lexware.watched w
        where w.practice_id = %(practice_id)s and w.kind = 'invoice' and coalesce(w.state, '') not in ('deleted', 'missing')
        order by w.is_draft, w.linked_at desc limit 1) as invoice,
       (select w.remote_id from lexware.watched w
        where w.practice_id = %(practice_id)s and w.kind = 'cancellation' and coalesce(w.state, '') not in ('deleted', 'missing')
        order by w.is_draft, w.linked_at desc limit 1) as credit_note;
