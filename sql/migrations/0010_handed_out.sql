-- Outside a transaction: outbox.event is written to all the time.
-- What is in flight is known by `handed_at`, which stays as it is from hand-out to settlement, where `lease_until` moves:
-- so to begin and to intend touch no index (heap-only updates), and leave no dead entries in any.

drop index concurrently if exists outbox.one_handed_out_per_lane;
create unique index concurrently one_handed_out_per_lane on outbox.event (practice_id) where handed_at is not null;
drop index concurrently if exists outbox.event_waiting;
create index concurrently event_waiting on outbox.event (practice_id, priority, due_at, event_id)
    where due_at is not null and handed_at is null
