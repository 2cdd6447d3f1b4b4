-- Operator actions (G8).

-- name: record
-- Params: action, by, why, practice_id, event_id, detail.
insert into outbox.operator_action (action, by, why, practice_id, event_id, detail)
values (%(action)s, %(by)s, %(why)s, %(practice_id)s, %(event_id)s, %(detail)s);
