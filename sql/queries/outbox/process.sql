-- Presence: processes register, hold a session advisory lock and show a heartbeat.

-- name: register
-- Params: kind, host, pid, threads.
insert into outbox.process (kind, host, pid, threads) values (%(kind)s, %(host)s, %(pid)s, %(threads)s) returning process_id;

-- name: hold
-- The death certificate in waiting: the lock is free milliseconds after this session ends. Params: process_id.
select pg_advisory_lock(5462898, %(process_id)s);

-- name: heartbeat
-- Params: process_id.
update outbox.process set heartbeat_at = clock_timestamp() where process_id = %(process_id)s;

-- name: leave
-- Params: process_id.
update outbox.process set gone_at = clock_timestamp() where process_id = %(process_id)s;
