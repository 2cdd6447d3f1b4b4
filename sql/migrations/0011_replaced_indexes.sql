-- Outside a transaction: the indexes that 0010 has replaced, and one that the unique (practice_id, document_id) covers.

drop index concurrently if exists outbox.one_in_flight_per_lane;
drop index concurrently if exists outbox.event_due;
drop index concurrently if exists outbox.event_of_chain
