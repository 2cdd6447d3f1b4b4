-- Operator actions (G8).

-- name: record
-- The database itself adds the login and the moment. Params: action, by, os_user, why, practice_id, event_id, detail.
insert into outbox.operator_action (action, by, os_user, why, practice_id, event_id, detail)
values (%(action)s, %(by)s, %(os_user)s, %(why)s, %(practice_id)s, %(event_id)s, %(detail)s);
