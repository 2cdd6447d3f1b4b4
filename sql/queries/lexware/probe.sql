-- Shapes of Lexware's answers: names, types and words, no values.

-- name: shapes
-- What was seen the last time. Params: practice_id.
select answer, shape from lexware.answer_shapes where practice_id = %(practice_id)s;

-- name: keep
-- Params: practice_id, answer, shape.
insert into lexware.answer_shapes as known (practice_id, answer, shape)
values (%(practice_id)s, %(answer)s, %(shape)s)
on conflict (practice_id, answer) do update set shape = excluded.shape, seen_at = clock_timestamp();

-- name: examples
-- A linked document of each kind, finalised ones first, which have payments. Params: practice_id.
select (select w.remote_id from lexware.watched w
        where w.practice_id = %(practice_id)s and w.kind = 'invoice' and coalesce(w.state, '') not in ('deleted', 'missing')
        order by w.is_draft, w.linked_at desc limit 1) as invoice,
       (select w.remote_id from lexware.watched w
        where w.practice_id = %(practice_id)s and w.kind = 'cancellation' and coalesce(w.state, '') not in ('deleted', 'missing')
        order by w.is_draft, w.linked_at desc limit 1) as credit_note;
